"""Rows that the newest schema would refuse are mended on the way to it."""

from __future__ import annotations

from typing import Any

from storage.platform import migrate
from storage.platform.database import Database
from tests.upgrades import rows

SEARCH, PULSE, ROUND = {"id": 3}, {"id": 9}, {"id": 6}


def column(db: Database, table: str, name: str, **where: Any) -> dict[Any, Any]:
    """What a column holds, by the row's id; of the rows with these values."""
    found = [row for row in rows.rows_of(db)[table] if where.items() <= row.items()]
    return {row["id"]: row[name] for row in found}


def test_of_two_searches_of_one_person_the_newer_one_goes_on(old: Database, before):
    rows.add_like(old, before, "hands", SEARCH, id=4)
    migrate.upgrade(old)
    assert column(old, "hands", "state", user_id="U0SM00008") == {
        2: "over",
        3: "over",
        4: "waiting",
    }
    asked = column(old, "deliveries", "state", kind="hand", team_id="T0SM00001")
    assert sorted(asked.values()) == ["cancelled", "cancelled", "sent"]


def test_of_two_pulses_in_one_channel_the_open_one_stays(old: Database, before):
    early = {"opens_at": "2026-03-20T09:00:00+00:00", "phase": "planned"}
    late = {"opens_at": "2026-03-26T09:00:00+00:00"}
    rows.add_like(old, before, "checkins", PULSE, id=21, **early)
    rows.add_like(old, before, "checkins", PULSE, id=22, **late)
    receipt = {"checkin_id": 9, "user_id": "U0SM00003"}
    rows.add_like(old, before, "checkin_people", receipt, checkin_id=22)
    migrate.upgrade(old)
    phases = column(old, "checkins", "phase", kind="pulse", channel_id="C0SM00001")
    assert phases == {2: "closed", 9: "open", 21: "cancelled", 22: "cancelled"}
    assert {row["checkin_id"] for row in rows.rows_of(old)["checkin_people"]} == {9}


def test_of_two_rounds_with_one_number_the_later_one_gets_the_next(old: Database, before):
    late = {"held_at": "2026-03-23T09:05:00+00:00", "due_at": "2026-03-23T09:05:00+00:00"}
    rows.add_like(old, before, "rounds", ROUND, id=7, **late)
    migrate.upgrade(old)
    numbers = column(old, "rounds", "number", channel_id="C0SM00001")
    assert sorted(numbers.values()) == [1, 2, 3, 4, 5]
    assert numbers[7] == 5
    (coffee,) = [c for c in rows.rows_of(old)["channels"] if c["name"] == "coffee"]
    assert coffee["round_count"] == 5
