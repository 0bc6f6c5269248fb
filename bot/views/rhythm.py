"""The fields of a rhythm, as hosts and askers fill them in, and the one reading of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import time

from bot.platform import zones
from bot.views import words
from bot.views.blocks import Blocks
from bot.views.fields import Choice, Clock, Line, Number, Pairs, Several
from bot.views.forms import Reading, Wrong
from core.cadence import Cadence, CadenceError, Every

WEEKDAYS: Pairs = tuple((name, str(number)) for number, name in enumerate(words.WEEKDAYS))
CHOOSE_DAY = "Choose at least one weekday."
NO_TIME = "Choose a time of day, such as 10:00."


@dataclass(frozen=True, slots=True)
class Often:
    """An option of "How often"; what it leaves open is asked beside it."""

    label: str
    value: str
    kind: Every
    interval: int | None = None  # None: a number field asks
    nth: int | None = None  # None in a monthly one: a choice asks


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneLine(Line):
    """A time zone by its name."""

    longest: int = 60

    def check(self, value: str) -> str:
        try:
            return zones.typed(value)
        except zones.UnknownZone as unknown:
            raise Wrong(unknown_zone(value, unknown.near)) from unknown


@dataclass(frozen=True, slots=True)
class RhythmDraft:
    """The fields of a rhythm as they stand, right or wrong."""

    often: str = "weeks:1"
    every: str = ""
    weekday: str = "0"
    weekdays: tuple[str, ...] = ("0",)
    nth: str = "1"
    at: time | None = time(10)
    zone: str = "UTC"


@dataclass(frozen=True, slots=True, kw_only=True)
class RhythmForm:
    """The fields of one form; `every` (by kind) and `nth` are for options that leave them open."""

    offered: Sequence[Often]
    often: Choice
    weekday: Choice
    weekdays: Several
    at: Clock
    zone: ZoneLine
    every: Mapping[Every, Number] = field(default_factory=dict)
    nth: Choice | None = None

    def dispatching(self) -> tuple[str, ...]:
        """The ids of all fields, each of which may tell of its changes."""
        fields = (self.often.id, self.weekday.id, self.weekdays.id, self.at.id, self.zone.id)
        more = (*(number.id for number in self.every.values()), self.nth.id if self.nth else "")
        return tuple(dict.fromkeys(filter(None, (*fields, *more))))

    def draft_of(self, cadence: Cadence) -> RhythmDraft:
        """A rhythm as the fields show it."""
        fits = [
            often
            for often in self.offered
            if often.kind is cadence.kind and often.interval in (cadence.interval, None)
        ]
        return RhythmDraft(
            often=fits[0].value if fits else "",
            every=str(cadence.interval),
            weekday=str(cadence.weekdays[0]) if cadence.weekdays else "0",
            weekdays=tuple(str(day) for day in cadence.weekdays),
            nth=str(cadence.nth or 1),
            at=cadence.at,
            zone=cadence.zone,
        )

    def typed(self, reading: Reading, saved: RhythmDraft) -> RhythmDraft:
        """The fields as filled in; those that are not drawn just now as they were saved."""
        number = next(iter(self.every.values()), None)
        return RhythmDraft(
            often=reading.typed(self.often, saved.often) or saved.often,
            every=reading.typed(number, saved.every) if number else saved.every,
            weekday=reading.typed(self.weekday, saved.weekday),
            weekdays=reading.typed(self.weekdays, saved.weekdays),
            nth=reading.typed(self.nth, saved.nth) if self.nth else saved.nth,
            at=reading.typed(self.at, saved.at),
            zone=reading.typed(self.zone, saved.zone),
        )

    def draw(self, draft: RhythmDraft) -> Blocks:
        """The fields that this rhythm needs, and no others."""
        blocks, often = [self.often.draw(draft.often)], self._chosen(draft.often)
        if often and often.interval is None:
            blocks.append(self.every[often.kind].draw(draft.every))
        if often and self.nth and _asks_nth(often):
            blocks.append(self.nth.draw(draft.nth))
        if often and often.kind in {Every.WEEKS, Every.MONTHLY}:
            blocks.append(self.weekday.draw(draft.weekday))
        if often and often.kind is Every.WEEKDAYS:
            blocks.append(self.weekdays.draw(draft.weekdays))
        return [*blocks, self.at.draw(draft.at), self.zone.draw(draft.zone)]

    def read(self, draft: RhythmDraft, reading: Reading, otherwise: Cadence) -> Cadence:
        """The rhythm that the fields mean, in no particular phase.

        `otherwise` when they mean none: what is wrong is noted beside the fields.
        """
        often = self._chosen(reading.check(self.often, draft.often, ""))
        interval = self._interval(often, draft, reading) if often else 1
        days = self._days(often, draft, reading) if often else (0,)
        nth = often.nth if often else None
        if often and self.nth and _asks_nth(often):
            nth = int(reading.check(self.nth, draft.nth, "1"))
        at = reading.check(self.at, draft.at, None)
        zone = reading.check(self.zone, draft.zone, "UTC")
        if often is None or at is None or not reading.is_right():
            return otherwise
        try:
            return Cadence(often.kind, interval, days, nth, at, zone)
        except CadenceError as error:
            reading.refuse(self.often, error.sentence)
            return otherwise

    def _chosen(self, value: str) -> Often | None:
        return next((often for often in self.offered if often.value == value), None)

    def _interval(self, often: Often, draft: RhythmDraft, reading: Reading) -> int:
        if often.interval is not None:
            return often.interval
        return int(reading.check(self.every[often.kind], draft.every, "1"))

    def _days(self, often: Often, draft: RhythmDraft, reading: Reading) -> tuple[int, ...]:
        match often.kind:
            case Every.DAYS:
                return (0,)
            case Every.WEEKDAYS:
                chosen = reading.check(self.weekdays, draft.weekdays, ("0",))
                if not chosen:  # where the field may stay empty for other rhythms
                    reading.refuse(self.weekdays, CHOOSE_DAY)
            case _:
                chosen = (reading.check(self.weekday, draft.weekday, "0"),)
        return tuple(int(day) for day in chosen)


def options(offered: Sequence[Often]) -> Pairs:
    """These as the options of a field."""
    return tuple((often.label, often.value) for often in offered)


def unknown_zone(text: str, near: str | None) -> str:
    """Beside the field of the time zone."""
    hint = f"Did you mean {near}?" if near else "Try a large city, such as Europe/Berlin."
    return f"I know no time zone “{text if len(text) <= 40 else text[:39] + '…'}”. {hint}"


def _asks_nth(often: Often) -> bool:
    return often.kind is Every.MONTHLY and often.nth is None
