"""What it costs to seat people together: a block above all repeats, a repeat above all wishes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from core.matching.past.ledger import BURN_UNKNOWN, STEPS, price
from core.matching.setting import Setting
from core.matching.soft import SoftCost, most

PLAIN = price(BURN_UNKNOWN * STEPS)  # the cost of one plain repeat


def wish_table(soft: SoftCost | None, people: Sequence[int]) -> list[list[int]]:
    """What the wishes not granted cost, for every two of these people."""
    n = len(people)
    costs = [[0] * n for _ in range(n)]
    if soft is not None:
        for i, j in combinations(range(n), 2):
            costs[i][j] = costs[j][i] = soft(people[i], people[j])
    return costs


def cost_table(setting: Setting, people: Sequence[int]) -> tuple[list[list[int]], int]:
    """Costs among some people, by their place in `people`, and what one plain repeat costs.

    Lexicographic in one number: a block outweighs all repeats, a repeat all wishes.
    """
    n = len(people)
    big = 1 + most(setting.rules.prefer) * n * setting.rules.size
    never = big * n * n * price(STEPS * 1000)
    here = {v: i for i, v in enumerate(people)}
    costs = wish_table(setting.soft, people)
    for i, v in enumerate(people):
        row = costs[i]
        for w, tie in setting.ledger.ties[v].items():
            if w in here:
                row[here[w]] += big * price(setting.ledger.level(tie))
        for w in setting.foes.get(v, ()):
            if w in here:
                row[here[w]] = never
    return costs, big * PLAIN
