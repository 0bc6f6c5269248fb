"""channel moves: which id a channel has now; and who is an admin, to be told what no host reads."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "channel_moves",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("old_id", sa.String(), nullable=False),
        sa.Column("new_id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "old_id", name=op.f("pk_channel_moves")),
    )
    # Slack says so when it is asked about a person next.
    op.add_column(
        "people", sa.Column("admin", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    with op.batch_alter_table("people") as batch_op:
        batch_op.alter_column("admin", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("people") as batch_op:
        batch_op.drop_column("admin")
    op.drop_table("channel_moves")
