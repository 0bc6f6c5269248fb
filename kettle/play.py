"""Letting time pass in the simulator: the clock stops at everything that becomes due."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Protocol

from bot import tick
from kettle.app import Parts
from storage.moments import moments

STEPS = 50_000  # bounds the loop, whatever the database says
PACE = timedelta(minutes=1)  # the longest that Slack's pace holds a message up


class MovableClock(Protocol):
    """The simulator's clock."""

    def now(self) -> datetime: ...

    def forward(self, **amount: float) -> datetime: ...


class Others(Protocol):
    """People who do something by themselves while time passes."""

    def next_at(self) -> datetime | None: ...

    def act(self, now: datetime) -> None: ...


class Nobody:
    """Nobody does anything by themselves."""

    def next_at(self) -> datetime | None:
        """Never."""
        return None

    def act(self, now: datetime) -> None:
        """Nothing."""


def play_until(parts: Parts, clock: MovableClock, target: datetime) -> None:
    """Move `clock` to `target` and no further, doing at each stop on the way what is due then."""
    for _ in _until(lambda: parts, clock, target, Nobody()):
        pass


def stops(
    parts: Callable[[], Parts],
    clock: MovableClock,
    target: datetime,
    others: Others | None = None,
) -> Iterator[datetime]:
    """The same, step by step: yields the instant of each stop once what was due there is done.

    Between two steps the app may be another one: `parts` is asked each time. What was due by the
    target and is held up by Slack's pace is sent too; the clock then ends some seconds later.
    """
    others = others or Nobody()
    yield from _until(parts, clock, target, others)
    for _ in range(STEPS):
        with parts().services.db.reading() as tx:
            held = moments(tx).delivery
        if held is None or held > clock.now() + PACE:
            return
        _go(clock, held)
        yield _settled(parts(), clock, others)


def _until(
    parts: Callable[[], Parts], clock: MovableClock, target: datetime, others: Others
) -> Iterator[datetime]:
    yield _settled(parts(), clock, others)
    stuck = 0
    for _ in range(STEPS):
        due = [at for at in (tick.next_wake(parts().services), others.next_at()) if at is not None]
        if not due or max(min(due), clock.now()) >= target:
            break
        stuck = 0 if min(due) > clock.now() else stuck + 1
        _go(clock, min(due), 2.0 ** min(stuck, 12))
        yield _settled(parts(), clock, others)
    if (left := (target - clock.now()).total_seconds()) > 0:
        clock.forward(seconds=left)
    yield _settled(parts(), clock, others)


def _go(clock: MovableClock, wake: datetime, otherwise: float = 1) -> None:
    """To `wake`; when that is due already and cannot be done yet, let some seconds pass."""
    left = (wake - clock.now()).total_seconds()
    clock.forward(seconds=left if left > 0 else otherwise)


def _settled(parts: Parts, clock: MovableClock, others: Others) -> datetime:
    parts.settle()
    others.act(clock.now())
    parts.executor.wait_idle()  # what they pressed is answered before time goes on
    return clock.now()
