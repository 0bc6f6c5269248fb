"""Groups of any size by swapping two people at a time: annealing on a small table of costs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import exp
from random import Random

from core.matching.setting import Groups

Costs = Sequence[Sequence[int]]

HOT, COLD = 0.7, 0.12  # temperatures, in units of one plain repeat


def total(groups: Groups, costs: Costs) -> int:
    """The cost of all pairs that share a group."""
    return sum(costs[a][b] for group in groups for k, a in enumerate(group) for b in group[:k])


def strain(v: int, group: Sequence[int], costs: Costs) -> int:
    """What v's place in this group costs. (The cost of v with v is zero.)"""
    row = costs[v]
    return sum(row[w] for w in group)


class Table:
    """People seated in groups, and the moves that make the seating better."""

    def __init__(self, groups: Groups, costs: Costs, fixed: Callable[[int, int], bool]) -> None:
        self.groups = [list(group) for group in groups]
        self.costs = costs
        self.fixed = fixed  # fixed(v, g): v may not be moved into group g
        self.home = {v: g for g, group in enumerate(groups) for v in group}

    def gain(self, v: int, w: int) -> int:
        """How much cost is saved when v and w trade places."""
        g, h = self.groups[self.home[v]], self.groups[self.home[w]]
        row, other = self.costs[v], self.costs[w]
        saved = 2 * row[w]
        for u in g:
            saved += row[u] - other[u]
        for u in h:
            saved += other[u] - row[u]
        return saved

    def swap(self, v: int, w: int) -> None:
        """Trade places."""
        g, h = self.home[v], self.home[w]
        self.groups[g][self.groups[g].index(v)] = w
        self.groups[h][self.groups[h].index(w)] = v
        self.home[v], self.home[w] = h, g

    def _may_swap(self, v: int, w: int) -> bool:
        g, h = self.home[v], self.home[w]
        return g != h and not self.fixed(v, h) and not self.fixed(w, g)

    def anneal(self, moves: int, unit: int, rnd: Random) -> None:
        """Trade places at random, worse trades ever more rarely; ends in the best seating seen."""
        people = list(self.home)
        now = best = total(self.groups, self.costs)
        seats = [list(group) for group in self.groups]
        heat, cooling = HOT * unit, (COLD / HOT) ** (1 / max(1, moves))
        for _ in range(moves):
            if best < unit:
                break
            heat *= cooling
            v, w = rnd.choice(people), rnd.choice(people)
            if not self.groups_strained(v, w) or not self._may_swap(v, w):
                continue
            gain = self.gain(v, w)
            if gain >= 0 or rnd.random() < exp(gain / heat):
                self.swap(v, w)
                now -= gain
                if now < best:
                    best, seats = now, [list(group) for group in self.groups]
        self.groups = seats
        self.home = {v: g for g, group in enumerate(seats) for v in group}

    def groups_strained(self, v: int, w: int) -> bool:
        """Whether a trade between these two could help at all."""
        return bool(
            strain(v, self.groups[self.home[v]], self.costs)
            or strain(w, self.groups[self.home[w]], self.costs)
        )

    def settle(self, rnd: Random, over: Callable[[int], bool], floor: int = 0) -> None:
        """Make every trade that helps, until none does."""
        people = list(self.home)
        todo = people[:]
        rnd.shuffle(todo)
        while todo:
            v = todo.pop()
            if strain(v, self.groups[self.home[v]], self.costs) <= floor:
                continue
            if over(len(people) * 2):
                return
            gains = [(self.gain(v, w), w) for w in people if self._may_swap(v, w)]
            gain, w = max(gains, default=(0, v))
            if gain > 0:
                self.swap(v, w)
                todo += [*self.groups[self.home[v]], *self.groups[self.home[w]]]
