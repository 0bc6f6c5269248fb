"""What the matcher is asked and what it answers: people as columns, a plan for all who can meet."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from bot.meetings import availability
from core.matching import Crowd, History, LeftOut, Plan, Reason, Rules, plan_round
from core.values import Person


def crowd(
    people: Iterable[Person], at: datetime, shared: Mapping[str, frozenset[str]] | None = None
) -> Crowd:
    """People as the matcher sees them; `shared` are channels they may have in common, by id.

    A column for each property: a channel of 100,000 people needs no second object for each.
    """
    here, shared = sorted(people, key=lambda person: person.id), shared or {}
    return Crowd(
        [person.id for person in here],
        array("i", [person.number for person in here]),
        team=[person.team for person in here],
        hours=array("q", [availability.hours_mask(person, at.date()) for person in here]),
        mode=[person.mode for person in here],
        size=[person.size for person in here],
        channels=[shared.get(person.id, frozenset()) for person in here],
        credit=array("d", [person.credit for person in here]),
        organised=array("i", [person.organised for person in here]),
    )


def plan(people: Crowd, past: History, rules: Rules, seed: int) -> Plan:
    """The matcher's plan for those who can meet anybody here; the sizes are theirs alone."""
    alone = _without_partner(people, rules)
    if alone:
        people = people.take([v for v, name in enumerate(people.ids) if name not in alone])
    found = plan_round(people, past, rules, seed)
    left = [LeftOut(name, Reason.NO_PARTNER) for name in alone]
    # Somebody who stays behind alone because of them is no less without a partner.
    for rest in found.left_out:
        private = rest.reason is Reason.ALONE and bool(alone)
        left.append(replace(rest, reason=Reason.NO_PARTNER) if private else rest)
    left.sort(key=lambda out: out.person)
    # Groups are read many times when they are written down, so each is made once.
    return replace(found, groups=tuple(found.groups), left_out=tuple(left))


def _without_partner(people: Crowd, rules: Rules) -> set[str]:
    """Those who are on a "not with" list with everybody else here."""
    foes: dict[str, set[str]] = {}
    here = set(people.ids) if rules.blocks else set()
    for one, other in rules.blocks:
        if one != other and one in here and other in here:
            foes.setdefault(one, set()).add(other)
            foes.setdefault(other, set()).add(one)
    return {name for name, blocked in foes.items() if len(blocked) == len(people) - 1}
