"""The notice of the day before: to whom, when, and when it would say nothing new (P8)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.rounds import keys, notices, participants
from core.outbox.kinds import DeliveryKind as Kind
from core.outbox.outgoing import Outgoing
from core.values import ChannelSettings, Notice, TakingPart
from storage.channels import channels
from storage.outbox import deliveries
from storage.rounds import rounds
from storage.rounds.rounds import NewRound
from tests.still import MONDAY, PLACE, TEAM, WEEK, Still

DUE = MONDAY + WEEK
SECOND, HOUR, DAY = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def still(db):
    """Ana is in the rounds; it is Friday, and the next one is due on Monday at this time."""
    made = Still(db, ChannelSettings())
    made.person("UANA")
    made.joins("UANA")
    made.at = DUE - 3 * DAY
    return made


def gives_notice(still):
    notices.give_notice(still.services, still.channel)
    return len(still.laid(Kind.NOTICE))


def decides(still, **settings):
    with still.db.transaction() as tx:
        channels.decide(tx, PLACE, replace(still.channel.settings, **settings), DUE)


def test_on_the_last_working_day_before_and_not_a_second_sooner_once(still):
    still.at -= SECOND
    assert gives_notice(still) == 0
    still.at += SECOND
    assert gives_notice(still) == 1
    assert gives_notice(still) == 1
    [said] = still.laid(Kind.NOTICE)
    assert (said.channel_id, said.users, said.expires_at) == ("C1", (), DUE)
    assert still.channel.noticed_for == DUE


def test_not_when_the_round_is_due_already_or_never(still):
    still.at = DUE
    assert gives_notice(still) == 0
    with still.db.transaction() as tx:
        channels.change(tx, PLACE, next_due_at=None)
    assert gives_notice(still) == 0


def test_as_a_direct_message_it_goes_to_everybody_in_it_and_off_is_off(still):
    still.person("UBO")
    still.joins("UBO", skipping=True)
    decides(still, notice=Notice.DM)
    assert gives_notice(still) == 1
    assert still.readers(Kind.NOTICE) == ["UANA"]
    decides(still, notice=Notice.OFF)
    with still.db.transaction() as tx:
        channels.change(tx, PLACE, noticed_for=None)
    assert gives_notice(still) == 1  # the one from before


def test_with_nobody_in_it_there_is_nothing_to_say(still):
    still.stands("UANA", opted=False)
    assert gives_notice(still) == 0
    assert still.channel.noticed_for == DUE


@pytest.mark.parametrize(("hours", "said"), [(39, 0), (40, 1)])
def test_rounds_that_come_every_day_are_not_announced_each_time(still, hours, said):
    last = DUE - hours * HOUR
    with still.db.transaction() as tx:
        rounds.open_round(tx, PLACE, NewRound(1, last, last, DUE, seed=7))
    assert gives_notice(still) == said


@pytest.mark.parametrize(("ago", "said"), [(DAY - SECOND, 0), (DAY, 1)])
def test_a_channel_that_has_just_been_told_of_its_first_round_is_not_told_again(still, ago, said):
    key, payload = keys.opening(still.channel, held=0), {"text": "It begins …"}
    post = Outgoing(TEAM, key, Kind.OPENING, payload, still.at - ago, channel_id="C1")
    with still.db.transaction() as tx:
        deliveries.put(tx, post)
    assert gives_notice(still) == said


def test_a_status_that_covers_the_round_is_asked_about_once_until_the_round(still):
    back = DUE + 2 * DAY
    still.person("UANA", status_emoji=":palm_tree:", status_until=back)
    gives_notice(still)
    with still.db.transaction() as tx:
        channels.change(tx, PLACE, noticed_for=None)
    gives_notice(still)
    [asked] = still.laid(Kind.STATUS)
    assert (asked.users, asked.expires_at) == (("UANA",), DUE)


# -- newcomers ------------------------------------------------------------------


def told(still, *user_ids):
    for user_id in user_ids:
        still.stands(user_id, untold=True)
    with still.db.transaction() as tx:
        participants.tell_newcomers(tx, still.channel, still.at)
    return still.readers(Kind.NEWCOMER)


@pytest.fixture
def everyone(still):
    decides(still, taking_part=TakingPart.EVERYONE)
    return still


def test_a_newcomer_is_told_once(everyone):
    everyone.person("UBO")
    assert told(everyone, "UBO") == ["UBO"]
    assert told(everyone, "UBO") == ["UBO"]


@pytest.mark.parametrize("kind", ["is_bot", "deleted", "stranger", "guest"])
def test_for_whom_the_rounds_are_not_they_are_not_announced(everyone, kind):
    everyone.person("UBO", **{kind: True})
    assert told(everyone, "UBO") == []


def test_guests_are_told_where_they_may_take_part(everyone):
    decides(everyone, guests=True)
    everyone.person("UBO", guest=True)
    everyone.person("USOL", stranger=True)
    assert told(everyone, "UBO", "USOL") == ["UBO"]


@pytest.mark.parametrize("opted", [True, False])
def test_who_has_decided_already_is_not_told(everyone, opted):
    everyone.person("UBO")
    everyone.stands("UBO", opted=opted)
    assert told(everyone, "UBO") == []


def test_where_people_choose_to_join_they_are_welcomed_and_told_of_no_round_they_are_in(still):
    still.person("UBO")
    assert told(still, "UBO") == []
    assert still.readers(Kind.WELCOME) == ["UBO"]
    assert still.stands("UBO").told_at is None
