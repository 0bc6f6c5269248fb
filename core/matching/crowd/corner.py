"""A few groups of a crowd at a table of their own, where every pair is looked at."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from core.matching.crowd.seating import Seating, Turns
from core.matching.groups.costs import cost_table
from core.matching.groups.table import Table
from core.matching.setting import Setting


class Corner:
    """These groups, as a table. `unit` is the cost of one plain repeat."""

    def __init__(
        self, setting: Setting, groups: Seating, part: Sequence[int], turns: Turns
    ) -> None:
        self.setting, self.groups, self.part = setting, groups, part
        people = self.people = [v for g in part for v in groups[g]]
        self.costs, self.unit = cost_table(setting, people)
        here = {v: i for i, v in enumerate(people)}
        self.table = Table(
            [[here[v] for v in groups[g]] for g in part],
            self.costs,
            lambda i, k: turns.fixed(people[i], part[k]),
        )

    def settle(self, floor: int = 0) -> None:
        """Make every trade that helps somebody whose place costs more than `floor`."""
        self.table.settle(self.setting.rnd, self.setting.limit.spend, floor)
        for k, group in enumerate(self.table.groups):
            self.groups[self.part[k]] = [self.people[i] for i in group]

    def with_pair_above(self, floor: int) -> list[int]:
        """The groups in which two people cost so much or more."""
        return [
            self.part[k]
            for k, group in enumerate(self.table.groups)
            if any(self.costs[a][b] >= floor for a, b in combinations(group, 2))
        ]
