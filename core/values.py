"""The values that all rooms pass around: channels, people, meetings and what came of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

from core.cadence import Cadence, Every
from core.starters import Tag

SMALLEST_GROUP, LARGEST_GROUP = 2, 6  # P2
_day = date.fromisoformat
SHORTEST_PACE, LONGEST_PACE = 1, 8  # "at most every n rounds", P7
_PLAIN = ("size", "odd", "guests", "country", "subdivision", "prefer")  # settings as they are


class TakingPart(StrEnum):
    """Who is in a channel's rounds (P6)."""

    OPT_IN = "opt_in"
    EVERYONE = "everyone"


class Notice(StrEnum):
    """Where the notice of the day before goes (P8)."""

    CHANNEL = "channel"
    DM = "dm"
    OFF = "off"


class MeetingKind(StrEnum):
    """How a meeting came about."""

    ROUND = "round"
    IMPROMPTU = "impromptu"
    CHECK_IN = "check_in"  # somebody asked to talk after a check-in (C5)


class Mode(StrEnum):
    """How somebody rather meets; who says nothing does either (P7)."""

    IN_PERSON = "in_person"
    VIRTUAL = "virtual"


class Outcome(StrEnum):
    """What one person says became of a meeting (P10)."""

    MET = "met"
    PLANNING = "planning"
    NOT_THIS_TIME = "not_this_time"


def joint_outcome(answers: list[Outcome | None]) -> Outcome | None:
    """What the answers of a meeting's people add up to: met as soon as anyone says met (P10)."""
    for verdict in (Outcome.MET, Outcome.PLANNING, Outcome.NOT_THIS_TIME):
        if verdict in answers:
            return verdict
    return None


@dataclass(frozen=True, slots=True)
class Who:
    """A person of a workspace, by Slack's ids: every row and every right is a workspace's."""

    team: str
    user: str


@dataclass(frozen=True, slots=True)
class Place:
    """A channel of a workspace, by Slack's ids."""

    team: str
    channel: str


@dataclass(frozen=True, slots=True)
class Window:
    """A channel's protected connection window: local times on some weekdays (Monday = 0)."""

    start: time
    end: time
    weekdays: tuple[int, ...] = (0, 1, 2, 3, 4)

    def to_json(self) -> dict[str, Any]:
        return _span(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Window:
        return cls(*_ends(data), tuple(data["weekdays"]))


def _first_cadence() -> Cadence:
    return Cadence(Every.WEEKS, 1, (0,), at=time(10, 0), zone="UTC", anchor=date(2024, 1, 1))


@dataclass(frozen=True, slots=True)
class ChannelSettings:
    """Everything a host decides for a channel's rounds; `from_json` fills in what is missing."""

    cadence: Cadence = field(default_factory=_first_cadence)
    size: int = 2
    odd: str = "larger"  # core.matching.Odd
    taking_part: TakingPart = TakingPart.OPT_IN
    guests: bool = False
    notice: Notice = Notice.CHANNEL
    country: str | None = None
    subdivision: str | None = None
    blackout: tuple[tuple[date, date], ...] = ()  # first and last day, both closed
    window: Window | None = None
    prefer: Mapping[str, int] = field(default_factory=dict)  # core.matching.Preferences by name

    def to_json(self) -> dict[str, Any]:
        return {
            "cadence": self.cadence.to_json(),
            **{name: getattr(self, name) for name in _PLAIN},
            "taking_part": self.taking_part.value,
            "notice": self.notice.value,
            "blackout": [[a.isoformat(), b.isoformat()] for a, b in self.blackout],
            "window": self.window.to_json() if self.window else None,
            "prefer": dict(self.prefer),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> ChannelSettings:
        settings = cls(**{k: v for k, v in data.items() if k in _PLAIN})
        if "cadence" in data:
            settings = replace(settings, cadence=Cadence.from_json(data["cadence"]))
        return replace(
            settings,
            taking_part=TakingPart(data.get("taking_part", TakingPart.OPT_IN)),
            notice=Notice(data.get("notice", Notice.CHANNEL)),
            blackout=tuple((_day(a), _day(b)) for a, b in data.get("blackout", [])),
            window=Window.from_json(data["window"]) if data.get("window") else None,
        )


@dataclass(frozen=True, slots=True)
class Hours:
    """A person's working hours in their own zone (Monday = 0), and their public holidays.

    `holidays`: of which ISO 3166 code ("DE", "DE-BY"); "": none; None: those of the channel.
    """

    start: time = time(9, 0)
    end: time = time(17, 0)
    weekdays: tuple[int, ...] = (0, 1, 2, 3, 4)
    holidays: str | None = None

    def to_json(self) -> dict[str, Any]:
        return {**_span(self), "holidays": self.holidays}

    @classmethod
    def from_json(cls, data: Mapping[str, Any] | None) -> Hours:
        return cls(*_ends(data), tuple(data["weekdays"]), data.get("holidays")) if data else cls()


def _ends(data: Mapping[str, Any]) -> tuple[time, time]:
    return time.fromisoformat(data["start"]), time.fromisoformat(data["end"])


def _span(of: Window | Hours) -> dict[str, Any]:
    start, end = of.start.isoformat("minutes"), of.end.isoformat("minutes")
    return {"start": start, "end": end, "weekdays": list(of.weekdays)}


@dataclass(frozen=True, slots=True)
class Person:
    """What Kettle knows of a colleague: Slack's flags, and what they chose (P5, P7)."""

    id: str
    number: int
    zone: str = "UTC"
    is_bot: bool = False
    deleted: bool = False
    guest: bool = False
    stranger: bool = False
    team: str | None = None
    status_emoji: str = ""
    status_text: str = ""
    status_until: datetime | None = None
    paused_until: date | None = None
    pace: int = 1
    hours: Hours = field(default_factory=Hours)
    mode: Mode | None = None
    size: int | None = None
    ask_about: str = ""
    obeys_status: bool = False
    open_to_ask: bool = False  # agreed to be asked for a coffee now, or for a hand (P11, C5)
    requests: int | None = 2  # of these, in any seven days; None: no limit (P18)
    muted: bool = False  # hears only what is not optional (P24)
    credit: float = 0.0
    organised: int = 0
    unanswered: int = 0  # rounds in a row without any answer (P10)

    def pause(self, on: date) -> date | None:
        """The first day back from the pause that covers this day; None: there is no such pause.

        Days are those of the person's own calendar, wherever others are.
        """
        until = self.paused_until
        return None if until is None or on >= until else until


@dataclass(frozen=True, slots=True)
class Companion:
    """One person of a meeting, with what they answered and which times they picked."""

    user_id: str
    outcome: Outcome | None = None
    picks: tuple[datetime, ...] = ()


@dataclass(frozen=True, slots=True)
class Meeting:
    """A group of people put together, as the views need it."""

    id: int
    team_id: str
    channel_id: str | None
    kind: MeetingKind
    people: tuple[Companion, ...]
    organiser: str
    created_at: datetime
    ends_at: datetime
    conversation_id: str | None = None
    message_ts: str | None = None
    starter_id: str | None = None
    starter_tag: Tag | None = None
    proposals: tuple[datetime, ...] = ()
    agreed_at: datetime | None = None
    closed: bool = False

    @property
    def user_ids(self) -> tuple[str, ...]:
        """The people's Slack ids, in the order of the introduction."""
        return tuple(person.user_id for person in self.people)

    def told_to(self, user_id: str) -> Outcome | None:
        """What this person may know and notice: met if anyone says so, else their own answer."""
        outcomes = {person.outcome for person in self.people}
        return Outcome.MET if Outcome.MET in outcomes else self.answer_of(user_id)

    def under_way(self, now: datetime) -> bool:
        """Whether these people are put together, introduced or not yet, and their time lasts."""
        return not self.closed and self.ends_at > now and len(self.people) > 1

    def answer_of(self, user_id: str) -> Outcome | None:
        """What this person answered; None when they did not, or are not of the meeting."""
        return next((p.outcome for p in self.people if p.user_id == user_id), None)


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel Kettle was invited to."""

    team_id: str
    id: str
    name: str
    active: bool
    started: bool
    invited_by: str | None
    settings: ChannelSettings
    next_due_at: datetime | None
    round_count: int
    noticed_for: datetime | None
    announced: bool
    quiet_until: date | None
    everyone_from: datetime | None = None  # everyone is in rounds from here on, and was told so
    notice_at: datetime | None = None  # when the next round is announced; None: to be reckoned

    @property
    def place(self) -> Place:
        """The channel by its ids."""
        return Place(self.team_id, self.id)

    def mode_at(self, due_at: datetime) -> TakingPart:
        """Who is in a round that is due then: "everyone" had a day to hear of it first (P6)."""
        told = self.announced and not (self.everyone_from and due_at < self.everyone_from)
        return self.settings.taking_part if told else TakingPart.OPT_IN


@dataclass(frozen=True, slots=True)
class Membership:
    """One person in one channel's rounds."""

    channel_id: str
    user_id: str
    present: bool = True
    opted: bool | None = None
    skipping: bool = False
    waiting_since: datetime | None = None
    last_round: int | None = None
    told_at: datetime | None = None  # came where everyone takes part, and was told so
