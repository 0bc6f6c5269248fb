"""Prove before you commit: can the rest of the cycle be completed without a repeat?"""

from __future__ import annotations

from collections.abc import Callable
from operator import and_
from random import Random

from core.matching.pairs.blossom import FREE, extend

REPAIRS = 12  # times the last rounds are torn up and drawn again
TORN = 8  # how many of them


def peel(
    rows: list[int],
    rounds: int,
    rnd: Random,
    first: list[int] | None = None,
    over: Callable[[int], bool] = lambda steps: False,
) -> list[list[int]]:
    """Take perfect matchings off the graph, one per round, none sharing a pair.

    As many as were found, at most `rounds`; `rows` is used up. `first` are the pairs to use up
    early: those nobody wishes for, because a cycle that leaves them to the end gets stuck there.
    When no matching is left, the last few are put back and drawn anew.
    """
    found: list[list[int]] = []
    best: list[list[int]] = []
    repairs = REPAIRS
    while len(found) < rounds:
        mate = [FREE] * len(rows)
        if first is not None:
            extend(list(map(and_, rows, first)), mate, rnd)
        if extend(rows, mate, rnd) == 0:
            _toggle(rows, mate)
            found.append(mate)
            if over(len(rows) * (4 + len(rows) // 16)):
                break
            continue
        best = max(best, found, key=len)
        if repairs == 0 or over(len(rows) * 4):
            break
        repairs -= 1
        keep = max(0, len(found) - rnd.randint(2, TORN))
        for mate in found[keep:]:
            _toggle(rows, mate)
        found = found[:keep]
    return max(best, found, key=len)


def _toggle(rows: list[int], mate: list[int]) -> None:
    for v, w in enumerate(mate):
        rows[v] ^= 1 << w
