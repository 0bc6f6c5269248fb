"""only one: a person's search for a colleague, a channel's pulse, a channel's round of a number.

Two of them could only come about on Postgres, by two presses within milliseconds. One stays.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

WAITING = sa.text("state = 'waiting'")
PULSE = sa.text("kind = 'pulse' AND phase IN ('planned', 'open')")


def upgrade() -> None:
    _end_older_searches()
    _end_later_pulses()
    _number_rounds_anew()
    with op.batch_alter_table("hands") as batch_op:
        batch_op.create_index(
            "uq_hands_waiting",
            ["team_id", "user_id"],
            unique=True,
            sqlite_where=WAITING,
            postgresql_where=WAITING,
        )
    with op.batch_alter_table("checkins") as batch_op:
        batch_op.create_index(
            "uq_checkins_pulse",
            ["team_id", "channel_id"],
            unique=True,
            sqlite_where=PULSE,
            postgresql_where=PULSE,
        )
    with op.batch_alter_table("rounds") as batch_op:
        batch_op.create_unique_constraint(
            op.f("uq_rounds_team_id_channel_id_number"), ["team_id", "channel_id", "number"]
        )


def downgrade() -> None:
    with op.batch_alter_table("rounds") as batch_op:
        batch_op.drop_constraint(op.f("uq_rounds_team_id_channel_id_number"), type_="unique")
    with op.batch_alter_table("checkins") as batch_op:
        batch_op.drop_index("uq_checkins_pulse")
    with op.batch_alter_table("hands") as batch_op:
        batch_op.drop_index("uq_hands_waiting")


def _end_older_searches() -> None:
    """The newest search of a person goes on, as it did: it was the one that was looked at."""
    found = _rows("SELECT id, team_id, user_id FROM hands WHERE state = 'waiting' ORDER BY id DESC")
    for hand in _after_the_first(found, "team_id", "user_id"):
        _run("UPDATE hands SET state = 'over' WHERE id = :id", id=hand.id)
        _unsay(hand.team_id, f"hand:{hand.id}:")


def _end_later_pulses() -> None:
    """The pulse that is open stays, else the one that opens first; the other is not asked."""
    found = _rows(
        "SELECT id, team_id, channel_id FROM checkins"
        " WHERE kind = 'pulse' AND phase IN ('planned', 'open')"
        " ORDER BY CASE phase WHEN 'open' THEN 0 ELSE 1 END, opens_at, id"
    )
    for pulse in _after_the_first(found, "team_id", "channel_id"):
        _run("UPDATE checkins SET phase = 'cancelled' WHERE id = :id", id=pulse.id)
        _unsay(pulse.team_id, f"checkin:{pulse.id}:")
        for table in ("checkin_slips", "pulse_counters", "checkin_people"):
            _run(f"DELETE FROM {table} WHERE checkin_id = :id", id=pulse.id)


def _number_rounds_anew() -> None:
    """Of two rounds with one number, the later one gets the next that is free."""
    found = _rows("SELECT id, team_id, channel_id, number FROM rounds ORDER BY held_at, id")
    for second in _after_the_first(found, "team_id", "channel_id", "number"):
        place = {"team": second.team_id, "channel": second.channel_id}
        here = "team_id = :team AND channel_id = :channel"
        highest = f"SELECT MAX(number) FROM rounds WHERE {here}"
        _run(f"UPDATE rounds SET number = ({highest}) + 1 WHERE id = :id", id=second.id, **place)
        _run(f"UPDATE channels SET round_count = ({highest}) WHERE {here}", **place)


def _after_the_first(rows: list[Any], *columns: str) -> list[Any]:
    """The rows that are not the first with their values in these columns."""
    seen: set[tuple[Any, ...]] = set()
    later = []
    for row in rows:
        key = tuple(getattr(row, column) for column in columns)
        if key in seen:
            later.append(row)
        seen.add(key)
    return later


def _unsay(team_id: str, prefix: str) -> None:
    """Messages that wait under keys which begin like this are moot."""
    _run(
        "UPDATE deliveries SET state = 'cancelled' WHERE team_id = :team AND state = 'waiting'"
        " AND substr(dedupe_key, 1, :length) = :prefix",
        team=team_id,
        prefix=prefix,
        length=len(prefix),
    )


def _rows(query: str) -> list[Any]:
    return list(op.get_bind().execute(sa.text(query)))


def _run(query: str, **values: Any) -> None:
    op.get_bind().execute(sa.text(query), values)
