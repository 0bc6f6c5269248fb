"""newcomers: who comes to a channel hears once what happens there, also after an event is lost."""

import sqlalchemy as sa
from alembic import op

from storage.platform.frozen import let_pass

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Who is in a channel so far was there before: nobody of them is told anything.
    op.add_column(
        "memberships", sa.Column("untold", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.add_column(
        "channels", sa.Column("listed", sa.Boolean(), nullable=False, server_default=sa.true())
    )
    with op.batch_alter_table("memberships") as batch_op:
        batch_op.alter_column("untold", server_default=None)
    with op.batch_alter_table("channels") as batch_op:
        batch_op.alter_column("listed", server_default=None)
    with op.batch_alter_table("deliveries") as batch_op:
        let_pass(batch_op, revision)


def downgrade() -> None:
    op.execute("DELETE FROM deliveries WHERE kind = 'welcome'")
    with op.batch_alter_table("deliveries") as batch_op:
        let_pass(batch_op, "0011")
    with op.batch_alter_table("channels") as batch_op:
        batch_op.drop_column("listed")
    with op.batch_alter_table("memberships") as batch_op:
        batch_op.drop_column("untold")
