"""From seats to introductions: names in order, an organiser, and why these people."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from core.matching.columns import Crowd, column
from core.matching.past.ledger import Ledger, Tie
from core.matching.setting import Setting
from core.matching.values import Group, PairWhy


@dataclass(frozen=True, slots=True)
class Introducer:
    """What a group is told, by the places of its people. Knows no "not with" list."""

    ids: Sequence[str]
    organised: Sequence[int]
    usual: int
    ledger: Ledger

    @staticmethod
    def of(setting: Setting) -> Introducer:
        """For the people and the past of this setting."""
        people = setting.people
        ids = people.ids if isinstance(people, Crowd) else list(column(people, "id"))
        organised = array("i", column(people, "organised"))
        return Introducer(ids, organised, setting.rules.size, setting.ledger)

    def group(self, places: list[int]) -> Group:
        """The group at these places."""
        ids, done = self.ids, self.organised
        order = sorted([(ids[v], v) for v in places])
        organiser = min([(done[v], v) for v in places])[1]
        return Group(
            tuple([name for name, _ in order]),
            ids[organiser],
            len(places) != self.usual,
            tuple([self._why(a, b) for a, b in combinations(order, 2)]),
        )

    def _why(self, one: tuple[str, int], other: tuple[str, int]) -> PairWhy:
        (first, a), (second, b) = one, other
        tie = self.ledger.ties[a].get(b)
        if tie is None:
            return PairWhy(first, second)
        return PairWhy(
            first,
            second,
            times=tie.times,
            met=tie.met,
            rounds_ago=self.ledger.rounds_ago(tie),
            longest_for_a=self._longest(a, tie),
            longest_for_b=self._longest(b, tie),
            all_met_by_a=self._all_met(a),
            all_met_by_b=self._all_met(b),
        )

    def _all_met(self, v: int) -> bool:
        return len(self.ledger.ties[v]) == len(self.ids) - 1

    def _longest(self, v: int, tie: Tie) -> bool:
        """Blocked or not, everybody present counts here: see explanation.py."""
        ties = self.ledger.ties[v]
        return self._all_met(v) and all(other.last >= tie.last for other in ties.values())
