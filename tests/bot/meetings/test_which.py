"""Which introduction a command is about, why people meet, and when they are asked of it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.meetings import introductions, outcomes
from bot.meetings.errors import NoMeeting, NotIntroduced, NotYourMeeting, WhichMeeting
from core.outbox.kinds import DeliveryKind as Kind
from core.values import Outcome
from storage.meetings import meetings
from storage.outbox import deliveries
from storage.people import people
from tests.still import WEEK, Still, who

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def still(db):
    return Still(db)


@pytest.fixture
def two(still):
    """Ana met Bo, and a minute later Cem; both are under way."""
    bo = still.meeting("UANA", "UBO", conversation_id="G1")
    still.at += MINUTE
    cem = still.meeting("UANA", "UCEM", conversation_id="G2")
    return bo, cem


def meant(still, named=(), where=None, word=""):
    return outcomes.which(still.services, who("UANA"), named, where, word).id


def test_a_name_says_which_even_when_it_is_over(still, two):
    bo, cem = two
    still.at += 2 * WEEK
    assert meant(still, ["UBO"], "G2", "met") == bo.id
    assert meant(still, ["UCEM"]) == cem.id
    with pytest.raises(NotIntroduced) as refused:
        meant(still, ["UDIA", "UBO"])
    assert refused.value.people == ["UBO", "UDIA"]


def test_of_two_with_somebody_the_one_with_a_time_is_meant_where_one_is_asked_for(still, two):
    bo, _ = two
    still.at += MINUTE
    again = still.meeting("UANA", "UBO")
    with still.db.transaction() as tx:
        meetings.change(tx, bo.id, agreed_at=still.at + HOUR)
    which = [
        outcomes.which(still.services, who("UANA"), ["UBO"], None, agreed=agreed).id
        for agreed in (False, True)
    ]
    assert which == [again.id, bo.id]


def test_the_conversation_says_which(still, two):
    bo, cem = two
    assert meant(still, where="G1", word="met") == bo.id
    assert meant(still, where="G2", word="met") == cem.id


def test_of_several_the_command_asks_and_without_one_it_is_the_newest(still, two):
    _, cem = two
    with pytest.raises(WhichMeeting) as asked:
        meant(still, where="C1", word="met")
    assert asked.value.groups == [["UCEM"], ["UBO"]]
    assert asked.value.word == "met"
    assert meant(still) == cem.id


def test_the_only_one_under_way_is_meant_else_the_newest(still, two):
    bo, cem = two
    still.at = bo.ends_at
    assert meant(still, word="met") == cem.id
    still.at = cem.ends_at
    assert meant(still, word="met") == cem.id


def test_one_whose_people_could_not_be_reached_is_none(still):
    with pytest.raises(NoMeeting):
        meant(still)
    meeting = still.meeting("UANA", "UBO")
    with still.db.transaction() as tx:
        meetings.drop(tx, meeting.id, ["UBO"])
    with pytest.raises(NoMeeting):
        meant(still, word="met")


def test_why_is_about_the_newest_and_only_for_its_people(still, two):
    _, cem = two
    said = outcomes.why(still.services, who("UANA"))
    assert said == outcomes.why(still.services, who("UANA"), cem.id)
    assert said.startswith("The round was under way already, and both of you had room")
    with pytest.raises(NotYourMeeting):
        outcomes.why(still.services, who("UBO"), cem.id)


# -- when people are asked ----------------------------------------------------


def asks(still):
    return {ask.due_at - still.at for ask in still.laid(Kind.ASK)}


def follows_up(still, meeting):
    with still.db.transaction() as tx:
        introductions.lay_follow_ups(tx, meeting, still.at)


def agrees(still, meeting, at):
    with still.db.transaction() as tx:
        introductions.ask_after(tx, meeting, at)


def test_after_an_agreed_time_nobody_is_asked_before_it_is_over_and_twice_in_all(still):
    still.holds_a_round()
    meeting = still.meeting("UANA", "UBO")
    follows_up(still, meeting)
    assert len(still.laid(Kind.ASK)) == 4
    at = still.at + 3 * DAY
    agrees(still, meeting, at)
    assert min(asks(still)) == 3 * DAY + HOUR
    assert len(still.laid(Kind.ASK)) == 4  # half an hour after it is over, and the last one


def test_who_was_asked_already_is_asked_once_more_and_nobody_else_less(still):
    meeting = still.meeting("UANA", "UBO")
    follows_up(still, meeting)
    with still.db.transaction() as tx:
        first = min(still.laid(Kind.ASK), key=lambda ask: ask.due_at)
        deliveries.sent(tx, first.id, "D1", "1.1", still.at)
    last = max(asks(still))
    agrees(still, meeting, still.at + 3 * DAY)
    left: dict[str, set[timedelta]] = {}
    for ask in still.laid(Kind.ASK):
        left.setdefault(ask.users[0], set()).add(ask.due_at - still.at)
    asked, other = first.users[0], {"UANA": "UBO", "UBO": "UANA"}[first.users[0]]
    assert left == {asked: {3 * DAY + HOUR}, other: {3 * DAY + HOUR, last}}


def test_a_last_question_within_two_hours_of_the_time_would_be_one_too_many(still):
    meeting = still.meeting("UANA", "UBO")
    follows_up(still, meeting)
    last = max(asks(still))
    agrees(still, meeting, still.at + last - HOUR)
    assert asks(still) == {last}
    assert len(still.laid(Kind.ASK)) == 2


def test_only_those_who_have_not_settled_it_are_asked(still):
    meeting = still.meeting("UANA", "UBO", "UCEM")
    with still.db.transaction() as tx:
        meetings.answer(tx, meeting.id, "UANA", Outcome.NOT_THIS_TIME)
        meetings.answer(tx, meeting.id, "UBO", Outcome.PLANNING)
    agrees(still, still.again(meeting), still.at + DAY)
    assert still.readers(Kind.ASK) == ["UBO", "UCEM"]
    assert {ask.expires_at for ask in still.laid(Kind.ASK)} == {meeting.ends_at + DAY}


def test_whoever_is_on_a_pause_is_asked_nothing_that_would_come_before_its_end(still):
    meeting = still.meeting("UANA", "UBO")
    with still.db.transaction() as tx:
        people.change(tx, who("UANA"), paused_until=meeting.ends_at.date() + DAY)
    follows_up(still, meeting)
    agrees(still, meeting, still.at + 3 * DAY)
    assert still.readers(Kind.NUDGE) == []  # it would go to Ana
    assert set(still.readers(Kind.ASK)) == {"UBO"}


def test_what_two_talk_about_after_a_check_in_is_not_asked_about(still):
    meeting = still.meeting("UANA", "UBO")
    elsewhere = replace(meeting, channel_id=None)
    follows_up(still, elsewhere)
    assert still.laid(Kind.ASK) == []
