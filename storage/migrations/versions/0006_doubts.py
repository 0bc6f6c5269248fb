"""doubts: how often nobody knows whether a message was posted is counted, and may be too often."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

BEFORE = ("waiting", "sent", "failed", "cancelled")
NOW = ("waiting", "sent", "in_doubt", "failed", "cancelled")


def upgrade() -> None:
    op.add_column(
        "deliveries", sa.Column("doubts", sa.Integer(), nullable=False, server_default="0")
    )
    op.execute("UPDATE deliveries SET doubts = 1 WHERE uncertain")
    with op.batch_alter_table("deliveries") as batch_op:
        batch_op.drop_column("uncertain")
        batch_op.alter_column("doubts", server_default=None)
        batch_op.drop_constraint(op.f("ck_deliveries_state"), type_="check")
        batch_op.create_check_constraint(op.f("ck_deliveries_state"), _only(NOW))


def downgrade() -> None:
    op.execute("UPDATE deliveries SET state = 'failed' WHERE state = 'in_doubt'")
    op.add_column(
        "deliveries",
        sa.Column("uncertain", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.execute(
        sa.text("UPDATE deliveries SET uncertain = :yes WHERE doubts > 0").bindparams(yes=True)
    )
    with op.batch_alter_table("deliveries") as batch_op:
        batch_op.drop_column("doubts")
        batch_op.alter_column("uncertain", server_default=None)
        batch_op.drop_constraint(op.f("ck_deliveries_state"), type_="check")
        batch_op.create_check_constraint(op.f("ck_deliveries_state"), _only(BEFORE))


def _only(words: tuple[str, ...]) -> sa.TextClause:
    return sa.text(f"state IN ({', '.join(map(repr, words))})")
