"""How a past round is cut into groups, a whole run of equal groups at a time."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

# A regular expression finds where the size changes without a step of Python for each group.
SAME = re.compile(b"|".join(re.escape(bytes([size])) + b"+" for size in range(1, 256)) + b"|\0+")


class Run(NamedTuple):
    """Groups of one size that follow each other, `times` many, from this seat and group on."""

    seat: int
    group: int
    size: int
    times: int

    @property
    def end(self) -> int:
        """The seat after the last one."""
        return self.seat + self.size * self.times


def runs(sizes: bytes) -> Iterator[Run]:
    """The groups of a round, run by run."""
    seat = 0
    for found in SAME.finditer(sizes):
        run = Run(seat, found.start(), sizes[found.start()], found.end() - found.start())
        seat = run.end
        yield run


def shared(seats: Sequence[int], sizes: bytes) -> Iterator[tuple[int, list[int]]]:
    """The groups that hold more than one of these seats, and which; seats ascend."""
    done = 0
    for run in runs(sizes):
        end = bisect_left(seats, run.end, done)
        together: dict[int, list[int]] = {}
        for seat in seats[done:end]:
            together.setdefault(run.group + (seat - run.seat) // run.size, []).append(seat)
        done = end
        yield from ((group, some) for group, some in together.items() if len(some) > 1)
