"""Small words that many messages share: names, times, rhythms, numbers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.views.blocks import escape
from core.cadence import Cadence, Every

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
NTH = {1: "first", 2: "second", 3: "third", 4: "fourth", -1: "last"}


def person(user_id: str) -> str:
    """A person as a mention: Slack shows the name they chose."""
    return f"<@{user_id}>"


def channel(channel_id: str) -> str:
    """A channel as a link."""
    return f"<#{channel_id}>"


def join(parts: Sequence[str]) -> str:
    """ "Ana", "Ana and Bo", "Ana, Bo and Cem"."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def people(user_ids: Sequence[str]) -> str:
    """Several people, in the order given."""
    return join([person(user_id) for user_id in user_ids])


def count(number: int, one: str, many: str | None = None) -> str:
    """ "1 person", "3 people"."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def day(on: date) -> str:
    """ "Monday 2 March"."""
    return f"{WEEKDAYS[on.weekday()]} {on.day} {MONTHS[on.month - 1]}"


def moment(instant: datetime, zone: str) -> str:
    """ "Monday 2 March, 10:00" on the clocks of one zone."""
    local = instant.astimezone(ZoneInfo(zone))
    return f"{day(local.date())}, {local:%H:%M}"


def moment_for_all(instant: datetime) -> str:
    """An instant that Slack shows on each reader's own clock."""
    fallback = f"{moment(instant, 'UTC')} UTC"
    return f"<!date^{int(instant.timestamp())}^{{date_long_pretty}}, {{time}}|{fallback}>"


def day_for_all(instant: datetime) -> str:
    """The day of an instant, as Slack shows it to each reader."""
    fallback = day(instant.astimezone(ZoneInfo("UTC")).date())
    return f"<!date^{int(instant.timestamp())}^{{date_long}}|{fallback}>"


def clock_for_all(instant: datetime) -> str:
    """The time of day that Slack shows on each reader's own clock."""
    return f"<!date^{int(instant.timestamp())}^{{time}}|{moment(instant, 'UTC')} UTC>"


def rhythm(cadence: Cadence) -> str:
    """ "every 2 weeks on Monday at 10:00 (Europe/Berlin)"."""
    days = join([WEEKDAYS[number] for number in cadence.weekdays])
    match cadence.kind:
        case Every.DAYS:
            how = "every day" if cadence.interval == 1 else f"every {cadence.interval} days"
        case Every.WEEKS | Every.WEEKDAYS if cadence.interval == 1:
            how = f"every week on {days}"
        case Every.WEEKS | Every.WEEKDAYS:
            how = f"every {cadence.interval} weeks on {days}"
        case Every.MONTHLY:
            months = "month" if cadence.interval == 1 else f"{cadence.interval} months"
            how = f"on the {NTH[cadence.nth or 1]} {days} of every {months}"
    return f"{how} at {cadence.at:%H:%M} ({cadence.zone})"


def ago(rounds: int) -> str:
    """ "a round ago", "4 rounds ago": a stretch of time, also for what was not in a round."""
    return "a round ago" if rounds == 1 else f"{rounds} rounds ago"


def quoted(text: str) -> str:
    """What somebody typed, at a length that can be quoted."""
    return escape(text if len(text) <= 60 else text[:59] + "…")


def zone(name: str) -> ZoneInfo:
    """A zone by its name."""
    return ZoneInfo(name)
