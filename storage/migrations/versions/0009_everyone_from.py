"""everyone from: a channel, and who comes later, hears a day before that everyone takes part."""

import sqlalchemy as sa
from alembic import op

from storage.platform.types import Instant

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Empty for those who were told by the version before: they go on as they are.
    op.add_column("channels", sa.Column("everyone_from", Instant(), nullable=True))
    op.add_column("memberships", sa.Column("told_at", Instant(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("channels") as batch_op:
        batch_op.drop_column("everyone_from")
    with op.batch_alter_table("memberships") as batch_op:
        batch_op.drop_column("told_at")
