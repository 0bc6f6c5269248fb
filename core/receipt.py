"""The account of a round: who met whom, who was left out and why, what changed afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


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
    are the next due times (UTC); `started`: a host has saved the settings.
    """

    receipt: Receipt
    rounds_needed: int | None = None
    dates: tuple[datetime, ...] = ()
    started: bool = True
