"""muted: a person hears only what is not optional; who is named for an action always does."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
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
)
NOW = (*BEFORE, "took_on")


def upgrade() -> None:
    with op.batch_alter_table("people") as batch_op:  # nobody has said so yet
        batch_op.add_column(
            sa.Column("muted", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    with op.batch_alter_table("people") as batch_op:
        batch_op.alter_column("muted", server_default=None)
    with op.batch_alter_table("deliveries") as batch_op:
        batch_op.drop_constraint(op.f("ck_deliveries_kind"), type_="check")
        batch_op.create_check_constraint(op.f("ck_deliveries_kind"), _only(NOW))


def downgrade() -> None:
    op.execute("UPDATE deliveries SET kind = 'item' WHERE kind = 'took_on'")
    with op.batch_alter_table("deliveries") as batch_op:
        batch_op.drop_constraint(op.f("ck_deliveries_kind"), type_="check")
        batch_op.create_check_constraint(op.f("ck_deliveries_kind"), _only(BEFORE))
    with op.batch_alter_table("people") as batch_op:
        batch_op.drop_column("muted")


def _only(words: tuple[str, ...]) -> sa.TextClause:
    return sa.text(f"kind IN ({', '.join(map(repr, words))})")
