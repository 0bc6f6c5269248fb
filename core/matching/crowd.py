"""Rounds of thousands: shuffle, find the few groups that repeat or are blocked, mend those."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations, compress, count
from operator import eq, itemgetter

from core.matching.groups import cost_table, seat_without, sitting_out, turns
from core.matching.ledger import Ledger
from core.matching.setting import Setting
from core.matching.tables import Groups, Table
from core.matching.values import History, PastRound

BATCH = 24  # groups mended at once
DONORS = 4  # random groups that help each group to be mended
PASSES = 3


def plan_crowd(setting: Setting, sizes: Sequence[int], history: History) -> Groups:
    """Groups for any number of people, looking only at the pairs that are about to meet."""
    out = sitting_out(setting, len(setting.people) - sum(sizes))
    groups = seat_without(setting, sizes, out)
    bad = sorted(set(repeats(setting, groups, history)) | set(blocked(setting, groups)))
    for _ in range(PASSES):
        if not bad:
            break
        bad = _mend(setting, groups, bad, history)
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
    fresh = count(size)
    number = []
    for person in setting.people:
        known = history.numbers.get(person.id, size)
        number.append(known if known < size else next(fresh))
    order = sorted(range(len(groups)), key=lambda g: -len(groups[g]))
    columns = [
        [number[groups[g][k]] for g in order if len(groups[g]) > k]
        for k in range(max(map(len, groups), default=0))
    ]
    pickers = [_picker(column) for column in columns]
    nobody = array("q", range(-1, -next(fresh) - 1, -1))
    for past in history.rounds:
        where = group_numbers(past, nobody)
        rows = [pick(where) for pick in pickers]
        for a, b in combinations(rows, 2):
            for k in compress(count(), map(eq, a, b)):
                yield order[k]


def _picker(column: list[int]) -> itemgetter[tuple[int, ...]]:
    return itemgetter(*column, column[0])  # one more, so that even one seat gives a tuple


def group_numbers(past: PastRound, nobody: array[int]) -> array[int]:
    """Which group of a past round each person was in; all different for those who were not."""
    where = nobody[:]
    if past.sizes.count(2) == len(past.sizes):
        for seat, member in enumerate(past.members):
            where[member] = seat >> 1
        return where
    members = iter(past.members)
    for group, size in enumerate(past.sizes):
        for _, member in zip(range(size), members, strict=False):
            where[member] = group
    return where


def _mend(setting: Setting, groups: Groups, bad: list[int], history: History) -> list[int]:
    """Trade places between these groups and some random ones; the groups that stay bad."""
    donors = setting.rnd.sample(range(len(groups)), min(len(groups), DONORS * len(bad) + BATCH))
    chosen = sorted({*bad, *donors} - set(bad))
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
