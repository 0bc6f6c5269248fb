"""The notice of the day before: to whom, when, and when it would say nothing new (P8)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.rounds import keys, notices, participants
from core.outbox.kinds import DeliveryKind as Kind
from core.outbox.outgoing import Outgoing
from core.values import ChannelSettings, Hours, Notice, TakingPart
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


def test_it_lies_ready_two_days_ahead_for_the_last_working_day_before_once(still):
    said_at = still.at
    still.at -= 2 * DAY + SECOND
    assert gives_notice(still) == 0
    still.at += SECOND
    assert gives_notice(still) == 1
    assert gives_notice(still) == 1
    [said] = still.laid(Kind.NOTICE)
    assert (said.channel_id, said.users, said.due_at, said.expires_at) == ("C1", (), said_at, DUE)
    assert still.channel.noticed_for == DUE


ZONES = {"Asia/Tokyo": 0, "Europe/Berlin": 8, "America/Los_Angeles": 17}  # nine there, in UTC


@pytest.mark.parametrize("zone", ZONES)
def test_alone_each_reads_it_at_that_hour_of_their_own_day_before(still, zone):
    still.person("UANA", zone=zone)
    decides(still, notice=Notice.DM)
    still.at -= 2 * DAY
    gives_notice(still)
    [said] = still.laid(Kind.NOTICE)
    assert said.due_at == still.at.replace(hour=ZONES[zone]) + 2 * DAY


def test_who_does_not_work_on_fridays_reads_it_on_thursday(still):
    to_thursday = Hours(weekdays=(0, 1, 2, 3)).to_json()
    still.person("UANA", zone="Europe/Berlin", hours=to_thursday)
    decides(still, notice=Notice.DM)
    still.at -= 2 * DAY
    gives_notice(still)
    [said] = still.laid(Kind.NOTICE)
    assert said.due_at == still.at + DAY - HOUR


# -- what lies ready may be needed no more -----------------------------------------


def is_needed(still, kind=Kind.NOTICE):
    [said] = still.laid(kind)
    return notices.unneeded(still.services, said) is None


@pytest.fixture(params=list(Notice)[:2])
def ready(still, request):
    """The notice of Monday's round, in the channel or to Ana alone, lies there."""
    decides(still, notice=request.param)
    assert gives_notice(still) == 1
    assert is_needed(still)
    return still


def test_when_the_round_is_moved_or_the_channel_closed_it_is_not_said(ready):
    with ready.db.transaction() as tx:
        channels.change(tx, PLACE, active=False)
    assert not is_needed(ready)
    with ready.db.transaction() as tx:
        channels.change(tx, PLACE, active=True, next_due_at=DUE + DAY)
    assert not is_needed(ready)


@pytest.mark.parametrize("out", [{"skipping": True}, {"opted": False}, {"present": False}])
def test_when_nobody_of_its_readers_is_in_the_round_it_is_not_said(ready, out):
    ready.stands("UANA", **out)
    assert not is_needed(ready)


@pytest.mark.parametrize(("silences", "read"), [(2, True), (3, False)])
def test_after_three_silences_nobody_reads_a_notice_of_their_own(still, silences, read):
    still.person("UANA", unanswered=silences)
    decides(still, notice=Notice.DM)
    gives_notice(still)
    assert is_needed(still) == read


@pytest.mark.parametrize(("ahead", "laid"), [(SECOND, 2), (timedelta(0), 1)])
def test_announced_another_way_it_is_laid_anew_unless_it_was_said(still, ahead, laid):
    said_at, before = still.at, still.channel
    still.at -= DAY
    gives_notice(still)
    still.at = said_at - ahead
    decides(still, notice=Notice.DM)
    assert not is_needed(still)
    with still.db.transaction() as tx:
        notices.chosen_anew(tx, before, still.channel, still.at)
    assert gives_notice(still) == laid


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


def test_the_question_about_a_status_is_left_out_once_that_covers_the_round_no_more(still):
    still.person("UANA", status_emoji=":palm_tree:", status_until=DUE + 2 * DAY)
    gives_notice(still)
    assert is_needed(still, Kind.STATUS)
    still.person("UANA", status_emoji="")
    assert not is_needed(still, Kind.STATUS)


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


@pytest.mark.parametrize("mode", TakingPart)
def test_a_welcome_is_of_use_for_two_weeks_and_what_a_silence_decides_for_ever(still, mode):
    decides(still, taking_part=mode)
    still.person("UBO")
    told(still, "UBO")
    until = [one.expires_at for one in still.laid(Kind.WELCOME) + still.laid(Kind.NEWCOMER)]
    assert until == [None if mode is TakingPart.EVERYONE else still.at + 2 * WEEK]


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


@pytest.mark.parametrize(
    ("channel", "here"),
    [({"active": False}, {}), ({}, {"present": False}), ({}, {}), (None, {})],
)
@pytest.mark.parametrize("mode", TakingPart)
def test_a_first_word_is_left_out_when_they_or_the_rounds_are_gone_or_go_another_way(
    still, mode, channel, here
):
    decides(still, taking_part=mode)
    still.person("UBO")
    told(still, "UBO")
    [word] = still.laid(Kind.NEWCOMER) + still.laid(Kind.WELCOME)
    still.stands("UBO", **here)
    if channel is None:
        decides(still, taking_part=next(one for one in TakingPart if one is not mode))
    else:
        with still.db.transaction() as tx:
            channels.change(tx, PLACE, **channel)
    as_before = channel == here == {}
    assert (participants.knows_already(still.services, word) is None) == as_before
