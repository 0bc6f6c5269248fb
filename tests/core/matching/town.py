"""A town of made-up people who are matched round after round, as the app would do it."""

from array import array
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from core.matching import (
    Candidate,
    History,
    KeptPlan,
    PastRound,
    Plan,
    Reason,
    Rules,
    credit_changes,
    plan_round,
)


def names(n: int) -> list[str]:
    return [f"P{i:03d}" for i in range(n)]


def past_round(groups: Sequence[Sequence[int]], outcome: int = 0, own: bool = True) -> PastRound:
    members = array("i", [member for group in groups for member in group])
    return PastRound(members, bytes(map(len, groups)), bytes([outcome] * len(groups)), own)


@dataclass
class Town:
    """Keeps what the app keeps between rounds: history, credit, the kept plan."""

    people: int
    rules: Rules = field(default_factory=Rules)
    describe: Callable[[int], dict] = lambda i: {}
    seed: int = 0
    past: list[PastRound] = field(default_factory=list)
    kept: KeptPlan | None = None
    met: Counter = field(default_factory=Counter)  # introductions, by pair
    credit: Counter = field(default_factory=Counter)
    odd: Counter = field(default_factory=Counter)
    sat_out: Counter = field(default_factory=Counter)
    first_repeat: int | None = None
    repeats: int = 0

    def hold(self, here: Sequence[int] | None = None) -> Plan:
        """Hold one round with everybody, or with those who are here."""
        here = range(self.people) if here is None else here
        name = names(self.people)
        who = [Candidate(name[i], credit=self.credit[name[i]], **self.describe(i)) for i in here]
        number = {one: i for i, one in enumerate(name)}
        history = History(number, self.past, self.kept)
        plan = plan_round(who, history, self.rules, self.seed * 1000 + len(self.past))
        self._remember(plan, number)
        return plan

    def hold_many(self, rounds: int) -> list[Plan]:
        return [self.hold() for _ in range(rounds)]

    def _remember(self, plan: Plan, number: dict[str, int]) -> None:
        groups = [[number[person] for person in group.people] for group in plan.groups]
        self.past.append(past_round(groups))
        self.kept = plan.kept
        self.credit.update(credit_changes(plan, self.rules.odd))
        for group in plan.groups:
            self.odd.update(group.people if group.odd else ())
            for pair in combinations(group.people, 2):
                if self.met[pair]:
                    self.repeats += 1
                    self.first_repeat = self.first_repeat or len(self.past)
                self.met[pair] += 1
        self.sat_out.update(one.person for one in plan.left_out if one.reason is Reason.SITS_OUT)
