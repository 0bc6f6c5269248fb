"""What was said of a time is over once another one is so; what still stands can be pressed."""

from __future__ import annotations

import pytest
from sqlmodel import col, select

from bot.meetings.ids import (
    MEETING_TIME,
    PLAN_AGAIN,
    PLAN_CHANGE,
    PLAN_MOVE,
    PLAN_OFF,
    PLAN_YES,
)
from bot.views import blocks as b
from core.outbox.kinds import DeliveryKind as Kind
from storage.outbox.rows import DeliveryRow
from tests.gathering import a_channel


@pytest.fixture
def pair(town):
    """Ana and Bo, who agreed on the first time that they were offered."""
    _, people = a_channel(town, 2)
    town.move_to("Monday 10:00")
    for person in people:
        person.presses(MEETING_TIME)
    town.forward(seconds=30)
    return people


def live(town):
    """Whether there is something to press in what was said of a time, oldest first."""
    posted = col(DeliveryRow.posted_ts).is_not(None)
    with town.db.reading() as tx:
        rows = tx.exec(select(DeliveryRow).where(DeliveryRow.kind == Kind.AGREED, posted)).all()
        at = sorted((row.posted_ts, row.posted_channel) for row in rows)
    shown = [town.sim.world.conversations[channel].messages[ts] for ts, channel in at]
    return [b.is_live({"text": m.text, "blocks": m.blocks}) for m in shown]


def asks(town, person, n=0):
    """They ask for another time."""
    person.presses(PLAN_CHANGE)
    person.presses(PLAN_MOVE, n=n)
    town.forward(minutes=1)


def test_while_another_time_is_asked_for_the_agreed_one_stands(town, pair):
    ana, _ = pair
    assert live(town) == [True]
    asks(town, ana)
    assert live(town) == [True, True]
    asks(town, ana, n=1)  # the newest request counts
    assert live(town) == [True, False, True]


def test_another_time_that_all_agree_on_ends_what_was_said_before(town, pair):
    ana, bo = pair
    asks(town, ana)
    bo.presses(PLAN_YES)
    town.forward(minutes=1)
    assert live(town) == [False, False, True]


def test_what_is_called_off_keeps_other_times_until_one_is_agreed(town, pair):
    ana, bo = pair
    ana.presses(PLAN_CHANGE)
    ana.presses(PLAN_OFF)
    town.forward(minutes=1)
    assert live(town) == [False, True]
    for person in (ana, bo):
        person.presses(PLAN_AGAIN)
    town.forward(minutes=1)
    assert live(town) == [False, False, True]
