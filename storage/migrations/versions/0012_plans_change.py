"""plans change: another time can be asked for instead of the agreed one, or that one called off."""

import sqlalchemy as sa
from alembic import op

from storage.platform.types import Instant

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("meetings", sa.Column("wanted_at", Instant(), nullable=True))
    op.add_column("meetings", sa.Column("wanted_by", sa.String(), nullable=True))
    # What the version before agreed has never changed.
    op.add_column("meetings", sa.Column("plan", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("meetings") as batch_op:
        batch_op.alter_column("plan", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("meetings") as batch_op:
        for name in ("plan", "wanted_by", "wanted_at"):
            batch_op.drop_column(name)
