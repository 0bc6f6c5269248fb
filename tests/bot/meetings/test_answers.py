"""What an answer, and a time that is agreed, make moot and bring about."""

from datetime import timedelta

import pytest

from bot.meetings import introductions, outcomes
from bot.meetings.errors import TimeGone
from bot.meetings.ids import Question
from core.outbox.kinds import DeliveryKind as Kind
from core.outbox.kinds import Method
from core.starters import Tag
from core.values import Outcome
from storage.people import people
from tests.still import TEAM, Still, who

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


@pytest.fixture
def still(db):
    return Still(db)


@pytest.fixture
def met(still):
    """Ana, who gets it going, Bo and Cem: introduced, with three times to choose from."""
    soon = tuple(still.at + hours * HOUR for hours in (24, 48, 72))
    still.holds_a_round()
    meeting = still.meeting("UANA", "UBO", "UCEM", proposals=soon)
    with still.db.transaction() as tx:
        introductions.lay_follow_ups(tx, meeting, still.at)
    assert still.readers(Kind.NUDGE) == ["UANA"]
    assert still.readers(Kind.ASK) == ["UANA", "UANA", "UBO", "UBO", "UCEM", "UCEM"]
    return meeting


def agrees(still, meeting, at):
    for user_id in meeting.user_ids:
        outcomes.pick(still.services, who(user_id), meeting.id, at)


@pytest.mark.parametrize("said", Outcome)
def test_any_answer_ends_the_count_of_silences_of_whoever_gave_it(still, met, said):
    for user_id in ("UANA", "UBO"):
        still.person(user_id, unanswered=2)
    outcomes.answer(still.services, who("UBO"), met.id, said)
    with still.db.reading() as tx:
        found = people.some(tx, TEAM, ["UANA", "UBO"])
    assert (found["UANA"].unanswered, found["UBO"].unanswered) == (2, 0)


def test_when_one_says_met_nobody_is_asked_nudged_or_reminded_any_more(still, met):
    agrees(still, met, met.proposals[0])
    outcomes.answer(still.services, who("UBO"), met.id, Outcome.MET)
    assert not any(still.laid(kind) for kind in (Kind.ASK, Kind.NUDGE, Kind.REMINDER))


@pytest.mark.parametrize("said", [Outcome.PLANNING, Outcome.NOT_THIS_TIME])
def test_an_organiser_who_answers_needs_no_nudge_and_others_change_nothing(still, met, said):
    outcomes.answer(still.services, who("UBO"), met.id, said)
    assert still.readers(Kind.NUDGE) == ["UANA"]
    outcomes.answer(still.services, who("UANA"), met.id, said)
    assert still.laid(Kind.NUDGE) == []


def test_who_is_still_planning_is_asked_again(still, met):
    outcomes.answer(still.services, who("UBO"), met.id, Outcome.PLANNING)
    assert len(still.laid(Kind.ASK)) == 6


def test_not_this_time_is_asked_no_more_and_the_others_are(still, met):
    outcomes.answer(still.services, who("UBO"), met.id, Outcome.NOT_THIS_TIME)
    assert still.readers(Kind.ASK) == ["UANA", "UANA", "UCEM", "UCEM"]


def test_an_organiser_who_picks_a_time_needs_no_nudge_and_anybody_else_changes_nothing(still, met):
    outcomes.pick(still.services, who("UBO"), met.id, met.proposals[1])
    assert still.readers(Kind.NUDGE) == ["UANA"]
    outcomes.pick(still.services, who("UANA"), met.id, met.proposals[1])
    assert still.laid(Kind.NUDGE) == []
    assert still.again(met).agreed_at is None


def test_a_time_that_suits_everyone_is_agreed_told_put_in_a_calendar_and_reminded_of(still, met):
    at = met.proposals[1]
    agrees(still, met, at)
    assert still.again(met).agreed_at == at
    said, file, reminder = (
        still.laid(kind)[0] for kind in (Kind.AGREED, Kind.CALENDAR, Kind.REMINDER)
    )
    assert {message.channel_id for message in (said, file, reminder)} == {"G1"}
    assert {message.expires_at for message in (said, file, reminder)} == {at}
    assert said.due_at == still.at < file.due_at < still.at + MINUTE
    assert reminder.due_at == at - 10 * MINUTE
    assert (said.method, file.method) == (Method.POST, Method.FILE)
    assert min(ask.due_at for ask in still.laid(Kind.ASK)) == at + HOUR  # half an hour after it


def test_an_agreed_time_needs_no_nudge_even_if_its_organiser_had_picked_before_it_was_laid(still):
    at = still.at + 24 * HOUR
    still.holds_a_round()
    meeting = still.meeting("UANA", "UBO", proposals=(at,))
    outcomes.pick(still.services, who("UANA"), meeting.id, at)
    with still.db.transaction() as tx:  # as when a group was changed and introduced again
        introductions.lay_follow_ups(tx, still.again(meeting), still.at)
    assert still.readers(Kind.NUDGE) == ["UANA"]
    outcomes.pick(still.services, who("UBO"), meeting.id, at)
    assert still.laid(Kind.NUDGE) == []


def test_a_reminder_of_a_time_within_minutes_comes_at_once(still, met):
    still.at = met.proposals[0] - 5 * MINUTE
    agrees(still, met, met.proposals[0])
    assert still.laid(Kind.REMINDER)[0].due_at == still.at


def test_an_introduction_that_has_not_arrived_yet_has_nowhere_to_tell_of_a_time(still):
    at = still.at + HOUR
    meeting = still.meeting("UANA", "UBO", conversation_id=None, proposals=(at,))
    agrees(still, meeting, at)
    assert still.again(meeting).agreed_at == at
    assert still.laid(Kind.AGREED) == []


def test_a_pick_is_taken_back_by_another_press_and_a_time_that_was_not_proposed_is_none(still, met):
    at = met.proposals[2]
    for _ in range(2):
        outcomes.pick(still.services, who("UANA"), met.id, at + MINUTE)
    outcomes.pick(still.services, who("UANA"), met.id, at)
    assert still.again(met).people[0].picks == (at,)
    outcomes.pick(still.services, who("UANA"), met.id, at)
    assert still.again(met).people[0].picks == ()


def test_a_time_is_gone_from_the_instant_at_which_it_begins(still, met):
    still.at = met.proposals[0]
    with pytest.raises(TimeGone):
        outcomes.pick(still.services, who("UANA"), met.id, met.proposals[0])
    still.at -= timedelta(seconds=1)
    outcomes.pick(still.services, who("UANA"), met.id, met.proposals[0])


def test_once_a_time_is_agreed_no_press_changes_it_not_even_after_it_has_gone(still, met):
    agrees(still, met, met.proposals[0])
    still.at = met.proposals[2] + HOUR
    drawn = outcomes.pick(still.services, who("UBO"), met.id, met.proposals[1])
    assert drawn.meeting.agreed_at == met.proposals[0]
    assert still.again(met).people[1].picks == (met.proposals[0],)


def test_a_kind_of_question_is_kept_until_another_one_is_chosen(still, met):
    def kept(question=None):
        return outcomes.shuffle(still.services, who("UBO"), met.id, question).meeting

    assert kept(Question.DEEP).starter_tag is Tag.DEEP
    again = kept()
    assert (again.starter_tag, introductions.starter_of(again).tag) == (Tag.DEEP, Tag.DEEP)
    assert kept(Question.ANY).starter_tag is None
    assert kept().starter_tag is None


def test_companions_are_the_others(still, met):
    assert outcomes.companions(still.services, who("UBO"), met.id) == ("UANA", "UCEM")
