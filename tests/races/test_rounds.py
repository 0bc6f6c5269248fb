"""Two beats at once, and people who come, answer or cannot be reached just then."""

from functools import partial

import pytest

from bot.meetings import outcomes
from bot.people import standing
from bot.people.views.coffee import already_in
from bot.rounds import holding, latecomers, notices, receipts, settling
from bot.rounds.views.notices import joined_late, latecomer_waits
from core.outbox.kinds import DeliveryKind as Kind
from core.values import ChannelSettings, Outcome, Place
from storage.channels import channels
from storage.meetings import meetings
from storage.people import memberships, people
from storage.rounds import history, rounds
from storage.rounds.rounds import NewRound
from tests.bot.rounds.test_regrouping import held, receipt_of, unreachable
from tests.races.racing import in_the_midst
from tests.still import MONDAY, PLACE, TEAM, WEEK, who
from tests.words.reading import gist

THERE = Place(TEAM, "C2")


def beat(still, step):
    """A step of a beat that has just read the channel."""
    return partial(step, still.services, still.channel)


def person(still, user_id):
    with still.db.reading() as tx:
        return people.require(tx, who(user_id))


# -- settling -----------------------------------------------------------------


def test_a_silence_that_two_beats_see_is_counted_once(still):
    still.asked(still.meeting("UANA", "UBO"), "UANA")
    still.at += WEEK
    settle = beat(still, settling.settle)
    with in_the_midst(still.db, "UPDATE meetings", settle):
        settle()
    assert person(still, "UANA").unanswered == 1


def test_two_silences_in_two_channels_at_once_are_two(still):
    first, both = still.meeting("UANA", "UBO"), ("UANA", "UBO")
    with still.db.transaction() as tx:
        there = channels.add(tx, THERE, "tea", "UHOST")
        for user_id in ("UANA", "UBO"):
            memberships.change(tx, THERE, user_id, present=True, opted=True)
        new = meetings.NewMeeting(("UBO", "UANA"), "UBO", MONDAY, MONDAY + WEEK, channel_id="C2")
        second = meetings.add(tx, TEAM, new)
        meetings.change(tx, second.id, conversation_id="G2")
    still.asked(first, *both)
    still.asked(second, *both)
    still.at += WEEK
    other = partial(settling.settle, still.services, there)
    with in_the_midst(still.db, "UPDATE people", other):
        beat(still, settling.settle)()
    assert [person(still, one).unanswered for one in ("UANA", "UBO")] == [2, 2]


def test_who_answers_while_a_meeting_is_closed_is_not_silent(still):
    meeting = still.meeting("UANA", "UBO")
    still.asked(meeting, "UANA", "UBO")
    still.at += WEEK
    settle = beat(still, settling.settle)
    with in_the_midst(still.db, "UPDATE meeting_people", settle, done=True):
        outcomes.answer(still.services, who("UANA"), meeting.id, Outcome.MET)
    assert [person(still, one).unanswered for one in ("UANA", "UBO")] == [0, 0]


# -- coming late --------------------------------------------------------------


@pytest.fixture
def begun(still):
    """A round began, and three people were not in it."""
    with still.db.transaction() as tx:
        rounds.open_round(tx, PLACE, NewRound(1, MONDAY, MONDAY, MONDAY + WEEK, seed=7))
    for user_id in ("UANA", "UBO", "UCEM"):
        still.person(user_id)
        still.joins(user_id)
    return still


def coming(still, user_id):
    return partial(latecomers.welcome, still.services, still.channel, user_id)


def test_two_latecomers_at_once_are_introduced_to_each_other(begun):
    with in_the_midst(begun.db, "UPDATE memberships", coming(begun, "UBO")) as bos:
        first = coming(begun, "UANA")()
    assert gist(latecomer_waits) in first
    assert gist(joined_late) in bos.result()
    assert [said.users for said in begun.laid(Kind.INTRODUCTION)] == [("UANA", "UBO")]


def test_of_two_latecomers_at_once_one_meets_who_is_waiting(begun):
    coming(begun, "UCEM")()
    with in_the_midst(begun.db, "INSERT INTO meetings", coming(begun, "UBO")):
        coming(begun, "UANA")()
    assert [said.users for said in begun.laid(Kind.INTRODUCTION)] == [("UCEM", "UANA")]
    assert begun.stands("UBO").waiting_since == begun.at


def test_who_joins_twice_at_once_is_late_once(begun):
    begun.stands("UANA", opted=None)
    join = partial(standing.join, begun.services, begun.channel, "UANA")
    with in_the_midst(begun.db, "UPDATE memberships", join) as again:
        first = join()
    assert gist(latecomer_waits) in first
    assert again.result().startswith(already_in(begun.channel))


def test_who_leaves_while_somebody_comes_late_is_not_introduced(begun):
    coming(begun, "UCEM")()
    leave = partial(standing.leave, begun.services, begun.channel, "UCEM")
    with in_the_midst(begun.db, "UPDATE memberships", coming(begun, "UANA")):
        leave()
    assert begun.laid(Kind.INTRODUCTION) == []


# -- the receipt --------------------------------------------------------------


def test_two_groups_that_are_regrouped_at_once_are_both_in_the_receipt(still):
    trios = ("UANA", "UBO", "UCEM"), ("UDIA", "UELI", "UFAY")
    round_id, [one, other] = held(still, *trios)
    regroup = partial(unreachable, still, other, "UFAY")
    with in_the_midst(still.db, "UPDATE rounds", regroup):
        unreachable(still, one, "UCEM")
    noted = [note.gone for note in receipt_of(still, round_id).replanned]
    assert noted == ["UCEM", "UFAY"]


def test_who_was_left_alone_in_two_groups_at_once_meet_each_other(still):
    _, [one, other] = held(still, ("UANA", "UBO"), ("UCEM", "UDIA"))
    regroup = partial(unreachable, still, other, "UDIA")
    with in_the_midst(still.db, "DELETE FROM meeting_people", regroup):
        unreachable(still, one, "UBO")
    assert still.again(one).user_ids == ()
    assert still.again(other).user_ids in {("UCEM", "UANA"), ("UANA", "UCEM")}


def test_hosts_hear_of_a_group_that_changed_while_they_were_told(still):
    _, [one, _] = held(still, ("UANA", "UBO", "UCEM"), ("UDIA", "UELI"))
    still.at += receipts.RECEIPT_PATIENCE
    tell = beat(still, receipts.send_receipts)
    with in_the_midst(still.db, "INSERT INTO deliveries", partial(unreachable, still, one, "UCEM")):
        tell()
    later = [said for said in still.laid(Kind.RECEIPT) if "UCEM" in str(said.payload)]
    assert len(later) == 2  # in the receipt's groups, and in the word after it


def test_two_beats_tell_hosts_once(still):
    held(still, ("UANA", "UBO"))
    still.at += receipts.RECEIPT_PATIENCE
    tell = beat(still, receipts.send_receipts)
    with in_the_midst(still.db, "INSERT INTO deliveries", tell):
        tell()
    assert len(still.laid(Kind.RECEIPT)) == 1


# -- holding ------------------------------------------------------------------


@pytest.fixture
def due(still):
    """Four people whose round is due now."""
    still.joins("UANA", "UBO", "UCEM", "UDIA")
    still.at += WEEK
    return still


def test_two_beats_hold_one_round(due):
    hold = beat(due, holding.run_due)
    with in_the_midst(due.db, "INSERT INTO rounds", hold):
        hold()
    assert [len(due.meetings_of(one)) for one in due.rounds()] == [2]
    assert len(due.laid(Kind.INTRODUCTION)) == 2


@pytest.mark.parametrize("moved", [True, False])
def test_no_notice_is_given_of_a_round_that_a_host_has_just_moved(due, moved):
    due.person("UANA")
    was = due.channel
    due.at -= WEEK / 7 / 24  # an hour before, on that morning
    notice = beat(due, notices.give_notice)
    with due.db.transaction() as tx:
        channels.decide(tx, PLACE, was.settings, was.next_due_at + moved * WEEK)
    notice()
    assert len(due.laid(Kind.NOTICE)) == (not moved)


def test_a_round_is_not_held_when_a_host_has_just_moved_it(due):
    hold = beat(due, holding.run_due)
    moved = due.at + WEEK / 7
    with due.db.transaction() as tx:
        channels.decide(tx, PLACE, due.channel.settings, moved)
    hold()
    assert due.rounds() == []
    assert due.channel.next_due_at == moved


def test_a_round_that_was_missed_is_not_skipped_when_a_host_has_just_moved_it(due):
    due.at += WEEK / 2
    skip, moved = beat(due, holding.run_due), due.at + WEEK
    with due.db.transaction() as tx:
        channels.decide(tx, PLACE, due.channel.settings, moved)
    skip()
    assert due.laid(Kind.MISSED) == []
    assert due.channel.next_due_at == moved


def test_two_rounds_of_the_same_people_in_two_channels_book_whose_turn_it_was(due):
    with due.db.transaction() as tx:
        channels.add(tx, THERE, "tea", "UHOST")
        channels.decide(tx, THERE, ChannelSettings(), due.at)
    hold = beat(due, holding.run_due)
    with due.db.reading() as tx:
        there = channels.get(tx, THERE)
    for user_id in due.here:
        with due.db.transaction() as tx:
            memberships.change(tx, THERE, user_id, present=True, opted=True)
    with in_the_midst(due.db, "UPDATE people", partial(holding.run_due, due.services, there)):
        hold()
    assert sum(person(due, user_id).organised for user_id in due.here) == 4


def test_an_answer_that_comes_while_outcomes_are_packed_is_not_lost(still):
    meeting = still.meeting("UANA", "UBO")
    with still.db.transaction() as tx:
        history.pack_meeting(tx, meeting, [1, 2])
    outcomes.answer(still.services, who("UBO"), meeting.id, Outcome.NOT_THIS_TIME)
    met = partial(outcomes.answer, still.services, who("UANA"), meeting.id, Outcome.MET)
    with in_the_midst(still.db, "UPDATE round_packs", met), still.db.transaction() as tx:
        history.repack(tx, TEAM)
    with still.db.reading() as tx:
        [past] = history.load(tx, TEAM)
    assert list(past.outcomes) == [history.MET]
