"""An introduction that arrives, is given up, or has somebody in it who cannot be reached."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.meetings import introductions, outcomes
from bot.outbox.policy import Posted
from bot.platform.slack import SlackRefused
from bot.rounds import regrouping
from bot.rounds.views.receipts import CAUSES, NOBODY_LEFT
from core.outbox.kinds import DeliveryKind as Kind
from core.receipt import Receipt, Regrouped
from core.values import MeetingKind
from storage.meetings import meetings, queue
from storage.meetings.meetings import NewMeeting
from storage.outbox import deliveries
from storage.people import memberships, people
from storage.rounds import history, rounds
from storage.rounds.rounds import NewRound
from tests.races import order
from tests.still import PLACE, TEAM, WEEK, Still, who

MINUTE = timedelta(minutes=1)


@pytest.fixture
def still(any_db):
    with order.kept(any_db):
        yield Still(any_db)


def held(still, *groups, told=False):
    """A round of these groups, with their introductions waiting; its id and its meetings."""
    for user_id in {user_id for group in groups for user_id in group}:
        still.joins(user_id)
        still.person(user_id)
    new = NewRound(1, still.at, still.at, still.at + WEEK, seed=7)
    with still.db.transaction() as tx:
        round_id = rounds.open_round(tx, PLACE, new)
        rounds.keep_receipt(tx, round_id, Receipt(1, tuple(groups)))
        numbers = [[people.require(tx, who(u)).number for u in group] for group in groups]
        history.pack_round(tx, PLACE, round_id, numbers, still.at)
        begun = [
            NewMeeting(
                group, group[0], still.at, still.at + WEEK,
                channel_id="C1", round_id=round_id, position=place,
            )
            for place, group in enumerate(groups)
        ]  # fmt: skip
        made = meetings.add_many(tx, TEAM, begun)
        for meeting in made:
            members = list(people.some(tx, TEAM, meeting.user_ids).values())
            introductions.lay_introduction(tx, meeting, members, still.at)
        if told:
            rounds.mark_receipted(tx, round_id)
    return round_id, made


def introduction_of(still, meeting):
    [found] = [m for m in still.laid(Kind.INTRODUCTION) if m.meeting_id == meeting.id]
    return found


def given_up(still, meeting, cause="channel_not_found"):
    delivery = introduction_of(still, meeting)
    with still.db.transaction() as tx:
        regrouping.lost(still.services, tx, delivery, cause)
        deliveries.fail(tx, delivery.id, cause)


def unreachable(still, meeting, *gone, code="user_disabled"):
    """Slack refuses the group because of these people; whether another way was found."""
    still.gone |= set(gone)
    return regrouping.replan(still.services, introduction_of(still, meeting), code)


def receipt_of(still, round_id):
    with still.db.reading() as tx:
        return rounds.get(tx, round_id).receipt


# -- it arrives ---------------------------------------------------------------


def test_an_introduction_that_arrived_has_a_place_and_is_asked_about(still):
    _, [meeting] = held(still, ("UANA", "UBO"))
    with still.db.transaction() as tx:
        delivery = introduction_of(still, meeting)
        regrouping.arrived(still.services, tx, delivery, Posted("G9", "9.9"))
    now = still.again(meeting)
    assert (now.conversation_id, now.message_ts) == ("G9", "9.9")
    assert still.readers(Kind.NUDGE) == ["UANA"]
    assert set(still.readers(Kind.ASK)) == {"UANA", "UBO"}


def test_who_agrees_on_a_time_before_it_is_known_where_they_talk_reads_so_then(still):
    _, [meeting] = held(still, ("UANA", "UBO"))
    at = still.at + WEEK / 7
    with still.db.transaction() as tx:
        meetings.change(tx, meeting.id, proposals=(at,))
    for user_id in ("UANA", "UBO"):
        outcomes.pick(still.services, who(user_id), meeting.id, at)
    assert still.laid(Kind.AGREED) == []
    with still.db.transaction() as tx:
        regrouping.arrived(still.services, tx, introduction_of(still, meeting), Posted("G9", "9.9"))
    assert [said.channel_id for said in still.laid(Kind.AGREED)] == ["G9"]
    assert still.laid(Kind.NUDGE) == []
    assert min(ask.due_at for ask in still.laid(Kind.ASK)) > at


def test_a_message_about_no_meeting_has_nothing_to_follow(still):
    _, [meeting] = held(still, ("UANA", "UBO"))
    stray = replace(introduction_of(still, meeting), meeting_id=None)
    with still.db.transaction() as tx:
        regrouping.arrived(still.services, tx, stray, Posted("G9", "9.9"))
        regrouping.lost(still.services, tx, stray, "unsure")
    assert not regrouping.replan(still.services, stray, "user_disabled")
    assert still.again(meeting).conversation_id is None
    assert still.laid(Kind.ASK) == []


# -- it is given up -----------------------------------------------------------


def test_an_introduction_that_was_given_up_never_was_and_each_of_its_people_hears_it(still):
    round_id, [meeting, other] = held(still, ("UANA", "UBO"), ("UCEM", "UDIA"))
    given_up(still, meeting)
    assert still.again(meeting).closed
    assert still.again(meeting).user_ids == ()
    assert still.readers(Kind.WITHOUT) == ["UANA", "UBO"]
    assert still.again(other).user_ids == ("UCEM", "UDIA")
    with still.db.reading() as tx:
        [past] = history.load(tx, TEAM, "C1")
    assert len(past.members) == 2
    assert still.laid(Kind.RECEIPT) == []  # the receipt will say it
    assert receipt_of(still, round_id).groups == (("UANA", "UBO"), ("UCEM", "UDIA"))


def test_hosts_who_have_their_receipt_already_hear_of_it(still):
    _, [meeting] = held(still, ("UANA", "UBO"), told=True)
    given_up(still, meeting, "is_archived")
    [said] = still.laid(Kind.RECEIPT)
    assert said.users == ("UHOST",)
    assert CAUSES["is_archived"] in str(said.payload)
    assert "<@UANA> and <@UBO>" in str(said.payload)


def in_doubt(still, meeting):
    delivery = introduction_of(still, meeting)
    with still.db.transaction() as tx:
        regrouping.doubted(still.services, tx, delivery, "unsure")
        deliveries.doubt(tx, delivery.id, "unsure")


@pytest.mark.parametrize("told", [True, False])
def test_of_an_introduction_in_doubt_the_hosts_hear_after_the_receipt_and_nobody_is_asked(
    still, told
):
    _, [meeting] = held(still, ("UANA", "UBO"), told=told)
    in_doubt(still, meeting)
    heard = still.laid(Kind.RECEIPT)
    assert len(heard) == told
    assert all("perhaps not arrived: <@UANA> and <@UBO>" in str(one.payload) for one in heard)
    assert still.laid(Kind.ASK) == []
    assert still.readers(Kind.WITHOUT) == []
    assert not still.again(meeting).closed


@pytest.mark.parametrize("kind", [MeetingKind.IMPROMPTU, MeetingKind.CHECK_IN])
def test_outside_the_rounds_the_history_forgets_it_and_each_of_them_hears_it(still, kind):
    for user_id in ("UANA", "UBO"):
        still.person(user_id)
    with still.db.transaction() as tx:
        begun = NewMeeting(("UANA", "UBO"), "UANA", still.at, still.at + WEEK, kind)
        meeting = meetings.add(tx, TEAM, begun)
        history.pack_meeting(tx, meeting, [1, 2])
        own = list(people.some(tx, TEAM, meeting.user_ids).values())
        introductions.lay_introduction(tx, meeting, own, still.at)
    given_up(still, meeting)
    assert len(still.laid(Kind.WITHOUT)) == 2
    with still.db.reading() as tx:
        assert history.load(tx, TEAM) == []


# -- somebody cannot be reached -----------------------------------------------


def test_in_a_trio_the_two_who_are_left_are_introduced_and_the_organiser_is_one_of_them(still):
    round_id, [meeting] = held(still, ("UANA", "UBO", "UCEM"))
    first = introduction_of(still, meeting)
    assert unreachable(still, meeting, "UANA")
    again = introduction_of(still, meeting)
    assert again.id != first.id
    assert again.users == ("UBO", "UCEM")
    assert "A change of plan: somebody could not be reached." in str(again.payload)
    assert still.again(meeting).organiser == "UBO"
    assert receipt_of(still, round_id).groups == (("UBO", "UCEM"),)
    assert receipt_of(still, round_id).replanned == (
        Regrouped("UANA", "user_disabled", ("UBO", "UCEM")),
    )
    with still.db.reading() as tx:
        assert people.get(tx, who("UANA")).deleted


def test_whoever_is_left_of_a_pair_joins_another_group_which_is_introduced_anew(still):
    round_id, [lost, host] = held(still, ("UANA", "UBO"), ("UCEM", "UDIA"))
    assert unreachable(still, lost, "UBO")
    assert still.again(lost).closed
    assert introduction_of(still, host).users == ("UCEM", "UDIA", "UANA")
    account = receipt_of(still, round_id)
    assert account.groups == (("UCEM", "UDIA", "UANA"),)
    assert account.odd == (0,)
    with still.db.reading() as tx:
        assert len(history.load(tx, TEAM, "C1")[0].members) == 3


@pytest.mark.parametrize("why", ["closed", "agreed", "blocked"])
def test_a_group_that_is_closed_has_a_time_or_somebody_they_avoid_takes_nobody_in(still, why):
    _, [lost, host] = held(still, ("UANA", "UBO"), ("UCEM", "UDIA"))
    with still.db.transaction() as tx:
        if why == "blocked":
            people.set_not_with(tx, who("UDIA"), ["UANA"])
        elif why == "closed":
            meetings.change(tx, host.id, closed=True)
        else:
            meetings.change(tx, host.id, agreed_at=still.at + MINUTE)
    assert unreachable(still, lost, "UBO")
    assert still.again(host).user_ids == ("UCEM", "UDIA")
    assert still.readers(Kind.ALONE) == ["UANA"]


def test_of_the_groups_that_could_one_that_has_not_met_yet_and_is_new_to_them_is_chosen(still):
    groups = ("UANA", "UBO"), ("UCEM", "UDIA"), ("UELI", "UFAY"), ("UGUS", "UHUI")
    _, [lost, introduced, met, new] = held(still, *groups)
    with still.db.transaction() as tx:
        meetings.change(tx, introduced.id, conversation_id="G1")
    still.meeting("UANA", "UELI")  # they met before
    assert unreachable(still, lost, "UBO")
    assert still.again(new).user_ids == ("UGUS", "UHUI", "UANA")
    assert still.again(met).user_ids == ("UELI", "UFAY")


def test_where_nobody_else_is_left_the_one_who_is_hears_it_and_the_host_reads_so(still):
    round_id, [meeting] = held(still, ("UANA", "UBO"), told=True)
    assert unreachable(still, meeting, "UBO")
    assert still.readers(Kind.ALONE) == ["UANA"]
    assert receipt_of(still, round_id).replanned == (Regrouped("UBO", "user_disabled"),)
    [said] = still.laid(Kind.RECEIPT)
    assert NOBODY_LEFT in str(said.payload)


def test_a_latecomer_who_is_left_alone_waits_on(still):
    meeting = still.meeting("UANA", "UBO", conversation_id=None)
    with still.db.transaction() as tx:
        history.pack_meeting(tx, meeting, [1, 2])
        own = list(people.some(tx, TEAM, meeting.user_ids).values())
        introductions.lay_introduction(tx, meeting, own, still.at)
    assert unreachable(still, meeting, "UBO")
    with still.db.reading() as tx:
        assert memberships.get(tx, PLACE, "UANA").waiting_since == still.at
        assert history.load(tx, TEAM) == []
    assert still.readers(Kind.ALONE) == ["UANA"]


def test_whoever_waited_for_a_coffee_waits_again_for_a_quarter_of_an_hour(still):
    for user_id in ("UANA", "UBO"):
        still.person(user_id)
    with still.db.transaction() as tx:
        kind = MeetingKind.IMPROMPTU
        begun = NewMeeting(("UANA", "UBO"), "UANA", still.at, still.at + WEEK, kind)
        meeting = meetings.add(tx, TEAM, begun)
        own = list(people.some(tx, TEAM, meeting.user_ids).values())
        introductions.lay_introduction(tx, meeting, own, still.at)
    assert unreachable(still, meeting, "UBO")
    with still.db.reading() as tx:
        assert queue.get(tx, who("UANA")).until == still.at + 15 * MINUTE


def test_everybody_gone_leaves_nobody_to_tell(still):
    round_id, [meeting] = held(still, ("UANA", "UBO"))
    assert unreachable(still, meeting, "UANA", "UBO")
    assert still.again(meeting).closed
    assert still.laid(Kind.ALONE) == []
    assert receipt_of(still, round_id).groups == ()


def test_another_refusal_or_one_that_is_nobodys_fault_changes_nothing(still):
    _, [meeting] = held(still, ("UANA", "UBO"))
    assert not unreachable(still, meeting, "UBO", code="not_allowed")
    still.gone.clear()
    assert not unreachable(still, meeting)
    assert introduction_of(still, meeting).users == ("UANA", "UBO")


@pytest.mark.parametrize("code", ["user_not_found", "user_not_visible"])
def test_whom_slack_does_not_know_is_gone(still, code):
    still.refusals["UBO"] = code
    _, [meeting] = held(still, ("UANA", "UBO", "UCEM"))
    assert unreachable(still, meeting)
    assert still.again(meeting).user_ids == ("UANA", "UCEM")


def test_a_refusal_about_ourselves_writes_nobody_off(still):
    still.refusals["UBO"] = "invalid_auth"
    _, [meeting] = held(still, ("UANA", "UBO"))
    with pytest.raises(SlackRefused):
        unreachable(still, meeting)
    assert introduction_of(still, meeting).users == ("UANA", "UBO")
