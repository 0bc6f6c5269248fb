"""Who can be paired at all: largest matchings by Edmonds' blossom search, on bit sets.

A graph is a list of ints: bit j of row i says that i and j may be paired. Python's big ints make
one row of 200 people a single machine-friendly value, so looking at all neighbours costs one `&`.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

FREE = -1


def bits(mask: int) -> Iterator[int]:
    """The positions of the ones, lowest first."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


def pick(mask: int, start: int) -> int:
    """A one of the mask: the first at or after `start`, wrapping around."""
    mask = (mask >> start << start) or mask
    return (mask & -mask).bit_length() - 1


def extend(rows: list[int], mate: list[int], rnd: Random) -> int:
    """Grow the matching `mate` until it is as large as `rows` allow; how many stay free.

    Nobody who was paired becomes free. The first pairs are taken at random, the blossom search
    mends what chance spoilt.
    """
    n = len(rows)
    free = 0
    for v in range(n):
        if mate[v] == FREE:
            free |= 1 << v
    order = list(bits(free))
    rnd.shuffle(order)
    for v in order:
        if free >> v & 1 and (choice := rows[v] & free):
            w = pick(choice, rnd.randrange(n))
            mate[v], mate[w] = w, v
            free ^= (1 << v) | (1 << w)
    search = _Search(rows, mate)
    lonely = 0
    while free:
        root = pick(free, rnd.randrange(n))
        free ^= 1 << root
        end = search.run(root, free)
        if end == FREE:
            lonely += 1
            search.freeze()
        else:
            free &= ~(1 << end)
            search.clear()
    return lonely


class _Search:
    """One search for an alternating path that starts at a free vertex and ends at another."""

    def __init__(self, rows: list[int], mate: list[int]) -> None:
        n = len(rows)
        self.rows, self.mate = rows, mate
        self.parent = [FREE] * n
        self.stem = list(range(n))  # leads to the base of the blossom a vertex is in
        self.inside = [1 << v for v in range(n)]  # by base: the vertices of its blossom
        self.outer = 0
        self.open = self.unseen = (1 << n) - 1

    def freeze(self) -> None:
        """Where a search ended in vain, no later search needs to look."""
        self.open = self.unseen

    def clear(self) -> None:
        """Forget the last search."""
        for v in bits(self.open & ~self.unseen):
            self.parent[v] = FREE
            self.stem[v] = v
            self.inside[v] = 1 << v
        self.unseen = self.open

    def run(self, root: int, free: int) -> int:
        """Flip the path found and return its other end, or FREE when there is none."""
        self.outer = 1 << root
        self.unseen ^= 1 << root
        queue = [root]
        for v in queue:  # grows while we walk it
            row = self.rows[v]
            if hit := row & free:
                end = (hit & -hit).bit_length() - 1
                self.unseen &= ~(1 << end)
                self.parent[end] = v
                self._flip(end)
                return end
            while fresh := row & self.unseen:
                w = (fresh & -fresh).bit_length() - 1
                self.parent[w] = v
                partner = self.mate[w]
                self.unseen &= ~((1 << w) | (1 << partner))
                self.outer |= 1 << partner
                queue.append(partner)
            while loop := row & self.outer & ~self.inside[self._base(v)]:
                self._shrink(v, (loop & -loop).bit_length() - 1, queue)
        return FREE

    def _base(self, v: int) -> int:
        stem = self.stem
        while stem[v] != v:
            stem[v] = stem[stem[v]]
            v = stem[v]
        return v

    def _flip(self, v: int) -> None:
        while v != FREE:
            before = self.parent[v]
            following = self.mate[before]
            self.mate[v], self.mate[before] = before, v
            v = following

    def _shrink(self, v: int, w: int, queue: list[int]) -> None:
        """v and w are both outer and joined: the odd cycle through them acts as one vertex."""
        stem = self._meet(v, w)
        bases = self._mark(v, stem, w) | self._mark(w, stem, v)
        inside = self.inside[stem]
        for b in bases:
            inside |= self.inside[b]
            self.stem[b] = stem
        self.inside[stem] = inside
        fresh = inside & ~self.outer
        self.outer |= fresh
        queue.extend(bits(fresh))

    def _meet(self, v: int, w: int) -> int:
        """The base that the paths of v and w to the root have in common."""
        seen = 0
        while True:
            v = self._base(v)
            seen |= 1 << v
            if self.mate[v] == FREE:
                break
            v = self.parent[self.mate[v]]
        w = self._base(w)
        while not seen >> w & 1:
            w = self._base(self.parent[self.mate[w]])
        return w

    def _mark(self, v: int, stem: int, child: int) -> set[int]:
        """Let the path from v up to the stem be walked the other way, too; the bases on it."""
        found = set()
        while self._base(v) != stem:
            partner = self.mate[v]
            found |= {self._base(v), self._base(partner)}
            self.parent[v] = child
            child = partner
            v = self.parent[partner]
        return found
