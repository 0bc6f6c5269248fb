"""Better partners by short chains of swaps: how soft wishes are granted."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence

from core.matching.pairs.blossom import FREE

NEAR = 24  # partners worth trying for each person
BREADTH = (16, 6, 3)  # how many new partners are tried at each link of a chain


def nearest(costs: Sequence[Sequence[int]]) -> list[list[int]]:
    """The cheapest partners of everybody. Equals are taken from the next place on, so that
    not everybody sets their eyes on the same few people.
    """
    n = len(costs)
    return [
        sorted([*range(v + 1, n), *range(v)], key=row.__getitem__)[:NEAR]
        for v, row in enumerate(costs)
    ]


def improve(
    mate: list[int],
    costs: Sequence[Sequence[int]],
    near: Sequence[Sequence[int]],
    over: Callable[[int], bool] = lambda steps: False,
) -> None:
    """Re-pair people as long as a chain of up to four pairs lowers the total cost.

    `near[v]` are the partners worth trying for v, cheapest first. Total cost never rises.
    """
    todo = deque(v for v, w in enumerate(mate) if w >= 0 and w != v)
    waiting = set(todo)
    while todo and not over(40):
        v = todo.popleft()
        waiting.discard(v)
        chain = _find(mate, costs, near, v)
        for a, b in chain:
            mate[a], mate[b] = b, a
        for pair in chain:
            for u in pair:
                if u not in waiting:
                    waiting.add(u)
                    todo.append(u)


def _find(
    mate: list[int], costs: Sequence[Sequence[int]], near: Sequence[Sequence[int]], v: int
) -> list[tuple[int, int]]:
    """New pairs that cost less than the ones they replace, or nothing.

    v leaves its partner for w, w's partner x is loose and either takes v's old partner or goes on
    looking. Only chains whose gain so far is positive are followed.
    """
    last = mate[v]

    def follow(loose: int, gain: int, pairs: list[tuple[int, int]], used: set[int]) -> bool:
        row = costs[loose]
        for w in near[loose][: BREADTH[len(pairs)]]:
            left = gain - row[w]
            if left <= 0:
                return False
            x = mate[w]
            if w in used or x in (FREE, w):
                continue
            back = left + costs[w][x]
            pairs.append((loose, w))
            if back > costs[x][last]:
                pairs.append((x, last))
                return True
            if len(pairs) < len(BREADTH) and follow(x, back, pairs, used | {w, x}):
                return True
            pairs.pop()
        return False

    found: list[tuple[int, int]] = []
    follow(v, costs[v][last], found, {v, last})
    return found
