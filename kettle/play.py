"""Letting time pass in the simulator: the clock stops at everything that becomes due."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from bot import tick
from kettle.app import Parts

STEPS = 50_000  # bounds the loop, whatever the database says


class MovableClock(Protocol):
    """The simulator's clock."""

    def now(self) -> datetime: ...

    def forward(self, **amount: float) -> datetime: ...


def play_until(
    parts: Parts,
    clock: MovableClock,
    target: datetime,
    stopped_at: Callable[[datetime], None] | None = None,
) -> None:
    """Move `clock` to `target`, doing at each stop on the way what is due then.

    `stopped_at` is called with the instant of every stop, after what was due there was done.
    """
    parts.settle()
    for _ in range(STEPS):
        wake, now = tick.next_wake(parts.services), clock.now()
        if wake is None or max(wake, now) >= target:
            break
        if wake > now:  # by an amount, not to an instant: a running clock may be there already
            clock.forward(seconds=(wake - now).total_seconds())
        else:  # due already, and held up by Slack's pace: let a second pass
            clock.forward(seconds=1)
        parts.settle()
        if stopped_at is not None:
            stopped_at(clock.now())
    if (left := (target - clock.now()).total_seconds()) > 0:
        clock.forward(seconds=left)
    parts.settle()
    if stopped_at is not None:
        stopped_at(clock.now())
