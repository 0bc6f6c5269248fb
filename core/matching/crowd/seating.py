"""Who sits where in a crowd: one array of places, group after group."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from heapq import nsmallest
from itertools import accumulate, compress, filterfalse
from random import Random

from core.matching.columns import column
from core.matching.setting import Setting


class Seating:
    """Groups that can be read and replaced, as long as each keeps its size.

    A list for each group would take twenty times the room. Between two neighbours in `parts`
    lie groups whose people have one colour; in the first and the last part they may differ.
    """

    def __init__(
        self, seats: Iterable[int], sizes: Iterable[int], parts: Sequence[int] = ()
    ) -> None:
        self.seats = array("i", seats)
        self.starts = array("i", accumulate(sizes, initial=0))
        self.parts = parts

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, g: int) -> list[int]:
        return self.seats[self.starts[g] : self.starts[g + 1]].tolist()

    def __setitem__(self, g: int, group: Sequence[int]) -> None:
        self.seats[self.starts[g] : self.starts[g + 1]] = array("i", group)

    def __iter__(self) -> Iterator[list[int]]:
        return map(self.__getitem__, range(len(self)))

    def group_at(self, seat: int) -> int:
        """The group that a seat belongs to."""
        return bisect_right(self.starts, seat) - 1

    def without(self, everybody: int) -> list[int]:
        """Who of so many people has no seat."""
        if len(self.seats) == everybody:
            return []
        missing = bytearray(b"\1") * everybody
        for v in self.seats:
            missing[v] = 0
        return list(compress(range(everybody), missing))


class Turns:
    """The odd groups of a crowd, which come first, and who should not be moved into one."""

    def __init__(self, setting: Setting, sizes: Sequence[int]) -> None:
        odd = [size for size in sizes if size != setting.rules.size]
        self.odd, self.seats = len(odd), sum(odd)
        self.credits: list[float] = []
        if odd:
            self.credits = list(column(setting.people, "credit"))
            lowest = nsmallest(self.seats, self.credits)
            self.limit = max(lowest[0] + 1, lowest[-1]) + 1e-9

    def fixed(self, v: int, g: int) -> bool:
        """Whether v must not be moved into group g: it is not their turn."""
        return g < self.odd and self.credits[v] > self.limit


def seat_crowd(setting: Setting, sizes: Sequence[int], colours: bytes) -> Seating:
    """Everybody in random groups, the odd ones first; those whose turn it is sit out.

    All others sit with people of their colour; who is left over in a colour comes last.
    """
    n, usual = len(setting.people), setting.rules.size
    odd = [size for size in sizes if size != usual]
    chosen = _whose_turn(setting, sum(odd), odd) if odd else []
    out = _whose_turn(setting, n - sum(sizes)) if sum(sizes) < n else []
    alike = [array("i") for _ in range(max(colours) + 1)]
    for v in filterfalse({*chosen, *out}.__contains__, range(n)):
        alike[colours[v]].append(v)
    seats, parts, last = array("i", chosen), [0, len(odd)], []
    for people in alike:
        order = by_chance(people, setting.rnd)
        whole = len(order) - len(order) % usual
        seats.fromlist(order[:whole])
        parts.append(parts[-1] + whole // usual)
        last += order[whole:]
    seats.fromlist(last)
    return Seating(seats, odd + [usual] * (len(sizes) - len(odd)), [*parts, len(sizes)])


def by_chance(people: Iterable[int], rnd: Random) -> list[int]:
    """In random order; for thousands this is twice as fast as swapping them."""
    return sorted(people, key=lambda _: rnd.random())


def _whose_turn(setting: Setting, count: int, odd: Sequence[int] = ()) -> list[int]:
    """Those with fewest turns so far (one less if they like an odd group), then chance."""
    turns = list(column(setting.people, "credit"))
    for v, wish in enumerate(column(setting.people, "size") if odd else ()):
        if wish is not None:
            turns[v] += -1 if wish in odd else 1
    last = nsmallest(count, turns)[-1]
    sure = [v for v, turn in enumerate(turns) if turn < last]
    maybe = [v for v, turn in enumerate(turns) if turn == last]
    return by_chance([*sure, *setting.rnd.sample(maybe, count - len(sure))], setting.rnd)
