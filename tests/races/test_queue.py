"""Who waits for a coffee now or a second partner, when others come and go at the same instant."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from bot.meetings import impromptu
from bot.meetings.second import searching
from bot.meetings.views import impromptu as view
from core.outbox.kinds import DeliveryKind
from storage.meetings import queue, searches
from tests.races.racing import AfterLook, in_the_midst
from tests.still import MONDAY, PLACE, WEEK, who

QUARTER = timedelta(minutes=15)


def wait(still, *user_ids):
    for user_id in user_ids:
        still.person(user_id)
        with still.db.transaction() as tx:
            queue.join(tx, who(user_id), still.at, still.at + QUARTER)


def waiting(still):
    with still.db.reading() as tx:
        return [entry.who.user for entry in queue.everyone(tx)]


def beat(still, other):
    """A beat during which somebody does something between its looking and its writing."""
    impromptu.run_due(replace(still.services, db=AfterLook(still.db, other)))


def introduced(still):
    return [said.users for said in still.laid(DeliveryKind.INTRODUCTION)]


def test_who_was_to_meet_somebody_who_has_just_left_waits_on(any_still):
    wait(any_still, "UANA", "UBO")
    beat(any_still, partial(impromptu.leave, any_still.services, who("UBO")))
    assert introduced(any_still) == []
    assert waiting(any_still) == ["UANA"]


def test_the_others_meet_when_somebody_has_just_left(any_still):
    wait(any_still, "UANA", "UBO", "UCEM")
    beat(any_still, partial(impromptu.leave, any_still.services, who("UCEM")))
    assert [sorted(group) for group in introduced(any_still)] == [["UANA", "UBO"]]
    assert waiting(any_still) == []


def test_two_beats_introduce_the_same_two_once(any_still):
    wait(any_still, "UANA", "UBO")
    beat(any_still, partial(impromptu.run_due, any_still.services))
    assert len(introduced(any_still)) == 1


def test_who_has_just_asked_for_more_time_waits_on(any_still):
    wait(any_still, "UANA")
    any_still.at += QUARTER
    beat(any_still, partial(wait, any_still, "UANA"))
    assert waiting(any_still) == ["UANA"]
    assert any_still.laid(DeliveryKind.EXPIRED) == []


def test_who_leaves_while_they_are_introduced_was_not_waiting_any_more(still):
    wait(still, "UANA", "UBO")
    leave = partial(impromptu.leave, still.services, who("UBO"))
    with in_the_midst(still.db, "INSERT INTO meetings", leave) as said:
        impromptu.run_due(still.services)
    assert said.result() == view.stopped(False)
    assert len(introduced(still)) == 1


def test_who_asks_again_while_they_are_introduced_waits_for_another_one(still):
    wait(still, "UANA", "UBO")
    with in_the_midst(still.db, "DELETE FROM impromptu_queue", partial(wait, still, "UBO")):
        impromptu.run_due(still.services)
    assert len(introduced(still)) == 1
    assert waiting(still) == ["UBO"]


# -- a second partner ---------------------------------------------------------

MID_ROUND = timedelta(days=2, minutes=5)


@pytest.fixture
def two(still):
    """Ana's meeting and Bo's, in mid-round."""
    still.holds_a_round()
    arrived = f"{MONDAY.timestamp():.6f}"
    found = [still.meeting(*pair, message_ts=arrived) for pair in (("UANA", "UX"), ("UBO", "UY"))]
    still.at += MID_ROUND
    return found


def test_two_who_press_at_once_are_introduced_once(still, elsewhere, two):
    mine, theirs = two
    other = partial(searching.begin, elsewhere, who("UBO"), theirs.id)
    with in_the_midst(still.db, "INSERT INTO searches", other):
        searching.begin(still.services, who("UANA"), mine.id)
    assert [sorted(said.users) for said in still.laid(DeliveryKind.INTRODUCTION)] == [
        ["UANA", "UBO"]
    ]


def test_two_beats_end_a_search_once(still, elsewhere, two):
    searching.begin(still.services, who("UANA"), two[0].id)
    still.at = MONDAY + WEEK - timedelta(days=2)
    with in_the_midst(still.db, "UPDATE searches", partial(searching.run_due, elsewhere)):
        searching.run_due(still.services)
    assert still.readers(DeliveryKind.SEARCHED) == ["UANA"]
    with still.db.reading() as tx:
        assert searches.going_on(tx, PLACE, datetime.min.replace(tzinfo=UTC)) == []
