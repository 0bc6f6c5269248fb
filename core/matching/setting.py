"""The table everybody stands around before the round: people in shuffled order, ties, limits."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from random import Random

from core.matching.past.ledger import Ledger
from core.matching.soft import SoftCost
from core.matching.values import Candidate, History, KeptPlan, Rules

VAST = 4_000  # people from whom on nobody looks at all of them together
WORK = 4_000_000  # steps allowed for one round; a step is very roughly a microsecond
WORK_EACH = 40  # and for each person on top, so that crowds get what their size needs

Groups = list[list[int]]  # people by place


@dataclass(slots=True)
class Limit:
    """Counts work instead of time, so that the result is the same on every machine."""

    steps: int = WORK
    hit: bool = False

    def spend(self, steps: int) -> bool:
        """Take note of some work; True when there is none left to spend."""
        self.steps -= steps
        if self.steps < 0:
            self.hit = True
        return self.hit


@dataclass(slots=True)
class Setting:
    """One planning problem. People are named by their place; places were drawn at random,
    unless the crowd is vast: then only seats are.
    """

    people: Sequence[Candidate]
    numbers: Sequence[int]  # of the same people in the history
    history: History
    rules: Rules
    ledger: Ledger
    soft: SoftCost | None
    foes: dict[int, set[int]]
    rnd: Random
    limit: Limit
    still_kept: KeptPlan | None = None  # for the next round

    def level(self, i: int, j: int) -> int:
        """The rotation cost of a pair, ignoring blocks."""
        tie = self.ledger.ties[i].get(j)
        return 0 if tie is None else self.ledger.level(tie)

    def blocked(self, i: int, j: int) -> bool:
        """Whether these two must never meet."""
        return i in self.foes and j in self.foes[i]

    def look_up(self, places: Collection[int] | None = None) -> None:
        """From now on know what lies between the people at these places, or between all."""
        self.ledger = Ledger(self.numbers, self.history, self.ledger.window, places)


def foes_of(place: dict[str, int], blocks: Iterable[tuple[str, str]]) -> dict[int, set[int]]:
    """Blocks among those present, by place, both ways."""
    foes: dict[int, set[int]] = {}
    for a, b in blocks:
        if a in place and b in place and a != b:
            foes.setdefault(place[a], set()).add(place[b])
            foes.setdefault(place[b], set()).add(place[a])
    return foes
