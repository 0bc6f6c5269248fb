"""Rounds as they are claimed, and what is kept of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlmodel import Session

from core.receipt import Receipt
from core.values import Place
from storage.rounds import rounds
from storage.rounds.rounds import NewRound

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAY = timedelta(days=1)
HERE = Place("T1", "C1")


def begun(tx: Session, days: int = 0, place: Place = HERE) -> int:
    due = NOW + days * DAY
    made = rounds.open_round(tx, place, NewRound(3 + days, due, due + DAY, due + 7 * DAY, seed=11))
    assert made is not None
    return made


def test_a_round_comes_back_as_it_began(tx: Session):
    found = rounds.get(tx, begun(tx))
    assert found is not None
    assert (found.team_id, found.channel_id, found.number, found.seed) == ("T1", "C1", 3, 11)
    assert (found.due_at, found.held_at, found.ends_at) == (NOW, NOW + DAY, NOW + 7 * DAY)
    assert rounds.get(tx, found.id + 1) is None


def test_a_due_time_is_held_once_in_a_channel(tx: Session):
    begun(tx)
    assert rounds.open_round(tx, HERE, NewRound(4, NOW, NOW, NOW, seed=1)) is None
    begun(tx, 1)
    begun(tx, 0, Place("T1", "C2"))
    begun(tx, 0, Place("T2", "C1"))
    assert len(rounds.latest(tx, HERE)) == 2


def test_the_newest_come_first(tx: Session):
    ids = [begun(tx, days) for days in (0, 2, 1)]
    begun(tx, 3, Place("T1", "C2"))
    begun(tx, 3, Place("T2", "C1"))
    assert [found.id for found in rounds.latest(tx, HERE)] == [ids[1], ids[2], ids[0]]
    assert [found.id for found in rounds.latest(tx, HERE, 1)] == [ids[1]]


def test_a_receipt_is_kept_with_its_round(tx: Session):
    mine, other = begun(tx), begun(tx, 1)
    receipt = Receipt(3, groups=(("U1", "U2"),), present=2)
    rounds.keep_receipt(tx, mine, receipt)
    rounds.keep_receipt(tx, other, Receipt(4))
    kept = rounds.get(tx, mine)
    assert kept is not None
    assert kept.receipt == receipt


def test_rounds_wait_to_be_told_oldest_first(tx: Session):
    ids = [begun(tx, days) for days in (2, 0, 1)]
    for of in ids:
        rounds.keep_receipt(tx, of, Receipt(3))
    rounds.keep_receipt(tx, begun(tx, 0, Place("T1", "C2")), Receipt(3))
    rounds.keep_receipt(tx, begun(tx, 0, Place("T2", "C1")), Receipt(3))
    rounds.mark_receipted(tx, ids[2])
    assert [found.id for found in rounds.unreceipted(tx, HERE)] == [ids[1], ids[0]]
    assert [rounds.was_receipted(tx, of) for of in ids] == [False, False, True]
