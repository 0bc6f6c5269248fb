"""Why two people were put together: facts as values, words belong to the views.

Every claim is made over all people present, blocked or not, so that neither a claim nor a
missing one tells anybody about a "not with" list.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from core.matching.values import PairWhy, Plan


class Kind(StrEnum):
    """The one thing worth saying about a partner."""

    FIRST_TIME = "first_time"  # never introduced before
    NOT_YET_MET = "not_yet_met"  # introduced before, nobody said they met
    AGAIN = "again"  # met before


@dataclass(frozen=True, slots=True)
class Partner:
    """What may be told to one person about one partner."""

    person: str
    kind: Kind
    times: int
    met: int
    rounds_ago: int | None
    nobody_longer: bool
    all_met: bool


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why this person is with these partners."""

    person: str
    partners: tuple[Partner, ...]
    odd: bool


def explain(plan: Plan, person: str) -> Explanation | None:
    """The facts behind this person's group; None when they are in no group of the plan."""
    for group in plan.groups:
        if person in group.people:
            partners = tuple(_partner(why, person) for why in group.why if _about(why, person))
            return Explanation(person, partners, group.odd)
    return None


def _about(why: PairWhy, person: str) -> bool:
    return person in (why.a, why.b)


def _partner(why: PairWhy, person: str) -> Partner:
    first = why.a == person
    return Partner(
        person=why.b if first else why.a,
        kind=_kind(why),
        times=why.times,
        met=why.met,
        rounds_ago=why.rounds_ago,
        nobody_longer=why.longest_for_a if first else why.longest_for_b,
        all_met=why.all_met_by_a if first else why.all_met_by_b,
    )


def _kind(why: PairWhy) -> Kind:
    if why.times == 0:
        return Kind.FIRST_TIME
    return Kind.AGAIN if why.met else Kind.NOT_YET_MET
