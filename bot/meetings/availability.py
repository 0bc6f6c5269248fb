"""Whether somebody has time: their pause, what their status hints at, their working hours."""

from __future__ import annotations

from datetime import date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

from bot.platform import closed_days, zones
from core import eligibility
from core.cadence import Closed
from core.ledger import hours
from core.ledger.hours import LONGEST_AWAY, Days
from core.slots import WorkingHours, overlap_mask
from core.values import Hours, Person


def today(person: Person, at: datetime) -> date:
    """The date on the person's own calendar at that instant."""
    return at.astimezone(ZoneInfo(zones.known(person.zone))).date()


def paused(person: Person, at: datetime) -> bool:
    """Whether the person is on a pause at that instant, by their own calendar."""
    return person.pause(today(person, at)) is not None


def away_until(person: Person, at: datetime) -> date | None:
    """The first day back that the Slack status hints at, in the person's own zone."""
    expires = int(person.status_until.timestamp()) if person.status_until else 0
    now = at.astimezone(ZoneInfo(zones.known(person.zone)))
    return eligibility.away_hint(person.status_emoji, person.status_text, expires, now)


def reached(person: Person, at: datetime, closed: Closed = ()) -> datetime:
    """The first instant from `at` on in the person's working hours, on no day off of theirs.

    `closed`: the holidays of the channel, for who has not said whose they keep. LONGEST_AWAY later
    where there is none by then.
    """
    kept = WorkingHours.of(person.hours, zones.known(person.zone))
    own = closed_days.of_person(person.hours, closed)
    return hours.reaches(Days(kept, own), at) or at + LONGEST_AWAY


def day_before(person: Person, due_at: datetime, at: time, closed: Closed) -> datetime:
    """That time of their own clock, on their own last working day before `due_at`, in UTC."""
    zone, own = zones.known(person.zone), closed_days.of_person(person.hours, closed)
    return hours.day_before(due_at, zone, person.hours.weekdays, own, at)


def hours_mask(person: Person, on: date) -> int:
    """The person's working half hours of that UTC date, for the matcher."""
    return _mask(person.hours, person.zone, on)


@lru_cache(maxsize=4096)
def _mask(hours: Hours, zone: str, on: date) -> int:
    return overlap_mask(WorkingHours.of(hours, zones.known(zone)), on)
