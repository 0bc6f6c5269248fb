"""What is written when a round is held: history, messages, whose turn it was, and the account."""

from datetime import timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest

from bot.rounds import holding, recording
from core.matching import Reason
from core.outbox.kinds import DeliveryKind as Kind
from core.values import ChannelSettings, Place
from storage.people import memberships, people
from storage.rounds import history
from tests.still import MONDAY, PLACE, TEAM, WEEK, Still

DUE = MONDAY + WEEK
FIVE = ("UANA", "UBO", "UCEM", "UDIA", "UELI")
MINUTE = timedelta(minutes=1)


@pytest.fixture
def still(db):
    """Five people of whom one trio and one pair are made, a moment after the round was due."""
    made = Still(db, ChannelSettings())
    made.joins(*FIVE)
    made.at = DUE
    return made


def held(still, at=DUE, **how):
    decision = holding.decide(still.services, still.channel, at, seed=7)
    times = recording.Times(DUE, DUE + WEEK, DUE + WEEK)
    assert recording.record(still.services, still.channel, decision, times, **how)
    return still.rounds()[0]


def test_each_group_is_a_meeting_and_an_introduction_that_ends_with_the_round(still):
    made = held(still)
    groups = [meeting.user_ids for meeting in still.meetings_of(made)]
    assert sorted(map(len, groups)) == [2, 3]
    laid = still.laid(Kind.INTRODUCTION)
    assert sorted(message.users for message in laid) == sorted(groups)
    assert {message.expires_at for message in laid} == {DUE + WEEK}
    assert {message.round_id for message in laid} == {made.id}
    assert {message.due_at for message in laid} == {DUE}


def test_the_account_names_the_groups_and_which_of_them_is_the_odd_one(still):
    receipt = held(still).receipt
    assert receipt.number == 1
    assert receipt.present == 5
    assert [len(receipt.groups[place]) for place in receipt.odd] == [3]
    assert (receipt.people, receipt.late, receipt.capped) == (5, False, False)


def test_everybody_left_out_is_in_the_account_with_the_reason(still):
    still.joins("UFAY", skipping=True)
    still.joins("UGUS", opted=False)
    for user_id in FIVE[1:]:
        still.stands(user_id, skipping=True)
    left = held(still).receipt.left_out
    assert left["skipping"] == (*FIVE[1:], "UFAY")
    assert left["opted_out"] == ("UGUS",)
    assert left[Reason.ALONE] == ("UANA",)


@pytest.mark.parametrize(("minutes", "late"), [(29, False), (30, True)])
def test_half_an_hour_is_late(still, minutes, late):
    still.at = DUE + minutes * MINUTE
    assert held(still).receipt.late is late


def test_whose_turn_it_was_to_get_it_going_and_to_be_three_is_remembered(still):
    made = held(still)
    with still.db.reading() as tx:
        known = people.some(tx, TEAM, FIVE)
    organisers = {meeting.organiser for meeting in still.meetings_of(made)}
    assert {u for u, person in known.items() if person.organised == 1} == organisers
    three = set(max((m.user_ids for m in still.meetings_of(made)), key=len))
    assert {u for u, person in known.items() if person.credit > 0} == three


def test_the_channel_and_its_people_know_which_round_it_was(still):
    still.stands("UANA", waiting_since=MONDAY)
    still.joins("UFAY", skipping=True)
    held(still)
    with still.db.reading() as tx:
        there = memberships.of_channel(tx, Place(TEAM, "C1"))
    assert {m.last_round for u, m in there.items() if u != "UFAY"} == {1}
    assert there["UFAY"].last_round is None
    assert not any(m.waiting_since or m.skipping for m in there.values())
    assert still.channel.round_count == 1
    assert still.channel.next_due_at == DUE + WEEK


def test_the_matcher_finds_the_round_in_its_history(still):
    made = held(still)
    with still.db.reading() as tx:
        [past] = history.load(tx, TEAM, "C1")
        numbers = {p.number: u for u, p in people.some(tx, TEAM, FIVE).items()}
    names = [numbers[number] for number in past.members]
    assert names == [u for meeting in still.meetings_of(made) for u in meeting.user_ids]
    assert past.own


TWELVE = (
    "Pacific/Auckland", "Australia/Sydney", "Asia/Tokyo", "Asia/Kolkata", "Asia/Dubai",
    "Europe/Helsinki", "Europe/Berlin", "Europe/London", "America/Sao_Paulo", "America/New_York",
    "America/Denver", "America/Los_Angeles",
)  # fmt: skip
QUARTER = timedelta(minutes=15)


@cache
def by_day(zone, at):
    local = at.astimezone(ZoneInfo(zone))
    return local.weekday() < 5 and 8 <= local.hour < 20


def first_common(zones):
    """The first quarter of an hour in three days that is day in all of these zones."""
    quarters = (DUE + n * QUARTER for n in range(3 * 24 * 4 + 1))
    return next((at for at in quarters if all(by_day(zone, at) for zone in zones)), None)


def test_four_hundred_in_twelve_zones_begin_by_day_wherever_a_group_has_one_in_common(still):
    names = [f"U{number:04}" for number in range(400)]
    zones = {name: TWELVE[number % 12] for number, name in enumerate(names)}
    still.here = names
    with still.db.transaction() as tx:
        people.refresh(tx, TEAM, {name: {"zone": zones[name]} for name in names}, still.at)
        for name in names:
            memberships.change(tx, PLACE, name, present=True, opted=True)
    held(still)
    laid = still.laid(Kind.INTRODUCTION)
    assert sum(len(message.users) for message in laid) == 400
    wanted = {message.users: first_common({zones[u] for u in message.users}) for message in laid}
    found = {message.users: message.due_at for message in laid}
    assert {who: found[who] for who, at in wanted.items() if at and found[who] != at} == {}
    assert len([at for at in wanted.values() if at]) > 190  # for nearly all there is one
