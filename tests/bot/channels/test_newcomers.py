"""Somebody new in a channel hears once what happens there, however they came (P6, P24)."""

from datetime import timedelta

import pytest
from sqlmodel import select

from bot.channels.ids import SETTINGS
from bot.rounds.ids import CHANNEL_JOIN
from core.outbox.kinds import DeliveryKind as Kind
from core.values import TakingPart
from storage.outbox import clearing
from storage.outbox.rows import DeliveryRow
from tests.gathering import a_channel
from tests.words import labels
from tests.words.reading import received, stands

FIRST_WORDS = (Kind.NEWCOMER, Kind.WELCOME)
EVERYONE = TakingPart.EVERYONE


@pytest.fixture
def coffee(town):
    """Two in a channel where those take part who press."""
    return a_channel(town, 2)


def told(town, person):
    town.forward(seconds=5)
    return received(town, person, *FIRST_WORDS)


def comes(town, channel, name, fault=None, **options):
    person = town.person(name, **options)
    if fault == "lost":
        town.sim.faults.lose_next_event()
    elif fault == "half done":
        town.sim.faults.server_error_next("users.info")
    elif fault == "twice":
        town.sim.faults.duplicate_next_event()
    person.joins(channel)
    return person


def test_who_comes_reads_what_happens_and_is_in_by_one_press(town, coffee):
    channel, (ana, bo) = coffee
    eli = comes(town, channel, "Eli")
    (said,) = told(town, eli)
    assert "You're in it only if you press *I'm in*" in said
    assert not stands(town, eli, channel).opted
    eli.presses(CHANNEL_JOIN)
    assert stands(town, eli, channel).opted
    assert [told(town, one) for one in (ana, bo)] == [[], []]


def test_where_everyone_takes_part_they_read_that_instead(town):
    channel, _ = a_channel(town, 2, taking_part=EVERYONE)
    eli = comes(town, channel, "Eli")
    town.forward(seconds=5)
    assert [len(received(town, eli, kind)) for kind in FIRST_WORDS] == [1, 0]


def test_who_was_there_before_the_rounds_began_has_read_the_post(town):
    ana, bo = town.person("Ana"), town.person("Bo")
    channel = town.channel("coffee", [ana, bo])
    ana.invites_bot(channel)
    eli = comes(town, channel, "Eli")
    town.sets_up(channel, ana)
    town.move_to("Monday 10:01")
    assert [told(town, one) for one in (ana, bo, eli)] == [[], [], []]


def test_it_is_said_once_whatever_comes_twice_and_whoever_returns(town, coffee):
    channel, _ = coffee
    eli = comes(town, channel, "Eli", "twice")
    eli.leaves(channel)
    eli.joins(channel)
    assert len(told(town, eli)) == 1
    town.forward(days=15)
    with town.db.transaction() as tx:  # as after ninety days
        clearing.clear_before(tx, town.clock.now() + timedelta(days=1))
    eli.leaves(channel)
    eli.joins(channel)
    assert told(town, eli) == []  # of the first one the outbox knows no more


def test_who_was_there_from_the_beginning_and_returns_is_not_new(town, coffee):
    channel, (_, bo) = coffee
    bo.leaves(channel)
    bo.joins(channel)
    assert told(town, bo) == []


@pytest.mark.parametrize("mode", TakingPart)
@pytest.mark.parametrize("fault", ["lost", "half done"])
def test_an_event_that_is_lost_is_made_up_for_when_members_are_read(town, mode, fault):
    channel, _ = a_channel(town, 2, taking_part=mode)
    eli = comes(town, channel, "Eli", fault)
    assert told(town, eli) == []
    town.move_to("Monday 10:01")
    assert len(told(town, eli)) == 1
    assert not [g for g in town.group_conversations() if eli.id in g.members]


def test_members_who_could_not_be_read_at_first_are_not_taken_for_new(town):
    ana, bo = town.person("Ana"), town.person("Bo")
    channel = town.channel("coffee", [ana, bo])
    town.sim.faults.server_error_next("conversations.members")
    town.sets_up(channel, ana)
    ana.types("/coffee join", in_=channel)
    town.move_to("Monday 10:01")
    assert [told(town, one) for one in (ana, bo)] == [[], []]
    eli = comes(town, channel, "Eli", "lost")
    town.move_to("Monday 10:01")
    assert len(told(town, eli)) == 1


def test_a_guest_hears_nothing_until_rounds_are_for_them(town, coffee):
    channel, _ = coffee
    zoe = comes(town, channel, "Zoe", restricted=True)
    assert told(town, zoe) == []
    zoe.changes(is_restricted=False)
    town.move_to("Monday 10:01")
    assert len(told(town, zoe)) == 1


@pytest.mark.parametrize("who", [{"bot": True}, {"stranger": True}])
def test_apps_and_people_of_other_companies_hear_nothing(town, coffee, who):
    channel, _ = coffee
    other = comes(town, channel, "Other", **who)
    assert told(town, other) == []
    assert not [c for c in town.sim.calls if c.args.get("channel") == other.id]


def test_who_has_joined_before_it_goes_out_does_not_read_how_to(town, coffee):
    channel, _ = coffee
    town.sim.faults.rate_limit("chat.postMessage", 30)
    eli = comes(town, channel, "Eli")
    eli.types("/coffee join", in_=channel)
    town.forward(minutes=2)
    assert told(town, eli) == []


def test_who_was_out_while_it_became_for_everyone_is_told_on_their_return(town, coffee):
    channel, (ana, _) = coffee
    eli = comes(town, channel, "Eli")
    eli.leaves(channel)
    ana.types("/coffee settings", in_=channel)
    assert ana.fills(SETTINGS, {labels.TAKING_PART: EVERYONE}) == {}
    eli.joins(channel)
    town.forward(days=1, seconds=5)  # one such message a day
    assert [len(received(town, eli, kind)) for kind in FIRST_WORDS] == [1, 1]


def test_many_at_once_are_told_one_by_one_and_hold_up_nobody(town, coffee):
    channel, _ = coffee
    crowd = [town.person(f"Person {number:03}") for number in range(60)]
    town.sim.faults.lose_next_event(n=len(crowd))
    for person in crowd:
        person.joins(channel)
    town.move_to("Monday 10:00")
    town.forward(minutes=2)
    with town.db.reading() as tx:
        rows = tx.exec(select(DeliveryRow).where(DeliveryRow.kind == Kind.WELCOME)).all()
        (hello,) = tx.exec(select(DeliveryRow).where(DeliveryRow.kind == Kind.INTRODUCTION)).all()
    at = sorted(row.sent_at for row in rows)
    assert {row.users[0] for row in rows} == {person.id for person in crowd}
    assert at[-1] - at[0] >= timedelta(seconds=59)
    assert hello.sent_at < at[5]
    assert [call for call in town.sim.calls if call.error == "ratelimited"] == []
