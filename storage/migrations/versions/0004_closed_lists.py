"""closed lists: columns of states and kinds hold their words and no others."""

import sqlalchemy as sa
from alembic import op

from storage.platform.frozen import kinds_at

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

# No version ever wrote another word, so nothing has to be mended.
WORDS: dict[str, dict[str, tuple[str, ...]]] = {
    "people": {"mode": ("in_person", "virtual")},
    "meetings": {
        "kind": ("round", "impromptu", "check_in"),
        "starter_tag": ("light", "work", "deep"),
    },
    "meeting_people": {"outcome": ("met", "planning", "not_this_time")},
    "deliveries": {
        "kind": kinds_at("0004"),
        "method": ("post", "ephemeral", "update", "file"),
        "state": ("waiting", "sent", "failed", "cancelled"),
    },
    "checkins": {"phase": ("planned", "open", "closed", "cancelled")},
    "checkin_items": {
        "kind": ("worry", "action"),
        "state": ("open", "still_open", "done", "dropped"),
    },
    "checkin_schedules": {"audience": ("asker", "channel")},
    "hands": {"state": ("waiting", "met", "over")},
}


def upgrade() -> None:
    for table, columns in WORDS.items():
        with op.batch_alter_table(table) as batch_op:
            for column, words in columns.items():
                only = f"{column} IN ({', '.join(map(repr, words))})"
                batch_op.create_check_constraint(op.f(f"ck_{table}_{column}"), sa.text(only))


def downgrade() -> None:
    for table, columns in WORDS.items():
        with op.batch_alter_table(table) as batch_op:
            for column in columns:
                batch_op.drop_constraint(op.f(f"ck_{table}_{column}"), type_="check")
