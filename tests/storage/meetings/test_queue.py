"""Who has time for a coffee now."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlmodel import Session

from core.values import Who
from storage.meetings import queue
from storage.meetings.queue import Waiting

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
ANA, BO, ELSEWHERE = Who("T1", "U1"), Who("T1", "U2"), Who("T2", "U1")


def test_asking_again_moves_only_the_end(tx: Session):
    queue.join(tx, ANA, NOW, NOW + HOUR)
    queue.join(tx, ANA, NOW + HOUR, NOW + 2 * HOUR)
    assert queue.get(tx, ANA) == Waiting(ANA, NOW, NOW + 2 * HOUR)
    assert queue.get(tx, BO) is None


def test_whoever_leaves_is_out_once(tx: Session):
    queue.join(tx, ANA, NOW, NOW + HOUR)
    queue.join(tx, ELSEWHERE, NOW, NOW + HOUR)
    assert queue.leave(tx, ANA) is True
    assert queue.leave(tx, ANA) is False
    assert [waiting.who for waiting in queue.everyone(tx)] == [ELSEWHERE]


def test_whoever_waits_longest_comes_first(tx: Session):
    queue.join(tx, BO, NOW, NOW + HOUR)
    queue.join(tx, ANA, NOW, NOW + HOUR)
    queue.join(tx, ELSEWHERE, NOW - HOUR, NOW + HOUR)
    assert [waiting.who for waiting in queue.everyone(tx)] == [ELSEWHERE, ANA, BO]
