"""What the life itself knows, for the auditor: nothing of it is read from the app."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

AFTERMATH = timedelta(hours=3)  # what failed may wait an hour for its next attempt, and fail again


class Fact(StrEnum):
    """What can be known of a person, or of two."""

    INSIDE = "inside"  # the channel
    OPTED = "opted"  # into its rounds
    SKIPPING = "skipping"  # the next round
    PAUSED = "paused"  # until this first day back; None: not
    PACE = "pace"  # at most every so many rounds
    GONE = "gone"  # the account is deactivated
    MUTED = "muted"  # nothing that is not needed
    STATUS = "status"  # a Slack status may leave them out


class Unsure:
    """It was tried while something was broken: nobody knows whether it was taken."""

    def __repr__(self) -> str:
        return "unsure"


UNSURE = Unsure()
Value = bool | int | date | None | Unsure


@dataclass(frozen=True)
class Rhythm:
    """What a host has chosen, as far as it can be told from outside."""

    weeks: int = 1
    weekday: int = 0  # Monday
    hour: int = 10
    zone: str = "Europe/Berlin"
    size: int = 2

    @property
    def phase(self) -> tuple[int, int]:
        """What makes the weeks be counted anew when it changes."""
        return (self.weeks, self.weekday)


class Cause(StrEnum):
    """Why something may come late, or not at all."""

    OFF = "off"  # the app does not run
    OUT = "out"  # the bot is not in the channel
    TROUBLE = "trouble"  # Slack does not answer as it should


@dataclass
class Span:
    """From when to when; `until` is None while it lasts."""

    cause: Cause
    since: datetime
    until: datetime | None = None

    def touches(self, begin: datetime, end: datetime) -> bool:
        """Whether it had an effect between these two instants."""
        lasting = self.until is None or begin <= self.until + AFTERMATH
        return lasting and self.since <= end


@dataclass
class Answer:
    """What somebody wrote in a check-in: a word that is nowhere else, and perhaps a mood."""

    user: str
    word: str
    at: datetime
    mood: int | None = None


@dataclass
class Asked:
    """A check-in that somebody asked for."""

    asker: str
    kind: str
    named: bool
    everyone: bool  # may see the results
    hours: int
    at: datetime
    opens_at: datetime


@dataclass
class Known:
    """All of it. Instants are UTC and those of the one clock."""

    facts: dict[tuple[str, Fact], list[tuple[datetime, Value]]] = field(default_factory=dict)
    zones: dict[str, str] = field(default_factory=dict)
    avoided: dict[frozenset[str], list[tuple[datetime, Value]]] = field(default_factory=dict)
    rhythms: list[tuple[datetime, Rhythm]] = field(default_factory=list)
    quiet: list[tuple[datetime, date]] = field(default_factory=list)  # under pressure until
    hosts: list[tuple[datetime, frozenset[str]]] = field(default_factory=list)
    runs: list[datetime] = field(default_factory=list)  # rounds that a host asked for
    spans: list[Span] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    # By the check-in's number; None: an answer that may or may not have been taken.
    answers: dict[int, list[Answer | None]] = field(default_factory=dict)
    said: dict[tuple[int, str], list[tuple[datetime, str]]] = field(default_factory=dict)
    # Who has pressed to find a second partner beside a meeting, or to stop looking, and when.
    looked: dict[tuple[int, str], list[tuple[datetime, bool]]] = field(default_factory=dict)
    calls: list[tuple[datetime, datetime, str]] = field(default_factory=list)  # "now": from, until
    troubles: int = 0  # faults ordered: each may double a message, none may lose one
    lost_posts: list[datetime] = field(default_factory=list)  # since when a post may be in doubt
    acts: list[str] = field(default_factory=list)  # all that happened, for whoever replays it
    wrong: list[str] = field(default_factory=list)  # what people met at the door

    def learn(self, user: str, fact: Fact, value: Value, at: datetime) -> None:
        """From this instant on it is so."""
        self.facts.setdefault((user, fact), []).append((at, value))

    def fact(self, user: str, fact: Fact, when: datetime) -> Value:
        """What was so just before `when`; UNSURE where it changed at that very instant."""
        return held(self.facts.get((user, fact), []), when)

    def avoid(self, pair: frozenset[str], when: datetime) -> Value:
        """Whether these two may not be introduced."""
        return held(self.avoided.get(pair, [(when - timedelta(days=1), False)]), when)

    def rhythm(self, when: datetime) -> Rhythm:
        """What the host had chosen by then."""
        return next(r for at, r in reversed(self.rhythms) if at <= when)

    def under_pressure(self, when: datetime) -> bool:
        """Whether rounds are rarer then, or may still be by what was reckoned while they were."""
        leave = timedelta(weeks=5)
        return any(at <= when and when.date() <= until + leave for at, until in self.quiet)

    def begin(self, cause: Cause, at: datetime) -> None:
        """It begins, unless it lasts already."""
        if self.lasting(cause) is None:
            self.spans.append(Span(cause, at))

    def end(self, cause: Cause, at: datetime) -> None:
        """It is over."""
        if (span := self.lasting(cause)) is not None:
            span.until = at

    def lasting(self, cause: Cause) -> Span | None:
        """The span of this cause that is not over."""
        return next((s for s in self.spans if s.cause is cause and s.until is None), None)

    def deadline(self, at: datetime, within: timedelta) -> datetime | None:
        """When what is owed from `at` on must have come; None while something stands in its way."""
        deadline = at + within
        for span in sorted(self.spans, key=lambda span: span.since):
            if span.touches(at, deadline):
                if span.until is None:
                    return None
                deadline = max(deadline, span.until + AFTERMATH)
        return deadline

    def calm(self, begin: datetime, end: datetime, *causes: Cause) -> bool:
        """Whether nothing (of these causes) stood in the way between two instants."""
        spans = [s for s in self.spans if not causes or s.cause in causes]
        return not any(span.touches(begin, end) for span in spans)


def held(timeline: list[tuple[datetime, Value]], when: datetime) -> Value:
    """The newest value before `when`; UNSURE where there is none, or one of that instant."""
    value: Value = UNSURE
    for at, later in timeline:
        if at == when and later != value:
            return UNSURE
        if at < when:
            value = later
    return value
