"""What goes into a round and what comes out: plain frozen values, no behaviour worth testing."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

UNKNOWN, MET, NOT_MET = 0, 1, 2  # outcomes in PastRound.outcomes


class MatchingError(ValueError):
    """The rules or the people contradict themselves; `field` names what to mend."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field
        self.message = message


@dataclass(frozen=True, slots=True)
class Candidate:
    """One person who is available for this round."""

    id: str
    team: str | None = None
    hours: int = 0  # bit i: half hour i of the UTC day (0..47) is worked; 0: not known
    mode: str | None = None  # "in_person", "virtual" or None: either will do
    site: str | None = None
    size: int | None = None  # the group size this person prefers, 2..6
    channels: frozenset[str] = frozenset()
    credit: float = 0.0  # times in the odd group (or sitting out) minus the fair share
    organised: int = 0  # times organiser so far


@dataclass(frozen=True, slots=True)
class Preferences:
    """How much each soft wish weighs against the others; 0 switches it off."""

    cross_team: int = 0
    within_team: int = 0
    hours: int = 0
    mode: int = 0
    few_shared_channels: int = 0


class Odd(StrEnum):
    """What happens when the head count does not divide by the group size."""

    LARGER = "larger"  # the odd ones join other groups
    SMALLER = "smaller"  # some groups are one smaller, though nobody is ever alone
    SIT_OUT = "sit_out"  # the odd ones sit out, in rotation


@dataclass(frozen=True, slots=True)
class Rules:
    """What the host decided, and who must never meet."""

    size: int = 2
    odd: Odd = Odd.LARGER
    blocks: frozenset[tuple[str, str]] = frozenset()  # unordered and mutual
    prefer: Preferences = Preferences()
    window: float = 0.5  # nobody meets again within this share of a full cycle, if avoidable


@dataclass(frozen=True, slots=True)
class PastRound:
    """One past round: person numbers group after group, and how each group turned out.

    `own` is False for meetings outside this channel's rounds (another channel, an impromptu
    coffee): they count as meetings but do not make "rounds ago" older.
    """

    members: Sequence[int]
    sizes: bytes
    outcomes: bytes
    own: bool = True


@dataclass(frozen=True, slots=True)
class KeptPlan:
    """The proven rest of a cycle (opaque: save it, hand it back with the next round).

    One byte per seat: an index into `people`; the index after the last one is "sits out".
    """

    people: tuple[str, ...]
    sizes: bytes
    rounds: tuple[bytes, ...]
    level: int = 0  # every pair in it had met at most this much when it was proven

    def to_json(self) -> str:
        """As text, about one and a third bytes per person and round kept."""
        rounds = [base64.b64encode(seats).decode() for seats in self.rounds]
        return json.dumps([1, list(self.people), list(self.sizes), rounds, self.level])

    @staticmethod
    def from_json(text: str) -> KeptPlan | None:
        """The plan back, or None when the text is not one: a kept plan is only a head start."""
        try:
            version, people, sizes, rounds, level = json.loads(text)
            seats = tuple(base64.b64decode(part, validate=True) for part in rounds)
            kept = KeptPlan(tuple(map(str, people)), bytes(sizes), seats, int(level))
        except (ValueError, TypeError, binascii.Error):
            return None
        fits = all(len(part) == sum(kept.sizes) for part in kept.rounds)
        return kept if version == 1 and fits else None


@dataclass(frozen=True, slots=True)
class History:
    """All earlier meetings, oldest first, as numbers; `numbers` says who is who."""

    numbers: Mapping[str, int]
    rounds: Sequence[PastRound] = ()
    kept: KeptPlan | None = None


class Reason(StrEnum):
    """Why somebody is in no group. NO_PARTNER is private: it may stem from a "not with" list."""

    ALONE = "alone"  # the only one available
    NO_PARTNER = "no_partner"
    SITS_OUT = "sits_out"  # the odd one, and it is their turn


class PairWhy(NamedTuple):
    """What lay between two people before this round."""

    a: str
    b: str
    times: int = 0  # introductions before
    met: int = 0  # of which they said they met
    rounds_ago: int | None = None  # since the last introduction; None: never introduced
    longest_for_a: bool = True  # nobody present has been apart from a for longer than b
    longest_for_b: bool = True
    all_met_by_a: bool = False  # a had been introduced to everybody present
    all_met_by_b: bool = False


class Group(NamedTuple):
    """People who are introduced to each other. `odd`: not of the size the host chose."""

    people: tuple[str, ...]
    organiser: str
    odd: bool
    why: tuple[PairWhy, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Somebody who is in no group this time, and the reason."""

    person: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class Plan:
    """A round, decided. `capped`: the search stopped at its limit with the best found."""

    groups: Sequence[Group]  # a tuple, or for a crowd a sequence equal to one
    left_out: tuple[LeftOut, ...]
    kept: KeptPlan | None
    capped: bool
    seed: int
