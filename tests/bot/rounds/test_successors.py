"""What hosts are told finds a reader: a host, else an admin, else the channel hears that, once."""

from __future__ import annotations

import pytest

from bot.channels.ids import SETTINGS_OPEN
from bot.rounds.views.notices import ended, hostless, in_their_place
from core.outbox.kinds import DeliveryKind as Kind
from storage.channels import channels
from tests.gathering import a_channel, introduced
from tests.town import Town
from tests.words.reading import gist, received, stored


@pytest.fixture
def six(town: Town):
    return a_channel(town, 6)


def receipts(town: Town, *people) -> list[int]:
    return [len(received(town, person, Kind.RECEIPT)) for person in people]


def names_host(town: Town, coffee, person) -> None:
    with town.db.transaction() as tx:
        channels.name_hosts(tx, stored(town, coffee).place, [person.id])


def test_once_the_inviter_has_no_account_the_named_host_reads_and_is_asked(town, six):
    coffee, (ana, bo, cem, *_) = six
    names_host(town, coffee, bo)
    ana.changes(deleted=True)
    town.move_to("Monday 10:30")
    assert receipts(town, ana, bo) == [0, 1]
    cem.types("/coffee settings", in_=coffee)
    assert "@Bo" in cem.modal
    assert "@Ana" not in cem.modal


def test_without_any_host_an_admin_reads_it_and_why(town, six):
    _, (ana, bo, *_) = six
    bo.changes(is_admin=True)
    ana.changes(deleted=True)
    town.move_to("Monday 10:30")
    assert receipts(town, ana, bo) == [0, 1]
    assert gist(in_their_place) in received(town, bo, Kind.RECEIPT)[0]
    assert received(town, bo, Kind.UNSAID) == []


def test_without_an_admin_either_the_channel_reads_it_once_and_rounds_go_on(town, six):
    _, (ana, bo, *_) = six
    ana.changes(deleted=True)
    for _ in range(3):
        town.move_to("Monday 10:30")
    said = received(town, bo, Kind.UNSAID)
    assert [gist(hostless) in one for one in said] == [True]
    assert len(introduced(town)) > 3
    assert receipts(town, ana) == [0]


def test_an_account_that_is_found_gone_when_it_is_written_to_is_followed_by_the_next(town, six):
    coffee, (ana, bo, *_) = six
    bo.changes(is_admin=True)
    town.sim.faults.lose_next_event()
    ana.changes(deleted=True)
    with town.db.transaction() as tx:
        channels.change(tx, stored(town, coffee).place, next_due_at=town.clock.now())
    town.forward(minutes=30)
    assert receipts(town, bo) == [1]


def test_a_second_inviter_hosts_it_too_and_takes_nothing_from_the_first(town, six):
    coffee, (ana, bo, *_) = six
    ana.removes_bot(coffee)
    bo.invites_bot(coffee)
    town.forward(seconds=5)
    for host in (ana, bo):
        host.presses(SETTINGS_OPEN)
        assert "[Save]" in host.modal
        host.closes_modal()
    town.move_to("Monday 10:30")
    assert receipts(town, ana, bo) == [1, 1]


@pytest.mark.parametrize("event_lost", [False, True])
def test_whoever_answers_for_rounds_hears_when_they_end_once(town, six, event_lost):
    coffee, (ana, bo, *_) = six
    if event_lost:
        town.sim.faults.lose_next_event()
    bo.removes_bot(coffee)
    for _ in range(2):
        town.move_to("Monday 10:30")
    said = received(town, ana, Kind.MISSED)
    assert [gist(ended) in one for one in said] == [True]
    assert "#coffee" in said[0]
