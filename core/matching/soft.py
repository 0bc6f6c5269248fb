"""Soft wishes: what a pair costs when they are not met. They never outweigh a repeat."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence

from core.matching.columns import column
from core.matching.values import Candidate, Preferences

WORST = 8  # the cost of a wish not met at all; what is not known about somebody costs nothing

SoftCost = Callable[[int, int], int]


def soft_cost(people: Sequence[Candidate], prefer: Preferences) -> SoftCost | None:
    """The cost of seating places i and j together, or None when no wish is switched on.

    People alike in team, hours and place cost the same, so that part is worked out once for
    every two kinds of people.
    """
    parts = [
        (prefer.cross_team, _same_team),
        (prefer.within_team, _other_team),
        (prefer.hours, _few_common_hours),
        (prefer.mode, _cannot_agree_where),
    ]
    wishes = [(weight, wish) for weight, wish in parts if weight]
    shared = prefer.few_shared_channels
    if not (wishes or shared):
        return None
    kind = _kinds(people)
    many = 1 + max(kind, default=0)
    known: dict[int, int] = {}
    channels = list(column(people, "channels")) if shared else []

    def cost(i: int, j: int) -> int:
        both = kind[i] * many + kind[j]
        value = known.get(both)
        if value is None:
            value = sum(weight * wish(people[i], people[j]) for weight, wish in wishes)
            known[both] = value
        if shared:
            value += shared * min(WORST, len(channels[i] & channels[j]))
        return value

    return cost


def _kinds(people: Sequence[Candidate]) -> array[int]:
    """For everybody a number that those share who are alike in team, hours and place."""
    kinds: dict[tuple[object, ...], int] = {}

    def kind(*traits: object) -> int:
        return kinds.setdefault(traits, len(kinds))

    where = column(people, "mode"), column(people, "site")
    return array("i", map(kind, column(people, "team"), column(people, "hours"), *where))


def most(prefer: Preferences) -> int:
    """An upper bound of what one pair can cost."""
    weights = (prefer.cross_team, prefer.within_team, prefer.hours, prefer.mode)
    return WORST * (sum(weights) + prefer.few_shared_channels)


def _same_team(a: Candidate, b: Candidate) -> int:
    return WORST if a.team is not None and a.team == b.team else 0


def _other_team(a: Candidate, b: Candidate) -> int:
    return WORST if None not in (a.team, b.team) and a.team != b.team else 0


def _few_common_hours(a: Candidate, b: Candidate) -> int:
    """Eight half hours in common are plenty."""
    if not (a.hours and b.hours):
        return 0
    return max(0, WORST - (a.hours & b.hours).bit_count())


def _cannot_agree_where(a: Candidate, b: Candidate) -> int:
    if None in (a.mode, b.mode):
        return 0
    if a.mode != b.mode:
        return WORST
    apart = a.mode == "in_person" and None not in (a.site, b.site) and a.site != b.site
    return WORST if apart else 0
