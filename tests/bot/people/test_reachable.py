"""When the introduction of a round goes out that could not at its own moment (P16)."""

from datetime import timedelta

import pytest

from bot.people import reachable
from core.outbox.kinds import DeliveryKind as Kind
from core.outbox.outgoing import Key, Outgoing
from storage.outbox import deliveries
from tests.still import TEAM, Still

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


@pytest.fixture
def still(db):
    """Ana and Bo of Berlin are introduced; it is Monday, ten in the morning there."""
    made = Still(db)
    for user_id in ("UANA", "UBO"):
        made.person(user_id, zone="Europe/Berlin")
    return made


def waits(still, later, due):
    """How long their introduction still waits that much later, put off to `due` meanwhile."""
    meeting = still.meeting("UANA", "UBO")
    laid = Outgoing(TEAM, Key("one"), Kind.INTRODUCTION, {"text": "…"}, still.at + due)
    with still.db.transaction() as tx:
        deliveries.put(tx, replaced(laid, meeting))
        found = deliveries.by_key(tx, TEAM, laid.key)
    now = still.at + later
    return reachable.in_their_day(still.services, found, now) - now


def replaced(laid, meeting):
    return Outgoing(
        laid.team_id, laid.key, laid.kind, laid.payload, laid.due_at,
        users=meeting.user_ids, meeting_id=meeting.id,
    )  # fmt: skip


@pytest.mark.parametrize("later", [timedelta(0), 9 * HOUR])
def test_by_day_it_goes_at_once_however_late_it_is(still, later):
    assert waits(still, later, later) == timedelta(0)


def test_the_pace_of_many_carries_none_of_them_into_the_night(still):
    eve = 10 * HOUR + MINUTE  # a minute past eight
    assert waits(still, eve, eve - MINUTE) == 12 * HOUR - MINUTE


@pytest.mark.parametrize(("late", "waits_for"), [(14, 0), (16, 12 * 60 - 11)])
def test_a_quarter_of_an_hour_late_is_on_time(still, late, waits_for):
    still.at += 10 * HOUR - 5 * MINUTE  # five to eight in the evening
    assert waits(still, late * MINUTE, timedelta(0)) == waits_for * MINUTE


def test_where_it_was_night_for_one_of_them_all_the_same_it_goes_on_time(still):
    still.person("UBO", zone="Pacific/Honolulu")  # ten in the evening, and never day for both
    still.person("UANA", zone="Europe/Berlin")
    assert waits(still, timedelta(0), timedelta(0)) == timedelta(0)
    assert waits(still, 14 * MINUTE, 14 * MINUTE) == timedelta(0)
