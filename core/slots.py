"""When a few people could talk: free half hours inside everyone's working hours."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from core.cadence import Closed, held_at
from core.values import Hours, Window

HALF_HOUR = timedelta(minutes=30)
LEAD = timedelta(hours=2)
"""Nobody is offered a time sooner than this."""

LENGTH = timedelta(minutes=30)
"""How long a talk is offered."""

REACH = timedelta(days=62)
"""How far ahead times are looked for, however late `until` is."""

MID_MORNING, MID_AFTERNOON = 3 / 16, 11 / 16
"""The best shares of a working day: 10:30 and 14:30 of a day from nine to five."""

SAME_HALF = timedelta(minutes=45)
"""How much worse a time may be to have mornings and afternoons in turn."""


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """Local times in an IANA zone on some weekdays (Monday = 0); an end before the start is
    on the next day, and 0:00 as the end is midnight."""

    start: time = time(9, 0)
    end: time = time(17, 0)
    weekdays: tuple[int, ...] = (0, 1, 2, 3, 4)
    zone: str = "UTC"

    @classmethod
    def of(cls, hours: Hours | Window, zone: str) -> "WorkingHours":
        """A person's stored hours, or a channel's window, in a zone."""
        return cls(hours.start, hours.end, hours.weekdays, zone)


@dataclass(frozen=True, slots=True)
class ConnectionWindow(WorkingHours):
    """The hours a channel keeps free for talking, in the channel's zone."""


@dataclass(frozen=True, slots=True)
class PersonHours:
    """One person of a meeting and the hours they work.

    `closed`: the local dates on which they do not; None: those of the limits.
    """

    person: str
    hours: WorkingHours
    closed: Closed | None = None


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """A proposed time: two instants in UTC."""

    start: datetime
    end: datetime


Time = TypeVar("Time", Slot, datetime)


@dataclass(frozen=True, slots=True)
class _Shared:
    """A stretch in which everyone works, and each person's own stretch around it."""

    start: datetime
    end: datetime
    around: tuple[Slot, ...]


_Offer = tuple[Slot, _Shared]


@dataclass(frozen=True, slots=True)
class Limits:
    """What narrows the times beside people's hours: the channel's window, days off, and times at
    which somebody is promised elsewhere."""

    window: ConnectionWindow | None = None
    closed: Closed = ()
    taken: Collection[Slot] = ()


NO_LIMITS = Limits()


def overlap_mask(hours: WorkingHours, on: date) -> int:
    """The half hours of a UTC date that lie wholly inside working hours, as 48 bits.

    Bit 0 is 00:00 to 00:30 UTC. The overlap of two people is the `&` of their masks.
    """
    midnight = datetime.combine(on, time(), tzinfo=UTC)
    mask = 0
    for stretch in stretches(hours, midnight, midnight + timedelta(days=1), ()):
        first = max(0, -((midnight - stretch.start) // HALF_HOUR))
        last = min(48, (stretch.end - midnight) // HALF_HOUR)
        for half_hour in range(first, last):
            mask |= 1 << half_hour
    return mask


def propose(
    people: Sequence[PersonHours],
    after: datetime,
    until: datetime,
    count: int = 3,
    limits: Limits = NO_LIMITS,
) -> list[Slot]:
    """Up to `count` times in order, as far as possible one a day, on the next days that have any.

    Each begins on a half hour of UTC, at least LEAD behind `after`, ends by `until`, and lies in
    the working hours of everyone, in their own zone and not on a closed local date, in the window
    if there is one, and touches nothing that is taken. Empty when the hours never
    overlap. Both instants must be aware.
    """
    span = Slot(after + LEAD, min(until, after + REACH))
    own = [limits.closed if one.closed is None else one.closed for one in people]
    asked = [(person.hours, closed) for person, closed in zip(people, own, strict=True)]
    if not asked or count < 1:
        return []
    window, taken = limits.window, limits.taken
    shared = _shared([*asked, (window, limits.closed)] if window else asked, span)
    by_day: dict[datetime, list[_Offer]] = {}
    for stretch in shared:
        offers = [offer for offer in _offers(stretch) if _apart(offer[0], taken)]
        if not offers:
            continue
        day = stretch.around[0].start  # the first person's working day
        if day not in by_day and len(by_day) == count:
            break
        by_day.setdefault(day, []).extend(offers)
    return sorted(_choose(list(by_day.values()), count, len(asked)))


def agreed(picks: Mapping[str, Collection[Time]], people: Collection[str]) -> Time | None:
    """The earliest time that everyone picked (slots, or their starts), or None."""
    everyone = [set(picks.get(person, ())) for person in people]
    common = set.intersection(*everyone) if everyone else set()
    return min(common, default=None)


def _choose(offers: list[list[_Offer]], count: int, asked: int) -> list[Slot]:
    """The best time of each day in turn, and again from the first day while some are wanted."""
    chosen: list[Slot] = []
    morning_before: bool | None = None
    while any(offers) and len(chosen) < count:
        for day in offers:
            day[:] = [offer for offer in day if _apart(offer[0], chosen)]
            if day and len(chosen) < count:
                slot, stretch = min(day, key=_dislike(morning_before, asked))
                chosen.append(slot)
                morning_before = _is_morning(slot, stretch)
    return chosen


def _offers(stretch: _Shared) -> Iterator[_Offer]:
    """Every time that begins on a half hour in a shared stretch."""
    start = _next_half_hour(stretch.start)
    while start + LENGTH <= stretch.end:
        yield Slot(start, start + LENGTH), stretch
        start += HALF_HOUR


def _dislike(
    morning_before: bool | None, asked: int
) -> Callable[[_Offer], tuple[timedelta, timedelta, datetime]]:
    """How little a time suits: the worst-off person first, then everyone together."""

    def measure(offer: _Offer) -> tuple[timedelta, timedelta, datetime]:
        slot, stretch = offer
        away = [_from_best(slot.start, own) for own in stretch.around[:asked]]
        again = SAME_HALF if _is_morning(slot, stretch) is morning_before else timedelta()
        return max(away) + again, sum(away, timedelta()), slot.start

    return measure


def _from_best(start: datetime, own: Slot) -> timedelta:
    """How far a start is from the middle of a person's morning or afternoon."""
    length = own.end - own.start
    best = (own.start + length * share for share in (MID_MORNING, MID_AFTERNOON))
    return min(abs(start - moment) for moment in best)


def _is_morning(slot: Slot, stretch: _Shared) -> bool:
    own = stretch.around[0]
    return slot.start < own.start + (own.end - own.start) / 2


def _apart(slot: Slot, chosen: Collection[Slot]) -> bool:
    return all(slot.end <= other.start or other.end <= slot.start for other in chosen)


def _shared(hours: Sequence[tuple[WorkingHours, Closed]], span: Slot) -> Iterator[_Shared]:
    """The stretches long enough for a talk inside everyone's hours and the span, in order."""
    everyone = [stretches(one, span.start, span.end, closed) for one, closed in hours]
    current = [next(own, None) for own in everyone]
    while all(current):
        around = tuple(own for own in current if own)
        start = max(span.start, *(own.start for own in around))
        end = min(span.end, *(own.end for own in around))
        if _next_half_hour(start) + LENGTH <= end:
            yield _Shared(start, end, around)
        first_to_end = min(range(len(around)), key=lambda index: around[index].end)
        current[first_to_end] = next(everyone[first_to_end], None)


def stretches(
    hours: WorkingHours, start: datetime, end: datetime, closed: Closed = ()
) -> Iterator[Slot]:
    """One person's working stretches that touch start..end, in order, as instants in UTC.

    `closed` are local dates on which a stretch would begin. Both instants must be aware.
    """
    zone = ZoneInfo(hours.zone)
    is_closed = closed if callable(closed) else closed.__contains__
    over_night = timedelta(days=1 if hours.end <= hours.start else 0)
    day = start.astimezone(zone).date() - timedelta(days=1)
    last = end.astimezone(zone).date()
    while day <= last:
        if day.weekday() in hours.weekdays and not is_closed(day):
            begins = held_at(day, hours.start, zone)
            ends = held_at(day + over_night, hours.end, zone)
            if max(begins, start) < min(ends, end):
                yield Slot(begins, ends)
        day += timedelta(days=1)


def _next_half_hour(instant: datetime) -> datetime:
    """The instant itself if it is on a half hour, else the next half hour (UTC)."""
    hour = instant.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    return hour + HALF_HOUR * -((hour - instant) // HALF_HOUR)
