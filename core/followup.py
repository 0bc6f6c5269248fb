"""When to ask what became of an introduction: once early, twice later, on working days (P10)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

SATURDAY = 5
SHORT = timedelta(days=2)  # rounds shorter than this get one question only
AFTERNOON = time(16)  # when that one is asked, if the afternoon is part of the round
SETTLED = timedelta(hours=1)  # nobody is asked sooner than this after an introduction


@dataclass(frozen=True, slots=True)
class FollowUps:
    """The nudge to the organiser and the two questions, as UTC instants; None: not at all."""

    nudge: datetime | None
    first: datetime | None
    last: datetime


def follow_ups(introduced_at: datetime, ends_at: datetime, zone: str) -> FollowUps:
    """Split the time between an introduction and the round's end (both aware instants).

    The nudge comes after a fifth of the days, the questions after two fifths and on the last day,
    each at the introduction's own wall-clock time in `zone` and never on a weekend. A short round
    gets one question, in the afternoon if it has one.
    """
    if ends_at - introduced_at < SHORT:
        return FollowUps(None, None, _afternoon(introduced_at, ends_at, zone))
    local = ZoneInfo(zone)
    days = (ends_at.astimezone(local).date() - introduced_at.astimezone(local).date()).days
    last = _at(introduced_at, max(1, days - 1), zone, back=True)
    if not introduced_at < last < ends_at:
        last = _afternoon(introduced_at, ends_at, zone)
    first = _at(introduced_at, max(1, days * 2 // 5), zone)
    nudge = _at(introduced_at, max(1, days // 5), zone)
    return FollowUps(
        nudge if nudge < min(first, last) else None, first if first < last else None, last
    )


def _at(introduced_at: datetime, days: int, zone: str, back: bool = False) -> datetime:
    local = introduced_at.astimezone(ZoneInfo(zone)) + timedelta(days=days)
    beyond = local.weekday() - SATURDAY
    if beyond >= 0:
        local += timedelta(days=-1 - beyond) if back else timedelta(days=2 - beyond)
    return local.astimezone(introduced_at.tzinfo)


def _afternoon(introduced_at: datetime, ends_at: datetime, zone: str) -> datetime:
    """The last working afternoon of the round; without one, when three quarters are over."""
    local = ZoneInfo(zone)
    day = ends_at.astimezone(local).date()
    while day >= introduced_at.astimezone(local).date():
        moment = datetime.combine(day, AFTERNOON, local).astimezone(introduced_at.tzinfo)
        if day.weekday() < SATURDAY and introduced_at + SETTLED <= moment < ends_at:
            return moment
        day -= timedelta(days=1)
    return introduced_at + (ends_at - introduced_at) * 3 / 4
