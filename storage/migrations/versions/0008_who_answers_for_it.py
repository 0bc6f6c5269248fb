"""who answers for it: whom a message that never can be said is told to, and the telling itself."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

BEFORE = (
    "introduction",
    "nudge",
    "ask",
    "agreed",
    "calendar",
    "reminder",
    "expired",
    "asked",
    "notice",
    "status",
    "receipt",
    "missed",
    "without",
    "alone",
    "silences",
    "newcomer",
    "greeting",
    "opening",
    "support",
    "checkin",
    "checkin_note",
    "checkin_draw",
    "checkin_reminder",
    "checkin_results",
    "checkin_reply",
    "checkin_file",
    "item",
    "hand",
    "hand_wish",
    "hand_over",
    "carried",
)
NOW = (*BEFORE, "unsaid")


def upgrade() -> None:
    with op.batch_alter_table("deliveries") as batch_op:
        batch_op.add_column(sa.Column("about", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("asked_by", sa.String(), nullable=True))
        batch_op.drop_constraint(op.f("ck_deliveries_kind"), type_="check")
        batch_op.create_check_constraint(op.f("ck_deliveries_kind"), _only(NOW))


def downgrade() -> None:
    op.execute("DELETE FROM deliveries WHERE kind = 'unsaid'")
    with op.batch_alter_table("deliveries") as batch_op:
        batch_op.drop_constraint(op.f("ck_deliveries_kind"), type_="check")
        batch_op.create_check_constraint(op.f("ck_deliveries_kind"), _only(BEFORE))
        batch_op.drop_column("asked_by")
        batch_op.drop_column("about")


def _only(words: tuple[str, ...]) -> sa.TextClause:
    return sa.text(f"kind IN ({', '.join(map(repr, words))})")
