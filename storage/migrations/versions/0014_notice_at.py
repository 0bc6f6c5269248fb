"""notice at: a round is announced on the channel's last working day before it."""

import sqlalchemy as sa
from alembic import op

from storage.platform.types import Instant

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Empty: reckoned at the first beat.
    op.add_column("channels", sa.Column("notice_at", Instant(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("channels") as batch_op:
        batch_op.drop_column("notice_at")
