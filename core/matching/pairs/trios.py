"""Who could be in the trio of an odd round: whose turn it is, and who then repeats least."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from heapq import nsmallest
from operator import and_
from random import Random

from core.matching.pairs.blossom import bits
from core.matching.pairs.board import Board
from core.matching.past.ledger import price
from core.matching.values import Candidate

POOL = 40  # people who may be in the trio
PATIENCE = 1.4  # how far above the lowest credit; more costs turns, less costs repeats (docs)
SIZE = 3

Trio = tuple[int, int, int]


def fairest(board: Board, rnd: Random, most: int) -> list[Trio]:
    """At most so many trios without a block, best first: fewest repeats inside, then those who
    like a group of three, then whose turn it is, then wishes, then chance.
    """
    people = board.setting.people
    pool, due = _pool(people, board.people, rnd)
    friendly = [0] * board.people
    for v in pool:
        friendly[v] = board.allowed[v] & sum(1 << w for w in pool)
    found: dict[Trio, None] = {}
    for _, rows in board.steps:  # those who never met, then mildly repeated ones, and so on
        trios = _among(list(map(and_, rows, friendly)))
        if due:
            trios = (trio for trio in trios if due.issubset(trio))
        found |= dict.fromkeys(trios)
        if len(found) >= most:
            break
    if due and not found:
        found = dict.fromkeys(_among(friendly))
    return nsmallest(most, found, key=_Rank(board, rnd))


class _Rank:
    """How well a trio would suit: smaller is better."""

    def __init__(self, board: Board, rnd: Random) -> None:
        people = board.setting.people
        self.levels, self.wish, self.rnd = board.levels, board.wish, rnd
        self.credit = [person.credit for person in people]
        self.taste = [_taste(person) for person in people]

    def __call__(self, trio: Trio) -> tuple[int, int, int, float, int, float]:
        a, b, c = trio
        levels, wish, credit, taste = self.levels, self.wish, self.credit, self.taste
        inside = levels[a].get(b, 0), levels[a].get(c, 0), levels[b].get(c, 0)
        return (
            max(inside),
            sum(map(price, inside)),
            taste[a] + taste[b] + taste[c],
            credit[a] + credit[b] + credit[c],
            wish[a][b] + wish[a][c] + wish[b][c],
            self.rnd.random(),
        )


def _taste(person: Candidate) -> int:
    """Below zero for who likes a group of three, above for who likes another size."""
    return -1 if person.size == SIZE else int(person.size is not None)


def _pool(people: Sequence[Candidate], n: int, rnd: Random) -> tuple[list[int], set[int]]:
    """Who may be in the trio, and who must be."""
    turn = sorted(range(n), key=lambda v: (people[v].credit, rnd.random()))
    pool = _near(people, turn, people[turn[0]].credit)
    if len(pool) >= SIZE:
        return pool, set()
    third = people[turn[SIZE - 1]].credit  # one or two have waited much longer than all others
    pool = _near(people, turn, third)
    return pool, {v for v in pool if people[v].credit < third - 1 - 1e-9}


def _near(people: Sequence[Candidate], turn: Sequence[int], credit: float) -> list[int]:
    """Those whose credit is hardly more than this, and who like a trio, lowest first.

    As long as the same people take part credits differ by whole turns: by none or one, here.
    """
    limit = credit + PATIENCE
    return [v for v in turn if people[v].credit <= limit or people[v].size == SIZE][:POOL]


def _among(rows: Sequence[int]) -> Iterator[Trio]:
    """All triangles of a graph."""
    for a, row in enumerate(rows):
        for b in bits(row >> (a + 1) << (a + 1)):
            for c in bits((row & rows[b]) >> (b + 1) << (b + 1)):
                yield a, b, c
