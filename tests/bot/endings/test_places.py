"""What is drawn where somebody has pressed, and what follows of it."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace

import pytest
from sqlmodel import select

from bot.endings import laying, places
from bot.policies import POLICIES
from bot.rounds.views import ended as view
from bot.rounds.views import silences
from core.outbox.kinds import DeliveryKind as Kind
from core.outbox.kinds import DeliveryState
from core.values import Place
from storage.outbox import endings
from storage.outbox.rows import DeliveryRow
from tests.bot.endings.posting import LATER, again, posted
from tests.still import TEAM, who

ASKED, ANSWERED = silences.three_silences("C1"), {"text": "Noted.", "blocks": []}
D1 = Place(TEAM, "D1")


@pytest.fixture
def shown(still):
    return posted(still, Kind.SILENCES, ASKED)


def drawn(still, message, place=D1, ts=None):
    """What is drawn there, once it is."""
    at = place, str(still.at.timestamp()) if ts is None else ts
    with places.drawing(still.services, POLICIES, at, message) as now:
        return now


def is_over(still, delivery):
    with still.db.reading() as tx:
        return endings.is_over(tx, delivery)


def test_what_is_open_is_drawn_as_it_is_and_stays_open(still, shown):
    assert drawn(still, ASKED, ts=shown.posted_ts) == ASKED
    assert again(still, shown.key) == shown


def test_what_is_over_is_drawn_so_even_before_its_turn_and_an_answer_is_the_answer(still, shown):
    still.at += LATER
    assert drawn(still, ASKED, ts="1.1") == ASKED  # another message
    assert drawn(still, ASKED, ts=shown.posted_ts) == view.silences()
    assert drawn(still, ANSWERED, ts=shown.posted_ts) == ANSWERED


def test_an_answer_that_takes_the_place_of_a_question_is_its_end(still, shown):
    drawn(still, ANSWERED, ts=shown.posted_ts)
    now = again(still, shown.key)
    assert now.ends_at is None
    assert not is_over(still, now)
    still.at += LATER
    laying.run_due(still.services, POLICIES)
    assert still.laid(Kind.ENDED) == []


@pytest.mark.parametrize("laid", [False, True])
def test_an_answer_to_what_is_over_is_kept_as_its_end_and_nothing_is_drawn_on_it(
    still, shown, laid
):
    still.at += LATER
    if laid:
        laying.run_due(still.services, POLICIES)
    drawn(still, ANSWERED, ts=shown.posted_ts)
    assert is_over(still, again(still, shown.key))
    redraw = again(still, endings.key(shown.id))
    assert (redraw.state, redraw.payload) == (DeliveryState.CANCELLED, {})


@pytest.mark.parametrize(("place", "ts"), [(None, "1.1"), (D1, "")])
def test_on_home_and_in_forms_what_is_drawn_is_drawn(still, shown, place, ts):
    still.at += LATER
    assert drawn(still, ASKED, place, ts) == ASKED
    assert drawn(still, ANSWERED, place, ts) == ANSWERED
    assert again(still, shown.key) == shown


@pytest.mark.parametrize(("message", "ts", "kept"), [(ASKED, "1.2", 1), (ANSWERED, "1.2", 0),
                                                     (ASKED, "", 0)])  # fmt: skip
def test_what_answers_a_press_on_home_ends_if_it_has_buttons(still, message, ts, kept):
    places.said(still.services, who("UANA"), (D1, ts), message)
    with still.db.reading() as tx:
        found = tx.exec(select(DeliveryRow)).all()
        ends = [(row.kind, row.ends_at, row.payload) for row in found]
    assert ends == [(Kind.SAID, still.at + places.FOR_THE_MOMENT, {})] * kept


def test_all_that_a_person_waits_for_is_done_whatever_the_database_says(still, shown):
    @contextmanager
    def closed():
        raise OSError
        yield

    class Closed:
        reading, transaction = still.db.reading, staticmethod(closed)

    services = replace(still.services, db=Closed())
    places.said(services, who("UANA"), (D1, "1.2"), ASKED)
    places.settled(services, D1, shown.posted_ts, ANSWERED)
    assert again(still, shown.key) == shown
