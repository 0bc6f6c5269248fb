"""Rounds of thousands: shuffle, find the few groups that repeat or are blocked, mend those."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, compress, count

from core.matching.groups import cost_table
from core.matching.ledger import Ledger
from core.matching.pairs import plan_pairs
from core.matching.past import runs
from core.matching.rescue import rescue
from core.matching.seating import Seating, Turns, seat_crowd
from core.matching.setting import VAST, Setting
from core.matching.sieve import Colours, equal, numbers_in
from core.matching.sizes import SMALLEST
from core.matching.tables import Groups, Table
from core.matching.values import History
from core.matching.wishes import grant_wishes

BATCH = 24  # groups mended at once, together with as many random ones that help
HAVENS = 16  # groups looked at for somebody who may meet few people
PASSES = 3
ALIKE, MOST_COLOURS = 1_500, 8  # people of one colour in a vast crowd; colours as a power of two
DENSE, MANY = 1_024, 0.25  # people up to whom every pair is looked at when too many have met


def plan_crowd(
    setting: Setting, sizes: Sequence[int], out: int, history: History
) -> tuple[Seating, list[int], list[int]]:
    """Groups for any number of people, `out` who sit out, and whom no group could take.

    Looks only at the pairs that are about to meet.
    """
    colours = _colours(setting, history)
    groups = seat_crowd(setting, sizes, _by_place(setting, colours))
    turns = Turns(setting, sizes)
    grant_wishes(setting, groups, turns, history)
    again = repeats(setting, groups, colours, history)
    bad = sorted(again.union(blocked(setting, groups)))
    exact = setting.rules.size == SMALLEST and len(setting.people) <= DENSE
    passes = 0 if exact and len(bad) > len(groups) * MANY else PASSES
    for turn in range(passes):
        unsure = {*range(groups.parts[1]), *range(groups.parts[-2], len(groups))}
        suspects = bad if turn else sorted(unsure.union(bad))
        bad = _mend(setting, groups, suspects, turns, history) if suspects else []
    if bad and exact:
        setting.ledger = Ledger(setting.numbers, history, setting.ledger.window)
        found = plan_pairs(setting)
        groups = Seating([v for group in found for v in group], map(len, found))
    return _finish(setting, groups, out, history)


def _colours(setting: Setting, history: History) -> Colours:
    """Colours for everybody's number: one for all, unless the crowd is vast and has a past."""
    vast = len(setting.people) > VAST and history.rounds
    alike = len(setting.people) // ALIKE if vast else 1
    count = 1 << min(MOST_COLOURS, alike.bit_length() - 1)
    return Colours(count, max(0, *setting.numbers), setting.rnd)


def _by_place(setting: Setting, colours: Colours) -> bytes:
    """Everybody's colour; it does not matter for whoever has no past."""
    by_place = bytearray(colours.of(numbers_in(setting.numbers)))
    for v in compress(count(), map((0).__gt__, setting.numbers)):
        by_place[v] = setting.rnd.randrange(colours.count)
    return bytes(by_place)


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


def repeats(setting: Setting, groups: Seating, colours: Colours, history: History) -> set[int]:
    """Groups in which two people of one colour have met before."""
    top = colours.highest
    home = _homes(setting, groups, top) if history.rounds else array("i")
    again: set[int] = set()
    for past in history.rounds:
        members = numbers_in(past.members)
        for run in runs(past.sizes):
            alike = _alike(members[run.seat : run.end], run.size, colours)
            again.update(home[a] for a, b in alike if a <= top >= b and home[a] == home[b] >= 0)
    return again


def _homes(setting: Setting, groups: Seating, highest: int) -> array[int]:
    """By number: which group somebody is in, for groups of the usual size; -1 for nobody."""
    home = array("i", [-1]) * (highest + 2)
    size, first = setting.rules.size, groups.parts[1]
    for start in range(groups.starts[first], groups.starts[first] + size):
        numbers = map(setting.numbers.__getitem__, groups.seats[start::size])
        for g, number in enumerate(numbers, start=first):
            home[number] = g
    home[-1] = -1  # where all without a number were put
    return home


def _alike(seats: array[int], size: int, colours: Colours) -> Iterator[tuple[int, int]]:
    """The pairs of one colour in past groups of this size."""
    shades = colours.of(seats) if colours.count > 1 else bytes(len(seats))
    for i, j in combinations(range(size), 2):
        left, right = seats[i::size], seats[j::size]
        same = equal(shades[i::size], shades[j::size])
        yield from zip(map(left.__getitem__, same), map(right.__getitem__, same), strict=True)


def _mend(
    setting: Setting, groups: Seating, bad: list[int], turns: Turns, history: History
) -> list[int]:
    """Trade places between these groups and some random ones; the groups that stay bad."""
    donors = setting.rnd.sample(range(len(groups)), min(len(groups), len(bad) + BATCH))
    chosen = sorted({*donors, *_havens(setting, groups, bad)} - set(bad))
    setting.rnd.shuffle(chosen)
    pool = [v for g in {*bad, *chosen} for v in groups[g]]
    setting.ledger = Ledger(setting.numbers, history, setting.ledger.window, pool)
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
        pool = setting.ledger.ties.keys() | {v for group in changed for v in group}
        setting.ledger = Ledger(setting.numbers, history, setting.ledger.window, pool)


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
