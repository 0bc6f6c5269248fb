"""When to ask what became of an introduction: once early, twice later, on working days (P10)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

SATURDAY = 5
SHORT = timedelta(days=2)  # rounds this short get one question only


@dataclass(frozen=True, slots=True)
class FollowUps:
    """The nudge to the organiser and the two questions, as UTC instants; None: not at all."""

    nudge: datetime | None
    first: datetime | None
    last: datetime


def follow_ups(held_at: datetime, ends_at: datetime, zone: str) -> FollowUps:
    """Split the time between a round and its end (both aware instants).

    The nudge comes after a fifth of it, the questions after two fifths and on the last day,
    each at the round's own wall-clock time in `zone` and never on a weekend.
    """
    length = ends_at - held_at
    if length < SHORT:
        return FollowUps(None, None, ends_at - length / 4)
    days = length.days
    last = _at(held_at, max(1, days - 1), zone, back=True)
    first = _at(held_at, max(1, days * 2 // 5), zone)
    nudge = _at(held_at, max(1, days // 5), zone)
    return FollowUps(
        nudge if nudge < first else None,
        first if first < last else None,
        last if held_at < last < ends_at else ends_at - timedelta(hours=2),
    )


def _at(held_at: datetime, days: int, zone: str, back: bool = False) -> datetime:
    local = held_at.astimezone(ZoneInfo(zone)) + timedelta(days=days)
    beyond = local.weekday() - SATURDAY
    if beyond >= 0:
        local += timedelta(days=-1 - beyond) if back else timedelta(days=2 - beyond)
    return local.astimezone(held_at.tzinfo)
