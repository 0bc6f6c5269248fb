"""Asks every question about what came of a life; it shares no code with the app.

What the app may get wrong it cannot hide here: rows are read in plain SQL, messages as Slack holds
them, and what people did comes from the life itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from simulator import Simulator
from tests.soak.audit import (
    calendar,
    checkins,
    followups,
    groups,
    hosts,
    hours,
    introductions,
    outbox,
    takers,
    waiting,
)
from tests.soak.audit.seen import Memory, Seen
from tests.soak.known import Known

Check = Callable[[Seen], Iterator[str]]
CHECKS: tuple[Check, ...] = tuple(
    check
    for room in (
        calendar, takers, groups, introductions, hours, followups, outbox, hosts, checkins,
        waiting,
    )
    for check in room.CHECKS
)  # fmt: skip


class Auditor:
    """`findings` says all that is wrong now, a sentence each, with the name of who found it."""

    def __init__(self, sim: Simulator, file: Path, known: Known) -> None:
        self.sim, self.file, self.known = sim, file, known
        self.memory = Memory()

    def findings(self) -> list[str]:
        """Everything that must not be; empty when all is well."""
        seen = Seen(self.sim, self.file, self.known, self.memory)
        found = [f"{check.__name__}: {said}" for check in CHECKS for said in check(seen)]
        return [*(f"door: {wrong}" for wrong in self.known.wrong), *found]
