"""When a round is held, late, left out or refused; and for how long it goes on."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from bot.rounds import holding
from bot.rounds.errors import JustHeld, NobodyAvailable
from bot.rounds.views.notices import not_held
from core.cadence import Cadence, Every
from core.outbox.kinds import DeliveryKind as Kind
from core.values import ChannelSettings, Place
from storage.channels import channels
from storage.people import memberships
from tests.still import MONDAY, TEAM, WEEK, Still

DUE = MONDAY + WEEK
SECOND, MINUTE, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(days=1)
WEEKLY = Cadence(Every.WEEKS, 1, (0,), at=time(9), zone="UTC", anchor=date(2024, 1, 1))
FOUR = ("UANA", "UBO", "UCEM", "UDIA")


@pytest.fixture
def still(db):
    """Four people in weekly rounds, the next one due in a week."""
    made = Still(db, ChannelSettings(cadence=WEEKLY))
    made.joins(*FOUR)
    return made


def runs(still):
    holding.run_due(still.services, still.channel)


def skipping(still):
    with still.db.reading() as tx:
        return {u for u, m in memberships.of_channel(tx, Place(TEAM, "C1")).items() if m.skipping}


def due(still, at):
    with still.db.transaction() as tx:
        channels.change(tx, Place(TEAM, "C1"), next_due_at=at)


def test_a_round_is_held_at_its_time_and_not_a_second_before(still):
    still.at = DUE - SECOND
    runs(still)
    assert still.rounds() == []
    still.at = DUE
    runs(still)
    [held] = still.rounds()
    assert (held.number, held.due_at, held.held_at, held.ends_at) == (1, DUE, DUE, DUE + WEEK)
    assert still.channel.next_due_at == DUE + WEEK
    assert sorted(u for m in still.meetings_of(held) for u in m.user_ids) == list(FOUR)


def test_a_round_that_is_held_is_not_held_again(still):
    still.at, before = DUE, still.channel
    holding.run_due(still.services, before)
    holding.run_due(still.services, before)  # another process that had read it was due
    assert len(still.rounds()) == 1
    assert len(still.laid(Kind.INTRODUCTION)) == 2
    assert still.channel.round_count == 1


def test_a_round_less_than_a_day_late_is_held_and_ends_as_planned(still):
    still.at = DUE + DAY - SECOND
    runs(still)
    [held] = still.rounds()
    assert held.receipt.late
    assert held.ends_at == DUE + WEEK


def test_a_round_a_day_late_is_left_out_and_its_host_told(still):
    still.stands("UANA", skipping=True)
    still.at = DUE + DAY
    runs(still)
    assert still.rounds() == []
    assert still.channel.next_due_at == DUE + WEEK
    assert still.readers(Kind.MISSED) == ["UHOST"]
    assert skipping(still) == set()  # that was the round they wanted to skip


def test_of_several_rounds_missed_the_newest_is_held_if_it_is_not_too_late(still):
    still.at = DUE + WEEK + timedelta(hours=3)
    runs(still)
    assert [held.due_at for held in still.rounds()] == [DUE + WEEK]
    [told] = still.laid(Kind.MISSED)
    assert told.payload == not_held("C1", DUE, DUE, still.channel.settings.cadence.zone)


def test_of_all_the_rounds_that_were_missed_the_hosts_read_in_one_message(still):
    still.at = DUE + 4 * WEEK + timedelta(days=2)
    runs(still)
    assert still.rounds() == []
    [told] = still.laid(Kind.MISSED)
    assert told.payload == not_held("C1", DUE, DUE + 4 * WEEK, still.channel.settings.cadence.zone)


def test_a_round_that_has_no_successor_lasts_a_week(still):
    with still.db.transaction() as tx:
        closed = ((date(2026, 3, 10), date(2037, 12, 31)),)
        settings = replace(still.channel.settings, blackout=closed)
        channels.decide(tx, Place(TEAM, "C1"), settings, DUE)
    still.at = DUE
    runs(still)
    assert still.rounds()[0].ends_at == DUE + timedelta(days=7)
    assert still.channel.next_due_at is None


def test_a_host_who_presses_twice_within_five_minutes_means_the_same_round(still):
    assert holding.run_now(still.services, still.channel) == 2
    still.at += 5 * MINUTE - SECOND
    with pytest.raises(JustHeld):
        holding.run_now(still.services, still.channel)
    still.at += SECOND
    assert holding.run_now(still.services, still.channel) == 2
    assert len(still.rounds()) == 2


def test_two_presses_in_the_same_minute_are_one_round_even_if_neither_saw_the_other(still):
    before = still.channel
    holding.run_now(still.services, before)
    decision = holding.decide(still.services, before, still.at, seed=7)
    times = holding.Times(still.at, DUE, DUE)
    assert not holding.recording.record(still.services, before, decision, times, asked_for=True)


def test_a_round_out_of_turn_leaves_the_next_one_and_whoever_skips_it_alone(still):
    still.joins("UELI", skipping=True)
    holding.run_now(still.services, still.channel)
    assert still.channel.next_due_at == DUE
    assert skipping(still) == {"UELI"}
    assert not still.rounds()[0].receipt.late


@pytest.mark.parametrize(("left", "ends"), [(DAY, DUE), (DAY - SECOND, DUE + WEEK)])
def test_a_round_out_of_turn_lasts_a_day_at_least(still, left, ends):
    still.at = DUE - left
    holding.run_now(still.services, still.channel)
    assert still.rounds()[0].ends_at == ends


@pytest.mark.parametrize("there", [0, 1])
def test_a_round_of_nobody_is_refused(still, there):
    for user_id in FOUR[there:]:
        still.stands(user_id, opted=False)
    with pytest.raises(NobodyAvailable):
        holding.run_now(still.services, still.channel)
    assert still.rounds() == []


def test_under_pressure_every_second_date_is_left_out_until_it_is_over(still):
    until = (DUE + 3 * WEEK).date()
    with still.db.transaction() as tx:
        channels.change(tx, Place(TEAM, "C1"), quiet_until=until)
    assert holding.due_after(still.channel, DUE) == DUE + 2 * WEEK
    assert holding.due_after(still.channel, DUE + 2 * WEEK) == DUE + 3 * WEEK


def test_a_dry_run_looks_five_dates_ahead_and_stores_nothing(still):
    planned = holding.preview(still.services, still.channel)
    assert planned.receipt.number == 1
    assert planned.receipt.present == 4
    assert planned.rounds_needed == 3
    assert planned.dates == tuple(DUE + n * WEEK for n in range(5))
    assert still.rounds() == []
    assert still.laid(Kind.INTRODUCTION) == []


def test_a_preview_asked_for_again_draws_the_same_groups(still):
    """Who asks often would else see who is never put together, and so a private list."""
    asked = (holding.preview(still.services, still.channel) for _ in range(8))
    assert len({planned.receipt.groups for planned in asked}) == 1


def test_a_dry_run_of_nobody_foresees_nothing(still):
    for user_id in FOUR[1:]:
        still.stands(user_id, opted=False)
    planned = holding.preview(still.services, still.channel)
    assert (planned.receipt.present, planned.rounds_needed) == (1, None)
