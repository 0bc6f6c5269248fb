"""What is said about rounds, and to whom, is true of the person and the channel as they stand."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.channels.errors import NotInChannel
from bot.channels.ids import SETTINGS
from bot.meetings.errors import CannotTakePart
from bot.people.views.coffee import AWAY_THEN, SITTING_OUT, skipped, unskipped
from bot.rounds.ids import CHANNEL_SKIP, CHANNEL_UNSKIP
from bot.trouble import sentence
from core.eligibility import Reason
from core.outbox.kinds import DeliveryKind as Kind
from core.values import TakingPart, Who
from storage.channels import channels
from storage.people import people
from tests.gathering import a_channel
from tests.words import labels
from tests.words.reading import received, stands, stored


@pytest.fixture
def coffee(town):
    """Four in a channel that has held one round."""
    channel, four = a_channel(town, 4)
    town.move_to("Monday 10:01")
    return channel, four


def on_a_pause(town, person):
    person.types("/coffee pause 3w")


def away_by_status(town, person):
    changed(town, person, obeys_status=True)
    person.sets_status(":palm_tree:", "Vacation", until=town.clock.now() + timedelta(days=20))


def in_fewer_rounds(town, person):
    changed(town, person, pace=2)


def changed(town, person, **columns):
    with town.db.transaction() as tx:
        people.change(tx, Who(town.parts.team_id, person.id), **columns)


NOT_IN_THE_NEXT = [
    (on_a_pause, Reason.PAUSED),
    (away_by_status, Reason.AWAY_STATUS),
    (in_fewer_rounds, Reason.PACE),
]


@pytest.mark.parametrize(("happens", "why"), NOT_IN_THE_NEXT)
def test_who_is_not_in_the_next_round_is_not_told_that_they_were(town, coffee, happens, why):
    channel, (_, bo, *_) = coffee
    happens(town, bo)
    then = stored(town, channel)
    assert bo.types("/coffee skip", in_=channel) == bo.text_of(skipped(then, why))
    assert stands(town, bo, channel).skipping
    assert bo.types("/coffee skip", in_=channel) == bo.text_of(unskipped(then, why))
    assert {Reason.PAUSED: AWAY_THEN, **SITTING_OUT}[why] in bo.types("/coffee")


def test_a_guest_who_skips_hears_that_rounds_are_not_open_to_them(town, coffee):
    channel, (ana, *_) = coffee
    zoe = town.person("Zoe", is_restricted=True)
    zoe.joins(channel)
    refused = zoe.text_of(sentence(CannotTakePart()))
    assert zoe.types("/coffee skip", in_=channel) == refused
    ana.types("/coffee settings", in_=channel)
    assert ana.fills(SETTINGS, {labels.TAKING_PART: TakingPart.EVERYONE}) == {}
    assert zoe.types("/coffee skip", in_=channel) == refused
    assert not stands(town, zoe, channel).skipping


@pytest.mark.parametrize("old", [CHANNEL_SKIP, CHANNEL_UNSKIP])
def test_an_old_button_puts_nobody_back_who_has_left(town, coffee, old):
    channel, (_, bo, *_) = coffee
    bo.types("/coffee")
    if old is CHANNEL_UNSKIP:
        bo.types("/coffee skip", in_=channel)
        bo.types("/coffee")
    bo.leaves(channel)
    gone = sentence(NotInChannel(channel=channel.id))
    assert bo.presses(old) == bo.text_of(gone)


def test_everyone_is_announced_with_the_next_round_once_rounds_were_held(town, coffee):
    channel, (ana, bo, *_) = coffee
    ana.types("/coffee settings", in_=channel)
    assert ana.fills(SETTINGS, {labels.TAKING_PART: TakingPart.EVERYONE}) == {}
    town.forward(seconds=5)
    first, again = received(town, bo, Kind.OPENING)
    assert "The first round is" in first
    assert "The next round is" in again


def receipts_of(town, *people):
    return [len(received(town, person, Kind.RECEIPT)) for person in people]


def test_an_inviter_who_has_left_is_no_host_to_be_asked_or_told(town, coffee):
    channel, (ana, bo, cem, *_) = coffee
    with town.db.transaction() as tx:
        channels.name_hosts(tx, stored(town, channel).place, [bo.id])
    town.forward(hours=1)
    before = receipts_of(town, ana, bo)
    ana.leaves(channel)
    cem.types("/coffee settings", in_=channel)
    assert "@Bo" in cem.modal
    assert "@Ana" not in cem.modal
    town.move_to("Monday 11:00")
    assert receipts_of(town, ana, bo) == [before[0], before[1] + 1]


def test_where_every_host_has_left_they_are_told_all_the_same(town, coffee):
    channel, (ana, *_) = coffee
    town.forward(hours=1)
    before = receipts_of(town, ana)
    ana.leaves(channel)
    town.move_to("Monday 11:00")
    assert receipts_of(town, ana) == [before[0] + 1]
