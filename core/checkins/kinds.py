"""The kinds of check-in, and the one table of what is different about each."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from core.actions import ItemKind, Occasion

T = TypeVar("T")
WORRIES, ACTIONS = "worries", "actions"  # the sections whose lines come back
# Bytes of a slip: a character may take four, and a line of each section must fit.
PULSE_SLIP, ONE_SLIP, ARC_SLIP = 1280, 2560, 10240


class Kind(StrEnum):
    """The kinds of check-in, in the order in which they are offered (C1)."""

    OPEN = "open"
    PULSE = "pulse"
    PRESSURE = "pressure"
    MOTIVATION = "motivation"
    KICKOFF = "kickoff"
    RETRO = "retro"
    AAR = "aar"
    CELEBRATE = "celebrate"

    @property
    def rules(self) -> KindRules:
        """What is different about it."""
        return RULES[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class EachKind(Generic[T]):
    """One of something for every kind: the type checker asks for the one that is missing."""

    open: T
    pulse: T
    pressure: T
    motivation: T
    kickoff: T
    retro: T
    aar: T
    celebrate: T

    def __getitem__(self, kind: Kind) -> T:
        found: T = getattr(self, kind.value)
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class KindRules:
    """What is different about a kind of check-in.

    `goes_first`: whoever asks it writes a line of their own, or it is not posted (C2).
    `slip_bytes`: how large the slips of its answers without names are.
    `occasion`: what it is to the arc of a team, if it belongs there: its prompts have sections, and
    what was agreed comes back (C7).
    `collects`: what its answers leave for later, from the section `worries` or `actions`.
    `by_mood`: answers are moods, only counted and never with names; a host turns it on (C4).
    `for_all`: what is said is meant for the whole channel, so it sees the results unless the asker
    chooses otherwise.
    `may_weigh`: what is said may weigh on whoever says it, so they are offered a hand afterwards.
    """

    goes_first: bool
    slip_bytes: int = ONE_SLIP
    occasion: Occasion | None = None
    collects: ItemKind | None = None
    by_mood: bool = False
    for_all: bool = False
    may_weigh: bool = True

    @property
    def planned_ahead(self) -> bool:
        """Whether somebody is asked before: action owners, or the asker about their line."""
        return self.goes_first or self.occasion is not None


RULES = EachKind(
    open=KindRules(goes_first=True),
    pulse=KindRules(goes_first=True, slip_bytes=PULSE_SLIP, by_mood=True),
    pressure=KindRules(goes_first=True),
    motivation=KindRules(goes_first=False),
    kickoff=KindRules(
        goes_first=False,
        slip_bytes=ARC_SLIP,
        occasion=Occasion.KICKOFF,
        collects=ItemKind.WORRY,
        for_all=True,
    ),
    retro=KindRules(
        goes_first=False,
        slip_bytes=ARC_SLIP,
        occasion=Occasion.RETRO,
        collects=ItemKind.ACTION,
    ),
    aar=KindRules(
        goes_first=False,
        slip_bytes=ARC_SLIP,
        occasion=Occasion.AAR,
        collects=ItemKind.ACTION,
    ),
    celebrate=KindRules(goes_first=False, for_all=True, may_weigh=False),
)
ARC = frozenset(kind for kind in Kind if kind.rules.occasion is not None)
PLANNED_AHEAD = frozenset(kind for kind in Kind if kind.rules.planned_ahead)
