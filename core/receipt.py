"""The account of a round: who met whom, who was left out and why, what changed afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

# Left out by a choice of their own, or because of a private list. ALONE is among them, since it
# is the word for who would be without a partner if there were no list.
PERSONAL = frozenset(
    {"opted_out", "paused", "skipping", "away_status", "pace", "no_partner", "alone"}
)
FEWEST = 5  # so many share a class before its reasons are told


@dataclass(frozen=True, slots=True)
class Tellable:
    """Of the people left out of a round: `reasons` for telling, and how many others there are."""

    reasons: Mapping[str, tuple[str, ...]]
    others: int = 0


def tellable(left_out: Mapping[str, tuple[str, ...]]) -> Tellable:
    """What a host may read of those left out, given by the word of their reason.

    A host knows who is in the channel and reads who met, so by subtraction they know who is not in
    the round. Among fewer than FEWEST such people a reason with a number is somebody's reason:
    then the personal ones are one number together.
    """
    personal = {reason: who for reason, who in left_out.items() if reason in PERSONAL}
    count = sum(len(who) for who in personal.values())
    if count >= FEWEST:
        return Tellable(left_out)
    rest = {reason: who for reason, who in left_out.items() if reason not in PERSONAL}
    return Tellable(rest, count)


@dataclass(frozen=True, slots=True)
class Regrouped:
    """Somebody who could not be reached, with Slack's word for why; `now`: who meets instead."""

    gone: str
    cause: str
    now: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Failed:
    """An introduction that did not arrive, with Slack's word for why."""

    users: tuple[str, ...]
    cause: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a round did. Names are told only where the reason is not private.

    `odd` are the places of the groups of another size than the host chose; `left_out` are people by
    the word of their reason (of core.eligibility and core.matching); `late`: held half an hour late
    or later; `capped`: the search for the best groups ended at its limit; `present`: how many took
    part. `failed` and `on_their_way` are of the moment in which hosts are told, and not kept.
    """

    number: int
    groups: tuple[tuple[str, ...], ...] = ()
    odd: tuple[int, ...] = ()
    left_out: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    late: bool = False
    capped: bool = False
    present: int = 0
    replanned: tuple[Regrouped, ...] = ()
    failed: tuple[Failed, ...] = ()
    on_their_way: int = 0

    @property
    def people(self) -> int:
        """How many were introduced."""
        return sum(len(group) for group in self.groups)

    @property
    def meeting(self) -> int:
        """How many take turns in being introduced. Who cannot meet anybody is not told by it."""
        return self.people + len(self.left_out.get("sits_out", ()))

    def to_json(self) -> dict[str, Any]:
        """What is kept with the round."""
        return {
            "number": self.number,
            "groups": [list(group) for group in self.groups],
            "odd": list(self.odd),
            "left_out": {reason: list(users) for reason, users in self.left_out.items()},
            "late": self.late,
            "capped": self.capped,
            "present": self.present,
            "replanned": [
                {"gone": one.gone, "cause": one.cause, "now": list(one.now)}
                for one in self.replanned
            ],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Receipt:
        """What was kept, by any version; what is missing is as in a round with nothing to tell."""
        return cls(
            number=data.get("number", 0),
            groups=tuple(tuple(group) for group in data.get("groups", ())),
            odd=tuple(data.get("odd", ())),
            left_out={reason: tuple(users) for reason, users in data.get("left_out", {}).items()},
            late=data.get("late", False),
            capped=data.get("capped", False),
            present=data.get("present", 0),
            replanned=tuple(
                Regrouped(one["gone"], one["cause"], tuple(one.get("now", ())))
                for one in data.get("replanned", ())
            ),
        )


@dataclass(frozen=True, slots=True)
class Preview:
    """What a round would do if it were held now, and a forecast.

    `rounds_needed` until everyone has met everyone; None where nobody can be introduced. `dates`
    are the next due times (UTC); `started`: a host has saved the settings; `everyone_from`: the
    first round that everyone is in, where that is not the next one.
    """

    receipt: Receipt
    rounds_needed: int | None = None
    dates: tuple[datetime, ...] = ()
    started: bool = True
    everyone_from: datetime | None = None
