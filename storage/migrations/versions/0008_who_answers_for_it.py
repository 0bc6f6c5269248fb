"""who answers for it: whom a message that never can be said is told to, and the telling itself."""

import sqlalchemy as sa
from alembic import op

from storage.platform.frozen import let_pass

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("deliveries") as batch_op:
        batch_op.add_column(sa.Column("about", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("asked_by", sa.String(), nullable=True))
        let_pass(batch_op, revision)


def downgrade() -> None:
    op.execute("DELETE FROM deliveries WHERE kind = 'unsaid'")
    with op.batch_alter_table("deliveries") as batch_op:
        let_pass(batch_op, "0004")
        batch_op.drop_column("asked_by")
        batch_op.drop_column("about")
