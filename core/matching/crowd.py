"""Rounds of thousands: shuffle, find the few groups that repeat or are blocked, mend those."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations, compress, groupby
from operator import eq

from core.matching.groups import cost_table, seat_without, sitting_out, turns
from core.matching.ledger import Ledger
from core.matching.pairs import plan_pairs
from core.matching.setting import Setting
from core.matching.sizes import SMALLEST
from core.matching.tables import Groups, Table
from core.matching.values import History, PastRound
from core.matching.wishes import grant_wishes

BATCH = 24  # groups mended at once
DONORS = 4  # random groups that help each group to be mended
HAVENS = 16  # groups looked at for somebody who may meet few people
PASSES = 3
DENSE, MANY = 1_024, 0.25  # people up to whom every pair is looked at when too many have met


def plan_crowd(setting: Setting, sizes: Sequence[int], history: History) -> Groups:
    """Groups for any number of people, looking only at the pairs that are about to meet."""
    out = sitting_out(setting, len(setting.people) - sum(sizes))
    groups = seat_without(setting, sizes, out)
    grant_wishes(setting, groups, history)
    bad = sorted(set(repeats(setting, groups, history)) | set(blocked(setting, groups)))
    exact = setting.rules.size == SMALLEST and len(setting.people) <= DENSE
    passes = 0 if exact and len(bad) > len(groups) * MANY else PASSES
    for _ in range(passes):
        bad = _mend(setting, groups, bad, history) if bad else []
    if bad and exact:
        setting.ledger = Ledger([p.id for p in setting.people], history, setting.ledger.window)
        return plan_pairs(setting)
    return groups


def blocked(setting: Setting, groups: Groups) -> Iterator[int]:
    """Groups in which two people must not meet."""
    if setting.foes:
        for g, group in enumerate(groups):
            if any(setting.blocked(a, b) for a, b in combinations(group, 2)):
                yield g


def repeats(setting: Setting, groups: Groups, history: History) -> Iterator[int]:
    """Groups in which two people have met before, one past round at a time."""
    size = 1 + max((max(past.members, default=0) for past in history.rounds), default=0)
    home = array("i", range(-1, -size - 1, -1))  # number -> new group; all different if in none
    get, people = history.numbers.get, setting.people
    for g, group in enumerate(groups):
        for v in group:
            number = get(people[v].id, size)
            if number < size:
                home[number] = g
    for past in history.rounds:
        for seats, width in runs(past):
            columns = [list(map(home.__getitem__, seats[k::width])) for k in range(width)]
            for a, b in combinations(columns, 2):
                yield from compress(a, map(eq, a, b))


def runs(past: PastRound) -> Iterator[tuple[Sequence[int], int]]:
    """The members of a past round, cut where the group size changes, and that size."""
    start = 0
    for size, same in groupby(past.sizes):
        end = start + size * len(tuple(same))
        yield past.members[start:end], size
        start = end


def _mend(setting: Setting, groups: Groups, bad: list[int], history: History) -> list[int]:
    """Trade places between these groups and some random ones; the groups that stay bad."""
    donors = setting.rnd.sample(range(len(groups)), min(len(groups), DONORS * len(bad) + BATCH))
    chosen = sorted({*donors, *_havens(setting, groups, bad)} - set(bad))
    setting.rnd.shuffle(chosen)
    pool = sorted(v for g in {*bad, *chosen} for v in groups[g])
    local = _pooled(setting, pool, history)
    setting.ledger = local
    odd, late = turns(setting, groups)
    left: list[int] = []
    share = max(1, len(chosen) * BATCH // len(bad))
    for k in range(0, len(bad), BATCH):
        part = bad[k : k + BATCH] + chosen[(k // BATCH) * share :][:share]
        left += _mend_part(setting, groups, part, odd, late)
    return left


def _havens(setting: Setting, groups: Groups, bad: list[int]) -> list[int]:
    """Groups of the few whom somebody in a bad group may meet, if chance would hardly find them."""
    half = len(setting.people) / 2
    picky = [v for g in bad for v in groups[g] if len(setting.foes.get(v, ())) > half]
    found = []
    for v in picky:
        foes = setting.foes[v]
        havens = [g for g, group in enumerate(groups) if not foes.issuperset(group)]
        setting.rnd.shuffle(havens)
        found += havens[:HAVENS]
    return found


def look_up(setting: Setting, changed: Groups, history: History) -> None:
    """Know the past of groups that were changed since, besides what is known already."""
    if changed:
        known = {v for v, ties in enumerate(setting.ledger.ties) if ties}
        pool = sorted(known.union(*changed))
        setting.ledger = _pooled(setting, pool, history)


def _pooled(setting: Setting, pool: list[int], history: History) -> Ledger:
    """The ties among the people of the pool, under their places in the whole."""
    inner = Ledger([setting.people[v].id for v in pool], history, setting.ledger.window)
    ledger = Ledger((), replace(history, rounds=()), inner.window)
    ledger.now = inner.now
    ledger.ties = [{}] * len(setting.people)
    for v, ties in zip(pool, inner.ties, strict=True):
        ledger.ties[v] = {pool[w]: tie for w, tie in ties.items()}
    return ledger


def _mend_part(
    setting: Setting, groups: Groups, part: list[int], odd: set[int], late: set[int]
) -> list[int]:
    people = [v for g in part for v in groups[g]]
    costs, unit = cost_table(setting, people)
    here = {v: i for i, v in enumerate(people)}
    table = Table(
        [[here[v] for v in groups[g]] for g in part],
        costs,
        lambda i, k: part[k] in odd and people[i] in late,
    )
    floor = unit - 1
    setting.limit.spend(len(people) * 16)
    table.settle(setting.rnd, setting.limit.spend, min(floor, unit // 4))
    for g, group in zip(part, table.groups, strict=True):
        groups[g] = [people[i] for i in group]
    return [g for g, group in zip(part, table.groups, strict=True) if _costly(group, costs, unit)]


def _costly(group: Iterable[int], costs: list[list[int]], unit: int) -> bool:
    return any(costs[a][b] >= unit // 4 for a, b in combinations(group, 2))
