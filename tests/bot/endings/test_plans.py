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
from bot.meetings.views import introductions
from bot.meetings.views import plans as view
from bot.outbox.policy import Posted
from bot.policies import POLICIES
from bot.views import blocks as b
from core.outbox.kinds import DeliveryKind as Kind
from storage.meetings import meetings, plans
from storage.outbox.rows import DeliveryRow
from tests.bot.endings.posting import LATER, again, posted
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


@pytest.mark.parametrize("stands", [True, False])
@pytest.mark.parametrize("what", ["request", "off"])
def test_the_next_word_of_a_time_ends_what_is_not_so_any_more(still, what, stands):
    pair, to = still.meeting("UANA", "UBO", proposals=(still.at + LATER,)), still.at + 2 * LATER
    payload = view.asks(pair, "UANA", to, to) if what == "request" else view.off(pair, "UANA", to)
    before = posted(still, Kind.AGREED, payload, meeting_id=pair.id, ts="1.1")
    told = posted(still, Kind.AGREED, introductions.agreed(pair, to), meeting_id=pair.id, ts="1.2")
    with still.db.transaction() as tx:
        if what == "request" and stands:
            plans.want(tx, pair.id, to, "UANA", ["UBO"])
        if what == "off":
            meetings.change(tx, pair.id, agreed_at=None if stands else to)
        POLICIES[Kind.AGREED].sent(still.services, tx, told, Posted("D1", "1.2"))
    assert again(still, before.key).ends_at == still.at + (LATER if stands else 0 * LATER)
    assert again(still, told.key).ends_at == still.at + LATER
