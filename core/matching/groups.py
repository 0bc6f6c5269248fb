"""Rounds of three and more, and of crowds: seat everyone, then mend what repeats."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from core.matching.ledger import BURN_UNKNOWN, STEPS, price
from core.matching.schedule import keep, scheduled
from core.matching.setting import Setting
from core.matching.soft import SoftCost, most
from core.matching.tables import Groups, Table, total

MOVES, MOVES_EACH = 20_000, 700  # of annealing: at most, and for each person
PLAIN = price(BURN_UNKNOWN * STEPS)  # the cost of one plain repeat


def seat(setting: Setting, sizes: Sequence[int]) -> Groups:
    """Everybody in random groups; the odd groups go to those whose turn it is."""
    people, usual = setting.people, setting.rules.size
    odd = [size for size in sizes if size != usual]

    def turn(v: int) -> float:
        wish = people[v].size
        return people[v].credit - (wish in odd) + (wish is not None and wish not in odd)

    order = sorted(range(len(people)), key=turn) if odd and len(odd) < len(sizes) else None
    seats = iter(order if order is not None else range(len(people)))
    chosen = [[next(seats) for _ in range(size)] for size in odd]
    taken = {v for group in chosen for v in group}
    rest = iter([v for v in range(len(people)) if v not in taken])
    plain = [[next(rest) for _ in range(size)] for size in sizes if size == usual]
    return chosen + plain


def sitting_out(setting: Setting, count: int) -> set[int]:
    """Those whose turn it is to sit out: fewest times so far, then chance."""
    people = setting.people
    return set(sorted(range(len(people)), key=lambda v: people[v].credit)[:count])


def turns(setting: Setting, groups: Groups) -> tuple[set[int], set[int]]:
    """The odd groups, and the people who should not be moved into one: it is not their turn."""
    usual = setting.rules.size
    odd = {g for g, group in enumerate(groups) if len(group) != usual}
    if not odd or len(odd) == len(groups):
        return set(), set()
    credits = sorted(person.credit for person in setting.people)
    inside = sum(len(groups[g]) for g in odd)
    limit = max(credits[0] + 1, credits[min(inside, len(credits)) - 1]) + 1e-9
    return odd, {v for v, person in enumerate(setting.people) if person.credit > limit}


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


def plan_groups(setting: Setting, sizes: Sequence[int]) -> Groups:
    """Groups for a channel small enough to look at every pair."""
    out = sitting_out(setting, len(setting.people) - sum(sizes))
    groups = seat_without(setting, sizes, out)
    odd, late = turns(setting, groups)
    costs, unit = cost_table(setting, range(len(setting.people)))
    table = Table(groups, costs, lambda v, g: g in odd and v in late)
    ready = scheduled(setting, sizes, costs)
    if ready is not None and ready[2] < unit:
        keep(setting, sizes, ready[1])
        return ready[0]
    moves = min(MOVES, MOVES_EACH * len(setting.people))
    setting.limit.spend(moves)
    table.anneal(moves, unit, setting.rnd)
    table.settle(setting.rnd, setting.limit.spend)
    if ready is not None and ready[2] <= total(table.groups, costs):
        keep(setting, sizes, ready[1])
        return ready[0]
    return table.groups


def seat_without(setting: Setting, sizes: Sequence[int], out: set[int]) -> Groups:
    """Seat everybody but those who sit out."""
    if not out:
        return seat(setting, sizes)
    rest = iter([v for v in range(len(setting.people)) if v not in out])
    return [[next(rest) for _ in range(size)] for size in sizes]
