"""requests: how many a week somebody takes of those that they agreed to be asked."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("people") as batch_op:  # two, for whoever has said nothing yet
        batch_op.add_column(
            sa.Column("requests", sa.Integer(), nullable=True, server_default=sa.text("2"))
        )
    with op.batch_alter_table("people") as batch_op:
        batch_op.alter_column("requests", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("people") as batch_op:
        batch_op.drop_column("requests")
