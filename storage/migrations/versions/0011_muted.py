"""muted: a person hears only what is not optional; who is named for an action always does."""

import sqlalchemy as sa
from alembic import op

from storage.platform.frozen import let_pass

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("people") as batch_op:  # nobody has said so yet
        batch_op.add_column(
            sa.Column("muted", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    with op.batch_alter_table("people") as batch_op:
        batch_op.alter_column("muted", server_default=None)
    with op.batch_alter_table("deliveries") as batch_op:
        let_pass(batch_op, revision)


def downgrade() -> None:
    op.execute("UPDATE deliveries SET kind = 'item' WHERE kind = 'took_on'")
    with op.batch_alter_table("deliveries") as batch_op:
        let_pass(batch_op, "0008")
    with op.batch_alter_table("people") as batch_op:
        batch_op.drop_column("muted")
