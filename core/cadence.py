"""When a round or a check-in is due: rhythms on the calendar of one time zone, in UTC instants."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

Closed = Callable[[date], bool] | Collection[date]
"""Dates on which nothing is held: a set of them, or a question that answers yes or no."""

HORIZON = timedelta(days=3660)
"""How far any search looks before it says that there is nothing: ten years."""

LAST = -1
"""`Cadence.nth` for the last such weekday of a month, be it the fourth or the fifth."""


class Every(StrEnum):
    """The four kinds of rhythm."""

    DAYS = "days"
    WEEKS = "weeks"
    WEEKDAYS = "weekdays"
    MONTHLY = "monthly"


LONGEST = {Every.DAYS: 366, Every.WEEKS: 52, Every.WEEKDAYS: 52, Every.MONTHLY: 12}
"""The largest interval of each kind."""


class CadenceError(ValueError):
    """A setting that makes no rhythm: `field` names it, `sentence` says what is wrong with it."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Cadence:
    """A rhythm: every `interval` days, weeks or months, at a wall-clock time in an IANA zone.

    `weekdays` (Monday is 0) is not looked at for DAYS, has one entry for WEEKS and MONTHLY and
    one or more for WEEKDAYS. `nth` is for MONTHLY alone: 1 to 4, or LAST. `anchor` is a date in
    a day, week or month that counts; it sets the phase in both directions and never moves.
    Raises CadenceError when the parts do not fit together.
    """

    kind: Every
    interval: int = 1
    weekdays: tuple[int, ...] = (0,)
    nth: int | None = None
    at: time = time(10, 0)
    zone: str = "UTC"
    anchor: date = date(2024, 1, 1)  # a Monday, the first day of a month and of a year

    def __post_init__(self) -> None:
        object.__setattr__(self, "weekdays", tuple(sorted(set(self.weekdays))))
        _check_rhythm(self)
        _check_weekdays(self)
        if self.at.tzinfo or self.at.second or self.at.microsecond:
            raise CadenceError("at", "The time of day is hours and minutes, such as 10:00.")
        zone_of(self.zone)

    def to_json(self) -> dict[str, Any]:
        """A plain dictionary, as stored in the database; `from_json` reads it back."""
        return {
            "kind": self.kind.value,
            "interval": self.interval,
            "weekdays": list(self.weekdays),
            "nth": self.nth,
            "at": self.at.strftime("%H:%M"),
            "zone": self.zone,
            "anchor": self.anchor.isoformat(),
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Cadence":
        """The cadence that `to_json` wrote; raises CadenceError for anything else."""
        try:
            return cls(
                kind=Every(stored["kind"]),
                interval=int(stored["interval"]),
                weekdays=tuple(int(day) for day in stored["weekdays"]),
                nth=None if stored["nth"] is None else int(stored["nth"]),
                at=time.fromisoformat(stored["at"]),
                zone=str(stored["zone"]),
                anchor=date.fromisoformat(stored["anchor"]),
            )
        except CadenceError:
            raise
        except (KeyError, TypeError, ValueError) as error:
            raise CadenceError("cadence", "The stored rhythm cannot be read.") from error


def zone_of(name: str) -> ZoneInfo:
    """The zone of that IANA name; raises CadenceError for any other text."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:  # OSError: "Europe" is a folder
        raise CadenceError("zone", f"There is no time zone called “{name}”.") from error


def next_due(cadence: Cadence, after: datetime, closed: Closed = ()) -> datetime | None:
    """The first due instant (UTC) strictly after an aware instant; later today counts.

    A closed date is left out, not moved, and the rhythm goes on behind it. None when every
    date of the next ten years is closed.
    """
    return next(_instants(cadence, after, _horizon(after), closed), None)


def next_dates(
    cadence: Cadence, after: datetime, count: int = 5, closed: Closed = ()
) -> list[datetime]:
    """The next due instants (UTC) in order; fewer than `count` only if ten years hold fewer."""
    return list(islice(_instants(cadence, after, _horizon(after), closed), count))


def due_between(
    cadence: Cadence, since: datetime, until: datetime, closed: Closed = ()
) -> list[datetime]:
    """Every due instant (UTC) in (since, until], oldest first."""
    return list(_instants(cadence, since, until, closed))


def missed(
    cadence: Cadence, since: datetime, now: datetime, closed: Closed = ()
) -> datetime | None:
    """The newest due instant (UTC) in (since, now], or None; looks back ten years at most."""
    # Windows that double from the end: after long downtime only the newest matters.
    width = timedelta(days=8)
    while True:
        start = max(since, now - width)
        found = due_between(cadence, start, now, closed)
        if found or start == since or width >= HORIZON:
            return found[-1] if found else None
        width *= 2


def anchored(cadence: Cadence, after: datetime, closed: Closed = ()) -> Cadence:
    """The same rhythm in the phase that makes it begin as soon after an instant as it can.

    For a new schedule: “every second Monday”, set up on a Wednesday, begins next Monday.
    """
    eager = replace(cadence, interval=1)
    first = next(_occurrences(eager, after, _horizon(after), closed), None)
    return replace(cadence, anchor=first[0]) if first else cadence


def held_at(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The instant (UTC) of a wall-clock time on a date in a zone.

    A time that does not exist moves forward by the length of the gap; one that occurs twice is
    the first of the two. Both are what PEP 495 gives for fold=0, and what RFC 5545 asks for.
    """
    return datetime.combine(day, at.replace(fold=0), tzinfo=zone).astimezone(UTC)


def _instants(
    cadence: Cadence, after: datetime, until: datetime, closed: Closed
) -> Iterator[datetime]:
    return (instant for _, instant in _occurrences(cadence, after, until, closed))


def _occurrences(
    cadence: Cadence, after: datetime, until: datetime, closed: Closed
) -> Iterator[tuple[date, datetime]]:
    """The date meant and the instant held, for instants in (after, until], strictly increasing."""
    zone = zone_of(cadence.zone)
    is_closed = closed if callable(closed) else closed.__contains__
    # One day of margin on each side: a gap can be a whole day (Apia, 30 December 2011).
    first = _aware(after).astimezone(zone).toordinal() - 1
    last = _aware(until).astimezone(zone).toordinal() + 1
    newest = after
    for day in _dates(cadence, first, last):
        instant = held_at(day, cadence.at, zone)
        if not newest < instant <= until:
            continue
        # A time moved by a gap may fall on the next date; neither may be closed.
        if is_closed(day) or is_closed(instant.astimezone(zone).date()):
            continue
        newest = instant
        yield day, instant


def _aware(instant: datetime) -> datetime:
    if instant.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return instant


def _horizon(after: datetime) -> datetime:
    """Ten years on, or the last months that datetime can count."""
    end_of_calendar = datetime(9999, 11, 1, tzinfo=UTC)
    return min(_aware(after), end_of_calendar - HORIZON) + HORIZON


def _dates(cadence: Cadence, first: int, last: int) -> Iterator[date]:
    """The dates the rhythm names among the day numbers first..last (as date.toordinal)."""
    walk = {Every.DAYS: _days, Every.MONTHLY: _months}.get(cadence.kind, _weeks)
    for number in walk(cadence, first, last):
        if first <= number <= last:
            yield date.fromordinal(number)


def _days(cadence: Cadence, first: int, last: int) -> Iterator[int]:
    start = first + (cadence.anchor.toordinal() - first) % cadence.interval
    yield from range(start, last + 1, cadence.interval)


def _weeks(cadence: Cadence, first: int, last: int) -> Iterator[int]:
    step = 7 * cadence.interval
    start = _monday(first) + (_monday(cadence.anchor.toordinal()) - _monday(first)) % step
    for monday in range(start, last + 1, step):
        for weekday in cadence.weekdays:
            yield monday + weekday


def _months(cadence: Cadence, first: int, last: int) -> Iterator[int]:
    beginning, end = (_month(date.fromordinal(number)) for number in (first, last))
    start = beginning + (_month(cadence.anchor) - beginning) % cadence.interval
    for month in range(start, end + 1, cadence.interval):
        yield _nth_weekday(month, cadence.weekdays[0], cadence.nth or 1)


def _monday(number: int) -> int:
    return number - (number - 1) % 7  # day 1, 1 January of the year 1, is a Monday


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1


def _nth_weekday(month: int, weekday: int, nth: int) -> int:
    """The day number of the nth such weekday of a month, counted as by `_month`."""
    if nth == LAST:
        seven_before = date(*_year_and_month(month + 1), 1).toordinal() - 7
        return seven_before + (weekday - seven_before + 1) % 7
    first = date(*_year_and_month(month), 1).toordinal()
    return first + (weekday - first + 1) % 7 + 7 * (nth - 1)


def _year_and_month(month: int) -> tuple[int, int]:
    return month // 12, month % 12 + 1


def _check_rhythm(cadence: Cadence) -> None:
    most = LONGEST[cadence.kind]
    if not 1 <= cadence.interval <= most:
        raise CadenceError("interval", f"Choose a number from 1 to {most}.")
    if cadence.kind is not Every.MONTHLY:
        if cadence.nth is not None:
            raise CadenceError("nth", "Only a monthly rhythm has a week of the month.")
    elif cadence.nth not in (1, 2, 3, 4, LAST):
        raise CadenceError("nth", "Choose the 1st, 2nd, 3rd, 4th or last of the month.")


def _check_weekdays(cadence: Cadence) -> None:
    if cadence.kind is Every.DAYS:
        return
    if not cadence.weekdays:
        raise CadenceError("weekdays", "Choose at least one weekday.")
    if any(day not in range(7) for day in cadence.weekdays):
        raise CadenceError("weekdays", "A weekday is a number from 0 (Monday) to 6 (Sunday).")
    if cadence.kind is not Every.WEEKDAYS and len(cadence.weekdays) > 1:
        raise CadenceError("weekdays", "Choose one weekday for this rhythm.")
