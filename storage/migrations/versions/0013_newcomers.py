"""newcomers: who comes to a channel hears once what happens there, also after an event is lost."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
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
    "unsaid",
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
    "took_on",
)
NOW = (*BEFORE, "welcome")


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
        batch_op.drop_constraint(op.f("ck_deliveries_kind"), type_="check")
        batch_op.create_check_constraint(op.f("ck_deliveries_kind"), _only(NOW))


def downgrade() -> None:
    op.execute("DELETE FROM deliveries WHERE kind = 'welcome'")
    with op.batch_alter_table("deliveries") as batch_op:
        batch_op.drop_constraint(op.f("ck_deliveries_kind"), type_="check")
        batch_op.create_check_constraint(op.f("ck_deliveries_kind"), _only(BEFORE))
    with op.batch_alter_table("channels") as batch_op:
        batch_op.drop_column("listed")
    with op.batch_alter_table("memberships") as batch_op:
        batch_op.drop_column("untold")


def _only(words: tuple[str, ...]) -> sa.TextClause:
    return sa.text(f"kind IN ({', '.join(map(repr, words))})")
