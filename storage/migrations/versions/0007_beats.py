"""beats: when the heart beat last is written down, for whoever asks whether it does."""

import sqlalchemy as sa
from alembic import op

from storage.platform.types import Instant

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("workspaces", sa.Column("beat_at", Instant(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("workspaces") as batch_op:
        batch_op.drop_column("beat_at")
