"""A meeting whose time is over is closed, once; who said nothing three times is asked kindly."""

from datetime import date, timedelta

import pytest

from bot.rounds import settling
from core.outbox.kinds import DeliveryKind
from core.values import Outcome, Who
from storage.meetings import meetings
from storage.people import people
from tests.still import TEAM, WEEK, Still


@pytest.fixture
def still(db):
    return Still(db)


def asked(still, *user_ids, later=timedelta(days=2), without=frozenset()):
    """They were introduced a moment ago, and asked that much later what came of it."""
    meeting = still.meeting(*user_ids)
    still.asked(meeting, *(set(user_ids) - without), at=still.at + later)
    return meeting


def silences(still, user_id):
    with still.db.reading() as tx:
        return people.get(tx, Who(TEAM, user_id)).unanswered


def settles(still):
    settling.settle(still.services, still.channel)


def test_a_meeting_is_closed_when_its_time_is_over_and_no_sooner(still):
    meeting = asked(still, "UANA", "UBO")
    still.at = meeting.ends_at - timedelta(seconds=1)
    settles(still)
    assert not still.again(meeting).closed
    still.at = meeting.ends_at
    settles(still)
    assert still.again(meeting).closed
    assert (silences(still, "UANA"), silences(still, "UBO")) == (1, 1)


def test_a_meeting_that_is_closed_is_counted_once(still):
    asked(still, "UANA", "UBO")
    still.at += WEEK
    settles(still)
    settles(still)
    assert silences(still, "UANA") == 1


@pytest.mark.parametrize(
    ("said", "counted"),
    [(Outcome.MET, 0), (Outcome.PLANNING, 1), (Outcome.NOT_THIS_TIME, 1)],
)
def test_met_is_enough_for_the_group_and_any_other_word_counts_for_its_giver(still, said, counted):
    meeting = asked(still, "UANA", "UBO")
    with still.db.transaction() as tx:
        meetings.answer(tx, meeting.id, "UBO", said)
    still.at += WEEK
    settles(still)
    assert still.again(meeting).closed
    assert (silences(still, "UANA"), silences(still, "UBO")) == (counted, 0)


def test_a_silence_of_who_has_muted_is_not_counted(still):
    meeting = asked(still, "UANA", "UBO")
    still.person("UANA", muted=True, unanswered=2)
    still.at += WEEK
    settles(still)
    assert still.again(meeting).closed
    assert (silences(still, "UANA"), silences(still, "UBO")) == (2, 1)


def test_an_introduction_that_never_arrived_is_nobodys_silence(still):
    meeting = still.meeting("UANA", "UBO", conversation_id=None)
    still.at += WEEK
    settles(still)
    assert still.again(meeting).closed
    assert silences(still, "UANA") == 0


@pytest.mark.parametrize("before", [0, 1, 2, 3, 4])
def test_the_third_silence_in_a_row_brings_the_question_and_no_other_does(still, before):
    asked(still, "UANA", "UBO")
    still.person("UANA", unanswered=before)
    still.at += WEEK
    settles(still)
    assert silences(still, "UANA") == before + 1
    assert still.readers(DeliveryKind.SILENCES) == (["UANA"] if before == 2 else [])


@pytest.mark.parametrize(
    "gone", [{"deleted": True}, {"paused_until": date(2026, 3, 10)}], ids=["gone", "paused"]
)
def test_whoever_is_away_is_not_silent(still, gone):
    asked(still, "UANA", "UBO")
    still.person("UANA", **gone)
    still.at += WEEK
    settles(still)
    assert (silences(still, "UANA"), silences(still, "UBO")) == (0, 1)


@pytest.mark.parametrize("out", [{"opted": False}, {"present": False}])
def test_whoever_left_the_rounds_is_not_silent(still, out):
    asked(still, "UANA", "UBO")
    still.stands("UANA", **out)
    still.at += WEEK
    settles(still)
    assert (silences(still, "UANA"), silences(still, "UBO")) == (0, 1)


def test_a_pause_that_is_over_and_silence_where_everyone_takes_part_are_counted(still):
    asked(still, "UANA", "UBO")
    still.person("UANA", paused_until=date(2026, 3, 9))
    still.stands("UBO", opted=None)
    still.at += WEEK
    settles(still)
    assert (silences(still, "UANA"), silences(still, "UBO")) == (1, 1)


@pytest.mark.parametrize(("before_the_end", "counted"), [(4, 1), (3, 0)])
def test_who_was_asked_when_it_was_nearly_over_had_no_time_to_answer(
    still, before_the_end, counted
):
    asked(still, "UANA", "UBO", later=WEEK - timedelta(hours=before_the_end))
    still.at += WEEK
    settles(still)
    assert silences(still, "UANA") == counted


def test_who_was_not_asked_is_not_silent_whoever_else_was(still):
    """Of two, the question to one waited for their hours, until the round was over."""
    asked(still, "UANA", "UBO", without={"UANA"})
    still.at += WEEK
    settles(still)
    assert (silences(still, "UANA"), silences(still, "UBO")) == (0, 1)
