"""When rounds are held: on the host's weekday and hour, whatever clocks do, and none is missed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import count, pairwise
from zoneinfo import ZoneInfo

from tests.soak.audit.seen import Row, Seen
from tests.soak.known import Cause, Rhythm

ON_TIME = timedelta(minutes=10)
TOO_LATE = timedelta(days=1)  # a round missed by more is not held
HOUR = timedelta(hours=1)


def on_the_clock(seen: Seen) -> Iterator[str]:
    """Each round is due at the weekday and hour that the host chose, on the channel's clock."""
    for row in seen.scheduled:
        rhythm = seen.known.rhythm(row["held_at"] - timedelta(seconds=1))
        due = row["due_at"].astimezone(ZoneInfo(rhythm.zone))
        if (due.weekday(), due.hour, due.minute) != (rhythm.weekday, rhythm.hour, 0):
            yield f"round {row['number']} was due on {due:%a %H:%M}, chosen was {rhythm}"


def in_step(seen: Seen) -> Iterator[str]:
    """Between two rounds of one rhythm there are so many weeks, or some multiple of them."""
    for before, after in pairwise(seen.scheduled):
        first, second = (seen.known.rhythm(row["held_at"]) for row in (before, after))
        if first.phase != second.phase or _changed_between(seen, before, after):
            continue
        zone = ZoneInfo(second.zone)
        days = after["due_at"].astimezone(zone).date() - before["due_at"].astimezone(zone).date()
        if days.days <= 0 or days.days % (7 * second.weeks):
            yield f"rounds {before['number']}, {after['number']} are {days.days} days apart"


def _changed_between(seen: Seen, before: Row, after: Row) -> bool:
    """Whether a host chose anything in between: another hour may bring a second round that day."""
    return any(before["held_at"] <= at <= after["held_at"] for at, _ in seen.known.rhythms)


@dataclass(frozen=True)
class Due:
    """An instant at which a round has to be held."""

    at: datetime
    rhythm: Rhythm


def dues(seen: Seen) -> list[Due]:
    """All of them so far, reckoned from what hosts have chosen alone."""
    return seen.reckoned("calendar", _reckon)[0]


def _reckon(seen: Seen) -> tuple[list[Due], datetime]:
    """The same, and the date from which the weeks of the present rhythm are counted.

    Another weekday, or another number of weeks, begins on the first date that fits; another hour
    keeps the weeks as they were.
    """
    found: list[Due] = []
    chosen = [*seen.known.rhythms, (seen.now, seen.known.rhythms[-1][1])]
    anchor, before = None, None
    for (since, rhythm), (until, _) in pairwise(chosen):
        if anchor is None or before is None or before.phase != rhythm.phase:
            anchor = _first(rhythm, since)
        for turn in range(30):
            at = _moved(anchor, rhythm, turn * rhythm.weeks)
            if since < at <= until:
                found.append(Due(at, rhythm))
            if at > until:
                break
        before = rhythm
    assert anchor is not None
    return found, anchor


def _first(rhythm: Rhythm, since: datetime) -> datetime:
    """The first such weekday and hour after an instant."""
    zone = ZoneInfo(rhythm.zone)
    local = since.astimezone(zone)
    for days in range(9):
        day = local.date() + timedelta(days=days)
        at = datetime.combine(day, time(rhythm.hour), zone).astimezone(since.tzinfo)
        if day.weekday() == rhythm.weekday and at > since:
            return at
    raise AssertionError("a week has every weekday")


def _moved(anchor: datetime, rhythm: Rhythm, weeks: int) -> datetime:
    zone = ZoneInfo(rhythm.zone)
    day = anchor.astimezone(zone).date() + timedelta(weeks=weeks)
    return datetime.combine(day, time(rhythm.hour), zone).astimezone(anchor.tzinfo)


def none_missed(seen: Seen) -> Iterator[str]:
    """Every due round is held, or its hosts hear that it was missed for a day or more."""
    held = {row["due_at"]: row for row in seen.rows("rounds")}
    missed = [row for row in seen.rows("deliveries") if row["kind"] == "missed"]
    for due in dues(seen):
        if seen.known.under_pressure(due.at):
            continue
        if _was_out(seen, due.at) or due.at in held or not seen.overdue(due.at, HOUR):
            continue
        off = _off_since(seen, due.at)
        if not off or not any(row["due_at"] > due.at for row in missed):
            yield f"the round of {due.at:%a %d %b %H:%M} was not held, and no host heard why"


def none_invented(seen: Seen) -> Iterator[str]:
    """No round is held that was not due."""
    wanted = {due.at for due in dues(seen)}
    changes = [at for at, _ in seen.known.rhythms[1:]]
    for row in seen.scheduled:
        if row["due_at"] not in wanted and not any(
            abs(row["held_at"] - at) < TOO_LATE for at in changes
        ):
            yield f"round {row['number']} of {row['due_at']} was never due"


def held_on_time(seen: Seen) -> Iterator[str]:
    """A round is held when it is due; later only where something stood in its way."""
    for row in seen.scheduled:
        late = row["held_at"] - row["due_at"]
        if late < timedelta(0) or late >= TOO_LATE:
            yield f"round {row['number']} was held {late} after it was due"
        elif late > ON_TIME and seen.known.calm(row["due_at"], row["held_at"]):
            yield f"round {row['number']} was held {late} late, and all was well"


def next_one_is_known(seen: Seen) -> Iterator[str]:
    """What the channel goes by is the next due instant, and it lies ahead."""
    for channel in seen.rows("channels"):
        if channel["active"] and seen.known.lasting(Cause.OFF) is None:
            at = channel["next_due_at"]
            if at is None or seen.overdue(at, HOUR):
                yield f"the next round is {at}, and it is {seen.now}"
            elif seen.known.under_pressure(seen.now):
                continue
            elif seen.known.calm(seen.now, seen.now) and at != _expected(seen):
                yield f"the next round is {at}, and should be {_expected(seen)}"


def ends_with_the_next(seen: Seen) -> Iterator[str]:
    """A round lasts until the next one, as far as could be known when it was held."""
    for row in seen.scheduled:
        rhythm = seen.known.rhythm(row["held_at"] - timedelta(seconds=1))
        zone = ZoneInfo(rhythm.zone)
        days = row["ends_at"].astimezone(zone).date() - row["due_at"].astimezone(zone).date()
        most = 7 * rhythm.weeks * (2 if seen.known.under_pressure(row["held_at"]) else 1)
        if days.days % 7 or not 0 < days.days <= most:
            yield f"round {row['number']} ends {days.days} days after it was due"


def _expected(seen: Seen) -> datetime:
    """The next due instant after now, reckoned as above."""
    rhythm, anchor = seen.known.rhythms[-1][1], seen.reckoned("calendar", _reckon)[1]
    turns = (_moved(anchor, rhythm, turn * rhythm.weeks) for turn in count())
    return next(at for at in turns if at > seen.now)


def _was_out(seen: Seen, at: datetime) -> bool:
    """Whether the bot was not in the channel then; nothing is made up for afterwards."""
    out = [s for s in seen.known.spans if s.cause is Cause.OUT]
    return any(s.since <= at and (s.until is None or at <= s.until) for s in out)


def _off_since(seen: Seen, at: datetime) -> bool:
    """Whether nobody ran it for a day or more from before then."""
    off = [s for s in seen.known.spans if s.cause is Cause.OFF and s.until is not None]
    return any(s.since <= at and s.until is not None and s.until - at >= TOO_LATE for s in off)


def rarer_under_pressure(seen: Seen) -> Iterator[str]:
    """Until the day that a host has named, every second round is left out."""
    for since, until in seen.known.quiet:
        within = [r for r in seen.scheduled if since < r["held_at"] and r["due_at"].date() < until]
        for before, after in pairwise(within):
            rhythm = seen.known.rhythm(after["held_at"])
            near = after["due_at"] - before["due_at"] < timedelta(weeks=2 * rhythm.weeks, hours=-3)
            if near and not _changed_between(seen, before, after):
                yield f"under pressure, and yet round {after['number']} follows at once"


def not_twice_in_a_row(seen: Seen) -> Iterator[str]:
    """A host who asks for a round again within minutes means the same one."""
    asked = sorted(r["held_at"] for r in seen.rows("rounds") if r not in seen.scheduled)
    for before, after in pairwise(asked):
        if after - before < timedelta(minutes=5):
            yield f"a round was held at {before} and again at {after}"


def counted(seen: Seen) -> Iterator[str]:
    """Rounds are numbered one after another, and the channel knows how many there were."""
    numbers = sorted(row["number"] for row in seen.rows("rounds"))
    counts = [channel["round_count"] for channel in seen.rows("channels")]
    if numbers != list(range(1, len(numbers) + 1)) or counts != [len(numbers)]:
        yield f"rounds have the numbers {numbers}, and the channel counts {counts}"


CHECKS = (
    on_the_clock, in_step, none_missed, none_invented, held_on_time, next_one_is_known,
    ends_with_the_next, rarer_under_pressure, not_twice_in_a_row, counted,
)  # fmt: skip
