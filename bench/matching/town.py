"""People who are matched round after round by any matcher, and what became of it."""

from array import array
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from random import Random
from time import process_time

from core.matching import (
    Candidate,
    History,
    KeptPlan,
    PastRound,
    Reason,
    Rules,
    credit_changes,
    plan_round,
)

Groups = list[tuple[int, ...]]


@dataclass
class Town:
    """Keeps what the app keeps between rounds, and counts."""

    people: int
    rules: Rules = field(default_factory=Rules)
    seed: int = 0
    describe: Callable[[int], dict] = lambda i: {}
    matcher: Callable[["Town", Sequence[int]], Groups] | None = None
    past: list[PastRound] = field(default_factory=list)
    kept: KeptPlan | None = None
    met: Counter = field(default_factory=Counter)
    last: dict = field(default_factory=dict)
    credit: Counter = field(default_factory=Counter)
    odd: Counter = field(default_factory=Counter)
    sat_out: Counter = field(default_factory=Counter)
    first_repeat: int | None = None
    repeats: int = 0
    meets: int = 0
    shortest_gap: int = 10**9
    slowest: float = 0.0

    def hold(self, here: Sequence[int] | None = None) -> Groups:
        here = list(range(self.people)) if here is None else here
        start = process_time()
        groups = (self.matcher or Town.kettle)(self, here)
        self.slowest = max(self.slowest, process_time() - start)
        members = array("i", [person for group in groups for person in group])
        sizes = bytes(map(len, groups))
        self.past.append(PastRound(members, sizes, bytes(len(sizes))))
        for group in groups:
            for pair in combinations(sorted(group), 2):
                self._count(pair)
        return groups

    def _count(self, pair: tuple[int, ...]) -> None:
        now = len(self.past)
        self.meets += 1
        if self.met[pair]:
            self.repeats += 1
            self.first_repeat = self.first_repeat or now
            self.shortest_gap = min(self.shortest_gap, now - self.last[pair])
        self.met[pair] += 1
        self.last[pair] = now

    def kettle(self, here: Sequence[int]) -> Groups:
        number = {f"P{i:07d}": i for i in here}
        who = [
            Candidate(name, credit=self.credit[name], **self.describe(i))
            for name, i in number.items()
        ]
        history = History(number, self.past, self.kept)
        plan = plan_round(who, history, self.rules, self.seed * 1009 + len(self.past))
        self.kept = plan.kept
        self.credit.update(credit_changes(plan, self.rules.odd))
        for group in plan.groups:
            self.odd.update(group.people if group.odd else ())
        self.sat_out.update(x.person for x in plan.left_out if x.reason is Reason.SITS_OUT)
        return [tuple(number[name] for name in group.people) for group in plan.groups]

    def hold_many(self, rounds: int) -> "Town":
        for _ in range(rounds):
            self.hold()
        return self

    @property
    def spread(self) -> int:
        """Between the pair that met most and the pair that met least."""
        everyone = self.people * (self.people - 1) // 2
        least = min(self.met.values()) if len(self.met) == everyone else 0
        return max(self.met.values()) - least


def churn(town: Town, rounds: int, rnd: Random, step: Callable[[list[int]], None]) -> None:
    """Three in a hundred snooze, one leaves and one joins, each round."""
    here = list(range(town.people))
    for _ in range(rounds):
        for person in here[:]:
            if rnd.random() < 0.01:
                here.remove(person)
            if rnd.random() < 0.01:
                here.append(town.people)
                town.people += 1
        step([person for person in here if rnd.random() >= 0.03])


def taken_over(people: int, seed: int) -> list[list[int]]:
    """Who is here in each of two cycles of rounds when one in a hundred leaves each round and
    somebody new takes the place at once, so that the head count stays.
    """
    rnd, here, known = Random(seed), list(range(people)), people
    rounds = []
    for _ in range(2 * people - 2):
        for place in range(people):
            if rnd.random() < 0.01:
                here[place] = known
                known += 1
        rounds.append(here[:])
    return rounds


def comings_and_goings(people: int, seed: int) -> list[list[int]]:
    """The same for `churn`: who is here in each round of the town of this seed."""
    rounds: list[list[int]] = []
    churn(Town(people), 2 * people - 2, Random(seed), rounds.append)
    return rounds
