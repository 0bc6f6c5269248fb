"""Times for a group: inside everyone's hours, and not where one of them is promised already."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache

from sqlmodel import Session

from bot.platform import closed_days, zones
from core import slots
from core.cadence import Closed
from core.ledger import hours
from core.ledger.hours import Days
from core.values import Channel, Hours, Meeting, Person, Window
from storage.meetings import times as storage

REACH = timedelta(days=14)  # times are proposed this far ahead at most
APART = timedelta(hours=12)  # between two moments that may lie on two days
SHARE = 2  # an introduction waits for no longer than half of its round


@dataclass(frozen=True, slots=True)
class Taken:
    """By person, the half hours (UTC) that are agreed in other groups, and that are offered."""

    agreed: Mapping[str, frozenset[datetime]]
    offered: Mapping[str, frozenset[datetime]]

    def with_agreed(self, user_ids: Collection[str], instants: Collection[datetime]) -> Taken:
        """The same, where these people are not to be offered these instants either."""
        more = {u: self.agreed.get(u, frozenset()) | frozenset(instants) for u in user_ids}
        return replace(self, agreed={**self.agreed, **more})


def taken(
    tx: Session,
    team_id: str,
    user_ids: Collection[str],
    now: datetime,
    besides: int | None = None,
) -> Taken:
    """What these people are promised in any channel of the workspace, but for one meeting."""
    agreed: dict[str, set[datetime]] = {}
    offered: dict[str, set[datetime]] = {}
    for one in storage.promised(tx, team_id, user_ids, now, besides):
        if one.agreed_at is not None:
            agreed.setdefault(one.user_id, set()).add(one.agreed_at)
        offered.setdefault(one.user_id, set()).update(one.offered)
    return Taken(_frozen(agreed), _frozen(offered))


def _frozen(sets: Mapping[str, set[datetime]]) -> dict[str, frozenset[datetime]]:
    return {user_id: frozenset(instants) for user_id, instants in sets.items()}


def propose(
    members: Sequence[Person],
    channel: Channel | None,
    begins: datetime,
    until: datetime,
    elsewhere: Taken,
) -> tuple[datetime, ...]:
    """Up to three half hours inside everyone's working hours before `until`.

    Where the channel keeps hours free for talking, in these alone. What is offered elsewhere is
    offered again only where nothing else is left; what is agreed elsewhere never is.
    """
    agreed = _of(elsewhere.agreed, members)
    both = agreed | _of(elsewhere.offered, members)
    within = (begins, min(until, begins + REACH))
    found = _found(_hours(members), *within, _channels(channel), both)
    if not found and both != agreed:
        found = _found(_hours(members), *within, _channels(channel), agreed)
    return tuple(slot.start for slot in found)


def fits(
    members: Sequence[Person], channel: Channel | None, instant: datetime, elsewhere: Taken
) -> bool:
    """Whether the half hour that begins then is one that could be proposed to these people."""
    within = (instant - slots.LEAD, instant + slots.LENGTH)
    return instant in propose(members, channel, *within, elsewhere)


def starts(
    members: Sequence[Person], channel: Channel, now: datetime, ends_at: datetime
) -> datetime:
    """When their conversation starts: in nobody's night and on no day off, if that can be (P16).

    Within three days and the first half of a round, so that some of it is left to meet in.
    """
    ahead = min(hours.AHEAD, (ends_at - now) / SHARE)
    return _starts(_hours(members), now, max(ahead, timedelta(0)), _holidays(channel))


def moments(
    members: Sequence[Person], channel: Channel, now: datetime, until: datetime
) -> Iterator[datetime]:
    """Later moments up to `until` at which it is day for all of them, half a day apart at least."""
    people = _days(_hours(members), _holidays(channel))
    at = now + APART
    while at <= until:
        moment = hours.gathers(people, at, until - at)
        if hours.together(people, moment):
            yield moment
        at = max(at, moment) + APART


def hours_meet(members: Sequence[Person], begins: datetime) -> bool:
    """Whether the working hours of these people overlap at all."""
    return bool(_found(_hours(members), begins, begins + REACH, (None, None), frozenset()))


def suits_all(meeting: Meeting, here: Collection[str], elsewhere: Taken) -> datetime | None:
    """The earliest time that everyone of the meeting picked and nobody has agreed to elsewhere.

    `here` are those who have not left the company: nobody waits for the others.
    """
    free = {
        person.user_id: set(person.picks) - elsewhere.agreed.get(person.user_id, frozenset())
        for person in meeting.people
    }
    return slots.agreed(free, here) if len(here) > 1 else None


Asked = tuple[tuple[Hours, str], ...]
DaysOff = tuple[str | None, str | None, tuple[tuple[date, date], ...]]
Ours = tuple[tuple[Window, str] | None, DaysOff | None]


def _of(
    instants: Mapping[str, frozenset[datetime]], members: Sequence[Person]
) -> frozenset[datetime]:
    return frozenset().union(*(instants.get(person.id, frozenset()) for person in members))


def _hours(members: Sequence[Person]) -> Asked:
    return tuple((person.hours, zones.known(person.zone)) for person in members)


def _channels(channel: Channel | None) -> Ours:
    """The hours that the channel keeps free, and its days off."""
    if channel is None:
        return None, None
    settings = channel.settings
    window = (settings.window, settings.cadence.zone) if settings.window else None
    return window, _days_off(channel)


def _days_off(channel: Channel) -> DaysOff:
    settings = channel.settings
    return settings.country, settings.subdivision, settings.blackout


def _holidays(channel: Channel) -> DaysOff:
    """Those of people: a host's own dates are of rounds."""
    return channel.settings.country, channel.settings.subdivision, ()


@lru_cache(maxsize=4096)
def _starts(asked: Asked, now: datetime, ahead: timedelta, days_off: DaysOff) -> datetime:
    return hours.gathers(_days(asked, days_off), now, ahead)


def _days(asked: Asked, days_off: DaysOff) -> list[Days]:
    return [Days(slots.WorkingHours.of(own, zone), _closed(own, days_off)) for own, zone in asked]


def _closed(own: Hours, days_off: DaysOff | None) -> Closed:
    """On which dates somebody is off: holidays of their own choice, else those of the channel."""
    if own.holidays is not None:
        return closed_days.of_their_own(own.holidays, days_off[-1] if days_off else ())
    return closed_days.closed_dates(*days_off) if days_off else ()


@lru_cache(maxsize=4096)  # in a large round the same few zones and hours come again and again
def _found(
    asked: Asked, begins: datetime, until: datetime, ours: Ours, instants: frozenset[datetime]
) -> tuple[slots.Slot, ...]:
    window, days_off = ours
    who = [
        slots.PersonHours(str(place), slots.WorkingHours.of(own, zone), _closed(own, days_off))
        for place, (own, zone) in enumerate(asked)
    ]
    kept = None
    if window:
        free, zone = window
        kept = slots.ConnectionWindow(free.start, free.end, free.weekdays, zone)
    closed = closed_days.closed_dates(*days_off) if days_off else ()
    full = [slots.Slot(instant, instant + slots.LENGTH) for instant in instants]
    limits = slots.Limits(kept, closed, full)
    return tuple(slots.propose(who, begins, until, limits=limits))
