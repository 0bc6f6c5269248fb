"""When a question about an introduction is over: by its reader's own answer, and what all know."""

from __future__ import annotations

import pytest
from sqlmodel import col, select

from bot.meetings.ids import MEETING_MET, MEETING_NOT, MEETING_PLANNING, SECOND_FIND
from bot.views import blocks as b
from core.outbox.kinds import DeliveryKind as Kind
from storage.outbox.rows import DeliveryRow
from tests.gathering import a_channel

MID_ROUND, SOON, LATER = "Wednesday 18:00", {"minutes": 50}, {"minutes": 20}


@pytest.fixture
def asked(town):
    """Ana and Bo in mid-round: both have been asked."""
    _, people = a_channel(town, 2)
    town.move_to(MID_ROUND)
    return people


@pytest.fixture
def again(town, asked):
    """Ana was still planning, and both have been asked a second time."""
    ana, bo = asked
    ana.presses(MEETING_PLANNING)
    town.move_to("Friday 18:00")
    assert [len(questions(town, person)) for person in asked] == [2, 2]
    return ana, bo


def questions(town, person):
    """What they were asked about their introduction, oldest first, as it stands in Slack."""
    kinds = col(DeliveryRow.kind).in_((Kind.ASK, Kind.SEARCHED))
    with town.db.reading() as tx:
        rows = tx.exec(select(DeliveryRow).where(kinds, col(DeliveryRow.posted_ts).is_not(None)))
        at = sorted((r.posted_ts, r.posted_channel) for r in rows if r.users == [person.id])
    return [town.sim.world.conversations[channel].messages[ts] for ts, channel in at]


def live(town, person):
    """Which of them can be answered."""
    shown = [{"text": m.text, "blocks": m.blocks} for m in questions(town, person)]
    return [b.is_live(message) for message in shown]


@pytest.mark.parametrize("said", [MEETING_PLANNING, MEETING_NOT])
def test_a_partner_s_answer_ends_nobody_s_question(town, again, said):
    ana, bo = again
    bo.presses(said)
    town.forward(hours=2)
    assert live(town, ana) == [False, True]
    assert live(town, bo) == [False, False]


def test_a_second_answer_ends_the_second_question(town, again):
    ana, _ = again
    ana.presses(MEETING_PLANNING)
    town.forward(**SOON)
    assert live(town, ana) == [False, True]
    town.forward(**LATER)
    assert live(town, ana) == [False, False]


def test_a_second_press_puts_nothing_off(town, again):
    ana, _ = again
    ana.presses(MEETING_PLANNING)
    town.forward(**SOON)
    ana.presses(MEETING_NOT)
    town.forward(**LATER)
    assert live(town, ana) == [False, False]


def test_a_word_that_they_met_which_is_taken_back_ends_no_question_of_a_partner(town, asked):
    ana, bo = asked
    ana.presses(MEETING_MET)
    ana.presses(MEETING_NOT)
    town.forward(days=1)
    assert live(town, ana) == [False]
    assert live(town, bo) == [True]


def test_a_question_that_offers_somebody_else_stays_most_of_a_day_and_no_longer(town, asked):
    ana, _ = asked
    ana.presses(MEETING_PLANNING)
    town.forward(hours=19)
    assert live(town, ana)[0]
    town.forward(hours=2)
    assert not live(town, ana)[0]


def test_the_end_of_a_search_asks_anew_and_ends_with_its_answer(town, asked):
    ana, _ = asked
    ana.presses(SECOND_FIND)
    town.move_to("Friday 18:00")
    assert live(town, ana) == [False, True]
    ana.presses(MEETING_MET)
    town.forward(**SOON)
    assert live(town, ana) == [False, True]
    town.forward(**LATER)
    assert live(town, ana) == [False, False]
