"""Rounds of thousands: shuffle, find the few groups that repeat or are blocked, mend those."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations, compress, count, repeat
from operator import eq, getitem

from core.matching.groups import cost_table
from core.matching.ledger import Ledger
from core.matching.pairs import plan_pairs
from core.matching.past import runs
from core.matching.rescue import rescue
from core.matching.seating import Seating, Turns, seat_crowd
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


def plan_crowd(
    setting: Setting, sizes: Sequence[int], out: int, history: History
) -> tuple[Seating, list[int], list[int]]:
    """Groups for any number of people, `out` who sit out, and whom no group could take.

    Looks only at the pairs that are about to meet.
    """
    groups = seat_crowd(setting, sizes)
    turns = Turns(setting, sizes)
    grant_wishes(setting, groups, turns, history)
    again = repeats(setting, groups, turns, history)
    bad = sorted(again.union(blocked(setting, groups)))
    exact = setting.rules.size == SMALLEST and len(setting.people) <= DENSE
    passes = 0 if exact and len(bad) > len(groups) * MANY else PASSES
    for _ in range(passes):
        bad = _mend(setting, groups, bad, turns, history) if bad else []
    if bad and exact:
        setting.ledger = Ledger(setting.numbers, history, setting.ledger.window)
        found = plan_pairs(setting)
        groups = Seating([v for group in found for v in group], map(len, found))
    return _finish(setting, groups, out, history)


def _finish(
    setting: Setting, groups: Seating, out: int, history: History
) -> tuple[Seating, list[int], list[int]]:
    """The groups without the blocked pairs still there, who sits out, and who is left alone."""
    left = groups.without(len(setting.people))
    resting, alone = (left, []) if len(left) == out else ([], left)
    if not alone and next(blocked(setting, groups), None) is None:
        return groups, resting, []
    before = set(map(tuple, groups))
    whole, lonely = rescue(setting, list(groups), alone)
    _look_up(setting, [group for group in whole if tuple(group) not in before], history)
    return Seating([v for group in whole for v in group], map(len, whole)), resting, lonely


def blocked(setting: Setting, groups: Seating) -> Iterator[int]:
    """Groups in which two people must not meet."""
    home = {}
    for seat in compress(count(), map(setting.foes.__contains__, groups.seats)):
        home[groups.seats[seat]] = groups.group_at(seat)
    for v, foes in setting.foes.items():
        for w in foes:
            if home.get(v, -1) == home.get(w, -2):
                yield home[v]


def repeats(setting: Setting, groups: Seating, turns: Turns, history: History) -> set[int]:
    """Groups in which two people have met before, and the few odd groups, met or not."""
    odd = range(turns.odd)
    if not history.rounds:
        return set(odd)
    seated = array("i", map(getitem, repeat(setting.numbers), groups.seats[turns.seats :]))
    size = setting.rules.size
    table = _partners(seated) if size == SMALLEST else _homes(seated, size)
    try:
        again = set(_meeting_again(table, history.rounds, size))
    except IndexError:  # somebody who left had a higher number than all who are here
        highest = max(max(past.members, default=0) for past in history.rounds)
        table.extend(range(-len(table) - 1, -highest - 2, -1))
        again = set(_meeting_again(table, history.rounds, size))
    seats = compress(count(turns.seats), map(again.__contains__, seated))
    return {*odd, *map(groups.group_at, seats)}


def _nobody(seated: array[int]) -> array[int]:
    """A table by number that says nothing about anybody: its entries all differ."""
    return array("i", range(-1, -max(seated) - 2, -1))


def _partners(seated: array[int]) -> array[int]:
    """Whom each number is about to meet."""
    table = _nobody(seated)
    for a, b in zip(seated[::2], seated[1::2], strict=True):
        if a >= 0 and b >= 0:
            table[a], table[b] = b, a
    return table


def _homes(seated: array[int], size: int) -> array[int]:
    """Which group each number is in."""
    table = _nobody(seated)
    for seat, number in enumerate(seated):
        if number >= 0:
            table[number] = seat // size
    return table


def _meeting_again(table: array[int], past: Iterable[PastRound], size: int) -> Iterator[int]:
    """One number of each pair that met and is about to meet.

    Millions of pairs pass through here, so each step is an iterator that runs in C. An array is
    read, not a list: its numbers lie side by side in the processor's cache.
    """
    for one in past:
        for run in runs(one.sizes):
            seats = one.members[run.seat : run.end]
            columns = [seats[k :: run.size] for k in range(run.size)]
            homes: Sequence[Sequence[int]] = columns
            if size > SMALLEST:
                homes = [array("i", map(getitem, repeat(table), column)) for column in columns]
            for i, j in combinations(range(run.size), 2):
                partner = map(getitem, repeat(table), columns[i])
                left = partner if size == SMALLEST else homes[i]
                yield from compress(columns[i], map(eq, left, homes[j]))


def _mend(
    setting: Setting, groups: Seating, bad: list[int], turns: Turns, history: History
) -> list[int]:
    """Trade places between these groups and some random ones; the groups that stay bad."""
    donors = setting.rnd.sample(range(len(groups)), min(len(groups), DONORS * len(bad) + BATCH))
    chosen = sorted({*donors, *_havens(setting, groups, bad)} - set(bad))
    setting.rnd.shuffle(chosen)
    pool = sorted(v for g in {*bad, *chosen} for v in groups[g])
    setting.ledger = _pooled(setting, pool, history)
    left: list[int] = []
    share = max(1, len(chosen) * BATCH // len(bad))
    for k in range(0, len(bad), BATCH):
        part = bad[k : k + BATCH] + chosen[(k // BATCH) * share :][:share]
        left += _mend_part(setting, groups, part, turns)
    return left


def _havens(setting: Setting, groups: Seating, bad: list[int]) -> list[int]:
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


def _look_up(setting: Setting, changed: Groups, history: History) -> None:
    """Know the past of groups that were changed since, besides what is known already."""
    if changed:
        known = {v for v, ties in enumerate(setting.ledger.ties) if ties}
        pool = sorted(known.union(*changed))
        setting.ledger = _pooled(setting, pool, history)


def _pooled(setting: Setting, pool: list[int], history: History) -> Ledger:
    """The ties among the people of the pool, under their places in the whole."""
    inner = Ledger([setting.numbers[v] for v in pool], history, setting.ledger.window)
    ledger = Ledger((), replace(history, rounds=()), inner.window)
    ledger.now = inner.now
    ledger.ties = [{}] * len(setting.people)
    for v, ties in zip(pool, inner.ties, strict=True):
        ledger.ties[v] = {pool[w]: tie for w, tie in ties.items()}
    return ledger


def _mend_part(setting: Setting, groups: Seating, part: list[int], turns: Turns) -> list[int]:
    people = [v for g in part for v in groups[g]]
    costs, unit = cost_table(setting, people)
    here = {v: i for i, v in enumerate(people)}
    table = Table(
        [[here[v] for v in groups[g]] for g in part],
        costs,
        lambda i, k: turns.fixed(people[i], part[k]),
    )
    floor = unit - 1
    setting.limit.spend(len(people) * 16)
    table.settle(setting.rnd, setting.limit.spend, min(floor, unit // 4))
    for g, group in zip(part, table.groups, strict=True):
        groups[g] = [people[i] for i in group]
    return [g for g, group in zip(part, table.groups, strict=True) if _costly(group, costs, unit)]


def _costly(group: Iterable[int], costs: list[list[int]], unit: int) -> bool:
    return any(costs[a][b] >= unit // 4 for a, b in combinations(group, 2))
