"""The few groups of a crowd in which two people have met before or must never meet."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from itertools import combinations, compress, count

from core.matching.crowd.colours import Colours, equal
from core.matching.crowd.seating import Seating
from core.matching.past.runs import runs
from core.matching.past.sieve import numbers_in
from core.matching.setting import Setting


def blocked(setting: Setting, groups: Seating) -> Iterator[int]:
    """Groups in which two people must not meet."""
    home = {}
    for seat in compress(count(), map(setting.foes.__contains__, groups.seats)):
        home[groups.seats[seat]] = groups.group_at(seat)
    for v, foes in setting.foes.items():
        for w in foes:
            if home.get(v, -1) == home.get(w, -2):
                yield home[v]


def repeats(setting: Setting, groups: Seating, colours: Colours) -> set[int]:
    """Groups in which two people of one colour have met before."""
    top = colours.highest
    past_rounds = setting.history.rounds
    home = _homes(setting, groups, top) if past_rounds else array("i")
    again: set[int] = set()
    for past in past_rounds:
        members = numbers_in(past.members)
        for run in runs(past.sizes):
            alike = _alike(members[run.seat : run.end], run.size, colours)
            again.update(home[a] for a, b in alike if a <= top >= b and home[a] == home[b] >= 0)
    return again


def _homes(setting: Setting, groups: Seating, highest: int) -> array[int]:
    """By number: which group somebody is in, for groups of the usual size; -1 for nobody."""
    home = array("i", [-1]) * (highest + 2)
    size, first = setting.rules.size, groups.parts[1]
    for start in range(groups.starts[first], groups.starts[first] + size):
        numbers = map(setting.numbers.__getitem__, groups.seats[start::size])
        for g, number in enumerate(numbers, start=first):
            home[number] = g
    home[-1] = -1  # where all without a number were put
    return home


def _alike(seats: array[int], size: int, colours: Colours) -> Iterator[tuple[int, int]]:
    """The pairs of one colour in past groups of this size."""
    shades = colours.of(seats) if colours.count > 1 else bytes(len(seats))
    for i, j in combinations(range(size), 2):
        left, right = seats[i::size], seats[j::size]
        same = equal(shades[i::size], shades[j::size])
        yield from [(left[k], right[k]) for k in same]
