"""A channel gets another id: everything that was about it goes on under the new one."""

from __future__ import annotations

import pytest
from sqlmodel import SQLModel

from bot.channels import arrivals
from bot.channels.ids import SETTINGS, SETTINGS_OPEN
from bot.checkins.ids import ANSWER, ANSWER_FORM
from bot.rounds.ids import CHANNEL_SKIP
from core.checkins import Kind as CheckInKind
from core.checkins import Phase
from core.outbox.kinds import DeliveryKind as Kind
from core.values import Place
from simulator import Channel
from storage.channels import channels
from storage.channels.moving import COLUMNS
from storage.checkins import checkins
from storage.people import memberships
from tests.gathering import a_channel, introduced
from tests.handlers.checkins.asking import asked
from tests.town import Town
from tests.words import labels
from tests.words.reading import received, stands, stored


@pytest.fixture
def four(town: Town):
    return a_channel(town, 4)


def moves(town: Town, channel, person) -> Channel:
    return town.sim.channel(person.begins_to_share(channel))


def held_under(town: Town, channel_id: str) -> list[str]:
    """The columns in which this id is still to be found, but for the note of what it is now."""
    found = []
    with town.db.reading() as tx:
        for table in SQLModel.metadata.sorted_tables:
            names = [] if table.name == "channel_moves" else [c for c in COLUMNS if c in table.c]
            rows = tx.connection().execute(table.select()).mappings().all()
            found += [f"{table.name}.{n}" for n in names for r in rows if r[n] == channel_id]
    return found


def test_rounds_notices_and_receipts_go_on_under_the_new_id(town, four):
    old, (ana, *_) = four
    town.move_to("Tuesday 10:00")
    new = moves(town, old, ana)
    before = len(introduced(town)), len(received(town, ana, Kind.RECEIPT, Kind.NOTICE))
    town.move_to("Monday 10:30")
    assert len(introduced(town)) == before[0] + 2
    assert len(received(town, ana, Kind.RECEIPT, Kind.NOTICE)) == before[1] + 2
    assert held_under(town, old.id) == []
    assert new.name == "coffee"


def test_buttons_that_stand_with_the_old_id_keep_working(town, four):
    old, (ana, bo, *_) = four
    town.move_to("Sunday 10:05")
    new = moves(town, old, ana)
    bo.presses(CHANNEL_SKIP, in_=new)
    assert stands(town, bo, new).skipping
    ana.presses(SETTINGS_OPEN)
    assert ana.fills(SETTINGS, {labels.WEEKDAY: "3"}) == {}
    assert stored(town, new).settings.cadence.weekdays == (3,)


def test_an_open_check_in_is_answered_and_closed_under_the_new_id(town, four):
    old, (ana, bo, *_) = four
    checkin = asked(town, old, ana, CheckInKind.OPEN)
    town.forward(minutes=1)
    new = moves(town, old, ana)
    bo.presses(ANSWER, in_=new)
    assert bo.fills(ANSWER_FORM, {labels.ANSWER: "All is well"}) == {}
    town.forward(days=2)
    with town.db.reading() as tx:
        after = checkins.get(tx, town.sim.team_id, checkin.id)
    assert (after.channel_id, after.answers, after.phase) == (new.id, 1, Phase.CLOSED)
    assert held_under(town, old.id) == []


@pytest.mark.parametrize("late", [False, True])
def test_the_event_twice_or_after_the_new_id_was_learned_otherwise(town, four, late):
    old, (ana, bo, *_) = four
    place = Place(town.sim.team_id, old.id)
    town.sim.faults.lose_next_event()
    new = moves(town, old, ana)
    if late:
        arrivals.invited(town.parts.services, Place(place.team, new.id), bo.id)
        town.move_to("Monday 10:01")  # nothing is held under the old id
        with town.db.transaction() as tx:
            memberships.change(tx, Place(place.team, new.id), bo.id, opted=False)
    for _ in range(2):
        arrivals.moved(town.parts.services, place, new.id)
    arrivals.removed(town.parts.services, place)  # later still, and about nothing any more
    after = stored(town, new)
    assert (after.active, after.started, after.invited_by) == (True, True, ana.id)
    assert stands(town, bo, new).opted is (not late)
    before = len(introduced(town))
    town.move_to("Monday 10:01")
    assert len(introduced(town)) == before + 2  # late: the one that was missed, as a trio, and this
    with town.db.reading() as tx:
        assert [c.id for c in channels.known(tx, place.team)] == [new.id]
