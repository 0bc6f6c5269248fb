"""What lies between two people: how often introduced, how often met, how long ago."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import combinations

from core.matching.past.runs import shared
from core.matching.past.sieve import Sought, numbers_in
from core.matching.values import MET, NOT_MET, History, PastRound

BURN = {MET: 3, NOT_MET: 1}  # how much one introduction uses a pair up
BURN_UNKNOWN = 2
BURN_PRICE = 1_000
SPARSE = 16  # so many seats for each person looked for are worth a sieve
STEPS = 3  # recency steps inside one burn level


def price(level: int) -> int:
    """The cost of a pair at this level: another meeting outweighs any recency in the room."""
    burn, recent = divmod(level, STEPS)
    return burn * burn * BURN_PRICE + recent * recent


class Tie:
    """The past of one pair. Rounds are counted on the channel's own clock, 0 for its first."""

    __slots__ = ("burn", "last", "met", "real", "times")

    def __init__(self) -> None:
        self.times = self.met = self.burn = 0
        self.last = 0  # the last introduction
        self.real: int | None = None  # the last one not known to have come to nothing


class Ties(dict[int, dict[int, Tie]]):
    """By place, and then by place; nothing is known about whoever is not in it."""

    def __missing__(self, v: int) -> dict[int, Tie]:
        return {}


class Ledger:
    """All ties among people, given by their numbers, and named by place from here on.

    `only`: just the ties among the people at these places.
    """

    def __init__(
        self,
        numbers: Sequence[int],
        history: History,
        window: float,
        only: Collection[int] | None = None,
    ) -> None:
        chosen = range(len(numbers)) if only is None else only
        self.ties = Ties((v, {}) for v in chosen)
        self.now = sum(past.own for past in history.rounds)
        self.window = window  # in rounds
        place = {numbers[v]: v for v in chosen if numbers[v] >= 0}
        sought = Sought(place)
        clock = 0
        for past in history.rounds if place else ():
            clock += past.own
            self._read(past, place, sought, max(clock - 1, 0))

    def _read(self, past: PastRound, place: dict[int, int], sought: Sought, when: int) -> None:
        """Add one round: the groups of two and more of these people."""
        members = numbers_in(past.members)
        if len(members) > SPARSE * len(place):
            seats = sought.seats(members)
        else:
            seats = [seat for seat, member in enumerate(members) if member in place]
        for group, together in shared(seats, past.sizes):
            if group < len(past.outcomes):
                here = [place[members[seat]] for seat in together]
                for a, b in combinations(here, 2):
                    self._add(a, b, past.outcomes[group], when)

    def _add(self, a: int, b: int, outcome: int, when: int) -> None:
        if a == b:
            return
        tie = self.ties[a].get(b)
        if tie is None:
            tie = self.ties[a][b] = self.ties[b][a] = Tie()
        tie.times += 1
        tie.met += outcome == MET
        tie.burn += BURN.get(outcome, BURN_UNKNOWN)
        tie.last = when
        if outcome != NOT_MET:
            tie.real = when

    def level(self, tie: Tie) -> int:
        """How undesirable it is that they meet now: burn first, then how recent the meeting."""
        if tie.real is None:
            return STEPS * tie.burn
        gap = self.now - tie.real
        return STEPS * tie.burn + (gap < self.window) + (gap < self.window / 2)

    def rounds_ago(self, tie: Tie) -> int:
        """Rounds since the last introduction; the round before this one is 1."""
        return max(1, self.now - tie.last)
