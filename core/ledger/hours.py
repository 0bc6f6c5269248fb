"""At which instant a message reaches somebody well: their hours, and those of a group (P16)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from core.cadence import Closed, held_at
from core.slots import Slot, WorkingHours, stretches

FRIDAY, SUNDAY = 4, 6

DAY_BEGINS, NIGHT_BEGINS = time(8, 0), time(20, 0)
"""Between the second and the first nobody is written to in a group, whatever hours they keep."""

AHEAD = timedelta(hours=72)
"""How far ahead a group's first moment is looked for."""

LONGEST_CLOSED = 14
"""How many days a notice may come before its round for somebody to be there and read it."""

LONGEST_AWAY = timedelta(days=62)
"""How far ahead a person's next working hours are looked for."""


@dataclass(frozen=True, slots=True)
class Days:
    """When somebody works, and the local dates on which they do not all the same."""

    hours: WorkingHours
    closed: Closed = ()


def reaches(one: Days, at: datetime) -> datetime | None:
    """The first instant from `at` on (UTC) within this person's hours; `at` itself where it is.

    None when they do not work for LONGEST_AWAY, or on no day at all. `at` must be aware.
    """
    for stretch in stretches(one.hours, at, at + LONGEST_AWAY, one.closed):
        if stretch.end > at:
            return max(at, stretch.start)
    return None


def gathers(people: Sequence[Days], at: datetime, ahead: timedelta = AHEAD) -> datetime:
    """The first instant from `at` on, up to `ahead`, that is in nobody's night and on no day off.

    Where there is none: the first at which that is true for the fewest. Without people: `at`.
    """
    until = at + ahead
    awake = [list(stretches(_waking(one), at, until, one.closed)) for one in people]
    # Somebody more is awake only where a stretch of theirs begins.
    starts = {at} | {one.start for own in awake for one in own if at < one.start <= until}
    return min(sorted(starts), key=lambda moment: sum(not _covers(own, moment) for own in awake))


def together(people: Sequence[Days], at: datetime) -> bool:
    """Whether that instant is in nobody's night and on no day off of theirs."""
    within = (at, at + timedelta(minutes=1))
    return all(_covers(list(stretches(_waking(one), *within, one.closed)), at) for one in people)


def day_before(
    due_at: datetime,
    zone: str,
    weekdays: Collection[int],
    closed: Closed,
    at: time | None = None,
) -> datetime:
    """The same local time, or that one, on the last day before `due_at` that is worked, in UTC.

    `weekdays`: Monday = 0. The calendar day before where LONGEST_CLOSED days are all off.
    """
    here = ZoneInfo(zone)
    local, is_closed = due_at.astimezone(here), closed if callable(closed) else closed.__contains__
    days = [local.date() - timedelta(days=n) for n in range(1, LONGEST_CLOSED + 1)]
    worked = [day for day in days if day.weekday() in weekdays and not is_closed(day)]
    return held_at((worked or days)[0], at or local.time(), here)


def working_week(named: Collection[int]) -> frozenset[int]:
    """The days on which a channel works, told from those on which its rounds are (Monday = 0)."""
    if SUNDAY in named and FRIDAY not in named:
        return frozenset({SUNDAY, *range(FRIDAY), *named})
    return frozenset({*range(FRIDAY + 1), *named})


def by_day(weekdays: Collection[int], zone: str, closed: Closed = ()) -> Days:
    """From the end of one night to the begin of the next, on these weekdays."""
    return Days(WorkingHours(DAY_BEGINS, NIGHT_BEGINS, tuple(sorted(weekdays)), zone), closed)


def _waking(one: Days) -> WorkingHours:
    return by_day(one.hours.weekdays, one.hours.zone).hours


def _covers(stretches_of_one: Sequence[Slot], moment: datetime) -> bool:
    return any(one.start <= moment < one.end for one in stretches_of_one)
