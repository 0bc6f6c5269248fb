"""Check-ins as values: what was promised about the answers, and where each stands."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from core.cadence import Cadence
from core.checkins.kinds import Kind
from core.checkins.result import Result
from core.values import Place

KEEP_DAYS = 90  # how long answers are kept after the check-in closed
ITEM_KEPT = timedelta(days=365)  # worries and actions that nobody settles, from the same instant on


class Audience(StrEnum):
    """Who sees the results."""

    ASKER = "asker"  # the person who asks, and the hosts of the channel
    CHANNEL = "channel"  # everyone in the channel


class Phase(StrEnum):
    """Where a check-in stands."""

    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class HandState(StrEnum):
    """Where somebody's search for a colleague stands (C5)."""

    WAITING = "waiting"
    MET = "met"
    OVER = "over"  # stopped, or nobody had time


@dataclass(frozen=True, slots=True)
class Contract:
    """What people are promised when they are asked; the same object decides afterwards.

    `floor` is the fewest answers that are shown at all when they carry no names, and None when
    they do. `keep_days` counts from closing.
    """

    kind: Kind
    named: bool
    audience: Audience
    floor: int | None
    keep_days: int = KEEP_DAYS

    def __post_init__(self) -> None:
        if self.kind.rules.by_mood and self.named:
            raise ValueError("a pulse never carries names")
        if self.named == (self.floor is not None):
            raise ValueError("answers without names need a floor, and only those")

    def enough(self, answers: int) -> bool:
        """Whether so many answers may be shown."""
        return answers >= (self.floor or 1)

    def lets_see(self, *, asks_or_hosts: bool, member: bool) -> bool:
        """Whether the results may be shown to such a person."""
        return asks_or_hosts or (member and self.audience is Audience.CHANNEL)

    def lets_post(self) -> bool:
        """Whether the results may be posted in the channel: always, unless names were confided."""
        return self.audience is Audience.CHANNEL or not self.named

    def kept_until(self, closes_at: datetime) -> datetime:
        """When the answers are deleted."""
        return closes_at + timedelta(days=self.keep_days)

    def to_json(self) -> dict[str, Any]:
        return {
            "kind": self.kind.value,
            "named": self.named,
            "audience": self.audience.value,
            "floor": self.floor,
            "keep_days": self.keep_days,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Contract":
        return cls(
            kind=Kind(data["kind"]),
            named=bool(data["named"]),
            audience=Audience(data["audience"]),
            floor=data["floor"],
            keep_days=int(data["keep_days"]),
        )


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a check-in; `section` names its part of a kickoff, retro or aar."""

    text: str
    prompt_id: str | None = None
    section: str | None = None

    @property
    def key(self) -> str:
        """What an answer to it is filed under."""
        return self.section or "answer"

    def to_json(self) -> dict[str, Any]:
        return {"text": self.text, "prompt_id": self.prompt_id, "section": self.section}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Question":
        return cls(data["text"], data.get("prompt_id"), data.get("section"))


@dataclass(frozen=True, slots=True)
class Reply:
    """What the asker says after closing: the loop is closed (C6)."""

    heard: str
    will: str


@dataclass(frozen=True, slots=True)
class Before:
    """The channel's check-in before this one, and its reply if the asker gave one."""

    asker: str
    kind: Kind
    closed_at: datetime
    reply: Reply | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A check-in as it is planned; `schedule_id` says which schedule it is of."""

    asker: str
    line: str
    questions: tuple[Question, ...]
    contract: Contract
    opens_at: datetime
    closes_at: datetime
    schedule_id: int | None = None


@dataclass(frozen=True, slots=True)
class CheckIn:
    """A posted question (or several) to a channel. Answers are kept elsewhere.

    `answers` counts them. `result` is what was decided at closing; `items` are the
    ids of the worries and actions that came back at it.
    """

    id: int
    team_id: str
    channel_id: str
    asker: str
    line: str
    questions: tuple[Question, ...]
    contract: Contract
    phase: Phase
    opens_at: datetime
    closes_at: datetime
    invited: int = 0
    answers: int = 0
    posted_ts: str | None = None
    schedule_id: int | None = None
    before: Before | None = None
    items: tuple[str, ...] = ()
    result: Result | None = field(default=None, repr=False)
    reply: Reply | None = field(default=None, repr=False)

    @property
    def kind(self) -> Kind:
        """What it is about."""
        return self.contract.kind

    @property
    def place(self) -> Place:
        """The channel it is asked in."""
        return Place(self.team_id, self.channel_id)

    @property
    def is_shown(self) -> bool:
        """Whether it has closed with a result that may be seen."""
        return self.result is not None and self.result.is_shown

    def takes_answers(self, now: datetime) -> bool:
        """Whether an answer given now counts."""
        return self.phase is Phase.OPEN and now < self.closes_at


@dataclass(frozen=True, slots=True)
class Recurring:
    """A check-in that comes again and again, as its asker wants it (C8).

    `question` is empty when the library is asked each time.
    """

    asker: str
    kind: Kind
    line: str
    question: str
    named: bool
    audience: Audience
    open_for: timedelta
    cadence: Cadence


@dataclass(frozen=True, slots=True)
class CheckInSettings:
    """What a host decided about check-ins in a channel; a pulse is off until they turn it on."""

    pulse: bool = False
    floor: int | None = None
