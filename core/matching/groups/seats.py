"""First seats, before anybody trades: whose turn it is to sit out or to be in an odd group."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from core.matching.setting import Groups, Setting


def sitting_out(setting: Setting, count: int) -> set[int]:
    """Those whose turn it is to sit out: fewest times so far, then chance."""
    people = setting.people
    return set(sorted(range(len(people)), key=lambda v: people[v].credit)[:count])


def seat_without(setting: Setting, sizes: Sequence[int], out: set[int]) -> Groups:
    """Everybody but those who sit out in random groups; the odd groups go to whose turn it is.

    Odd groups come first. If somebody sits out or all groups are odd there are no turns.
    """
    odd = [size for size in sizes if size != setting.rules.size]
    everybody = range(len(setting.people))
    if out or not odd or len(odd) == len(sizes):
        seats = iter([v for v in everybody if v not in out])
        return [list(islice(seats, size)) for size in sizes]
    order = iter(sorted(everybody, key=lambda v: _turn(setting, v, odd)))
    chosen = [list(islice(order, size)) for size in odd]
    rest = iter(sorted(order))
    plain = [list(islice(rest, size)) for size in sizes if size == setting.rules.size]
    return chosen + plain


def _turn(setting: Setting, v: int, odd: Sequence[int]) -> float:
    """Lower for whoever was in fewer odd groups so far, and for who likes such a group."""
    person = setting.people[v]
    if person.size is None:
        return person.credit
    return person.credit + (-1 if person.size in odd else 1)


def turns(setting: Setting, groups: Groups) -> tuple[set[int], set[int]]:
    """The odd groups, and the people who should not be moved into one: it is not their turn."""
    usual = setting.rules.size
    odd = {g for g, group in enumerate(groups) if len(group) != usual}
    if not odd or len(odd) == len(groups):
        return set(), set()
    credits = sorted(person.credit for person in setting.people)
    inside = sum(len(groups[g]) for g in odd)
    limit = max(credits[0] + 1, credits[inside - 1]) + 1e-9
    return odd, {v for v, person in enumerate(setting.people) if person.credit > limit}
