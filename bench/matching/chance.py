"""Is chance fair? The uniformity test of first rounds, and how predictable later rounds are."""

from collections import Counter
from itertools import combinations
from math import exp, lgamma, log, log2

from bench.matching.town import Town
from core.matching import Candidate, History, Rules, plan_round


def chi_square_tail(q: float, df: int) -> float:
    """The chance of a larger chi-square: one minus the regularised lower incomplete gamma."""
    a, x = df / 2, q / 2
    term = total = 1 / a
    k = a
    while term > total * 1e-15:
        k += 1
        term *= x / k
        total += term
    return max(0.0, 1 - total * exp(a * log(x) - x - lgamma(a)))


def first_round_p(people: int, seeds: int) -> float:
    """p of "every perfect matching is equally likely", from how often each pair was drawn.

    In uniform perfect matchings the pair counts vary by (n-2)/((n-1)(n-3)) on a space of
    n(n-3)/2 dimensions, because everybody is in exactly one pair.
    """
    who = [Candidate(f"P{i}") for i in range(people)]
    history = History({})
    seen: Counter = Counter()
    for seed in range(seeds):
        for group in plan_round(who, history, Rules(), seed).groups:
            seen[group.people] += 1
    expected = seeds / (people - 1)
    pairs = combinations(sorted(person.id for person in who), 2)
    spread = (people - 2) / ((people - 1) * (people - 3)) * seeds
    q = sum((seen[pair] - expected) ** 2 for pair in pairs) / spread
    return chi_square_tail(q, people * (people - 3) // 2)


def guesses(people: int, rounds: int, seeds: int) -> float:
    """After some public rounds: effective choices for one person's next partner, as a share of
    those not met yet (2 to the entropy, corrected for the finite sample)."""
    town = Town(people, seed=5).hold_many(rounds)
    number = {f"P{i:07d}": i for i in range(people)}
    who = [Candidate(name) for name in number]
    seen: Counter = Counter()
    for seed in range(seeds):
        plan = plan_round(who, History(number, town.past, town.kept), Rules(), 10_000 + seed)
        group = next(g for g in plan.groups if "P0000000" in g.people)
        seen[group.people[1]] += 1
    entropy = -sum(c / seeds * log2(c / seeds) for c in seen.values())
    entropy += (len(seen) - 1) / (2 * seeds) / log(2)
    return 2**entropy / (people - 1 - rounds)
