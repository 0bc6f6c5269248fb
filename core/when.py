"""Reading the dates and the minutes that people type behind a command."""

import re
from calendar import monthrange
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from enum import StrEnum

from core.words import plain

LONGEST = timedelta(days=366)
"""How far ahead a date may lie: a year."""

JUST_PASSED = timedelta(days=60)
"""A date without a year that passed this recently is past, and not meant for next year."""

SHORTEST_WAIT, LONGEST_WAIT = 5, 120
"""Minutes that somebody may wait for an impromptu meeting."""

FIRST_HALF = ("january", "february", "march", "april", "may", "june")
MONTHS = (*FIRST_HALF, "july", "august", "september", "october", "november", "december")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
NUMBERS |= {"seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12}

# As they are left by `_tidy` and without the leading word: “until the end of time”, “for good”.
FOREVER = frozenset({"never", "forever", "ever", "always", "good", "indefinitely"})
FOREVER |= {"further notice", "end time", "i return", "i am back", "i'm back", "i’m back"}


class Trouble(StrEnum):
    """What is the matter with a text, so that a view can find the words."""

    PAST = "past"
    NEVER = "never"
    NOT_UNDERSTOOD = "not_understood"
    TOO_FAR = "too_far"
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"


class WhenError(ValueError):
    """A text that gives no usable date or number of minutes; `kind` says why."""

    def __init__(self, kind: Trouble, text: str) -> None:
        super().__init__(f"{kind}: {text!r}")
        self.kind = kind
        self.text = text


def parse_until(text: str, today: date) -> date:
    """The first day back that a text names: “2w”, “until 12 Dec”, “next monday”, “12.12.”.

    A length counts from today. A weekday is the next one after today, and “next friday” is the
    one of next week. A date without a year is the coming one. Raises WhenError: PAST for today or
    earlier, TOO_FAR for more than a year ahead, NEVER for “never” and the like, NOT_UNDERSTOOD
    for the rest, also for 3/4, which is March in one country and April in another.
    """
    said = re.sub(r"^(?:until|till|til|for|in|on|by) ", "", _tidy(text))
    if said in FOREVER:
        raise WhenError(Trouble.NEVER, text)
    try:
        day = next(filter(None, (read(said, today) for read in READINGS)), None)
    except OverflowError as error:
        raise WhenError(Trouble.TOO_FAR, text) from error
    if day is None:
        raise WhenError(Trouble.NOT_UNDERSTOOD, text)
    if day <= today:
        raise WhenError(Trouble.PAST, text)
    if day - today > LONGEST:
        raise WhenError(Trouble.TOO_FAR, text)
    return day


def parse_minutes(text: str, default: int = 15) -> int:
    """Minutes from “15”, “20 min”, “half an hour” or “1h”; `default` for no text.

    Raises WhenError: TOO_SHORT or TOO_LONG outside 5 to 120, NOT_UNDERSTOOD for other text.
    """
    said = re.sub(r"^(?:for|in) ", "", _tidy(text)).replace("half an hour", "30 m")
    if not said:
        return default
    counted = _counted(said + " m" if said.isdecimal() else said, "m|mins?|minutes?|h|hrs?|hours?")
    if counted is None:
        raise WhenError(Trouble.NOT_UNDERSTOOD, text)
    minutes = counted[0] * (60 if counted[1].startswith("h") else 1)
    if minutes < SHORTEST_WAIT:
        raise WhenError(Trouble.TOO_SHORT, text)
    if minutes > LONGEST_WAIT:
        raise WhenError(Trouble.TOO_LONG, text)
    return minutes


def _tidy(text: str) -> str:
    """As `plain` has it, in lower case, no “the”, “of”, commas or quotes, no mark at the end."""
    words = re.sub(r'["`]', "", plain(text).casefold()).replace(",", " ").strip(" '!?").split()
    said = " ".join(word for word in words if word not in {"the", "of"})
    return re.sub(r"(?<=[a-z])\.$", "", said)


def _counted(said: str, units: str) -> tuple[int, str] | None:
    """A number and a unit: “2w”, “3 days”, “a month”."""
    match = re.fullmatch(rf"(?:(\d+) ?|([a-z]+) )({units})", said)
    if match is None:
        return None
    # Nine digits are beyond every limit here; int() itself refuses thousands of them.
    number = int(match[1][:9]) if match[1] else NUMBERS.get(match[2])
    return None if number is None else (number, match[3])


def _phrase(said: str, today: date) -> date | None:
    next_monday = today + timedelta(days=7 - today.weekday())
    next_month = _months_on(today.replace(day=1), 1)
    next_year = _months_on(today.replace(month=1, day=1), 12)
    return {
        "yesterday": today - timedelta(days=1),
        "today": today,
        "tonight": today,
        "tomorrow": today + timedelta(days=1),
        "day after tomorrow": today + timedelta(days=2),
        "next week": next_monday,
        "end week": next_monday,
        "next month": next_month,
        "end month": next_month,
        "next year": next_year,
        "end year": next_year,
    }.get(said)


def _length(said: str, today: date) -> date | None:
    units = "d|days?|w|wks?|weeks?|fortnights?|m|mos?|months?|y|years?"
    if (counted := _counted(said, units)) is None:
        return None
    number, unit = counted
    if unit[0] in "my":
        return _months_on(today, number * (12 if unit[0] == "y" else 1))
    return today + timedelta(days=number * {"d": 1, "w": 7, "f": 14}[unit[0]])


def _weekday(said: str, today: date) -> date | None:
    *before, name = said.split() or [""]
    weekday = _position(name, WEEKDAYS)
    if weekday is None:
        return None
    if before == ["next"]:
        return today + timedelta(days=7 - today.weekday() + weekday)
    if before not in ([], ["this"], ["coming"]):
        return None
    return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


def _day_of_a_month(said: str, today: date) -> date | None:
    """“12 Dec”, “December 12th 2026”, and “the 12th” of this month or the next that has one."""
    day, month = r"(?P<day>\d{1,2})(?:st|nd|rd|th|\.)?", r"(?P<month>[a-z]{3,9})\.?"
    year = r"(?: (?P<year>\d{4}))?"
    for pattern in (f"{day} ?{month}{year}", f"{month} {day}{year}"):
        if match := re.fullmatch(pattern, said):
            position = _position(match["month"], MONTHS)
            named = None if position is None else position + 1
            return _calendar(match["day"], named, match["year"], today)
    if match := re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)", said):
        first = today.replace(day=1)
        months = (_months_on(first, number) for number in range(3))
        days = (_valid(month.year, month.month, int(match[1])) for month in months)
        return next((day for day in days if day and day > today), None)
    return None


def _figures(said: str, today: date) -> date | None:
    """“2026-12-12”, “12.12.” and “12.12.2026” (day first), and 13/12 where one reading fits."""
    if match := re.fullmatch(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})", said):
        return _valid(int(match[1]), int(match[3]), int(match[4]))
    if match := re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.?(\d{4}|\d{2})?", said):
        return _calendar(match[1], int(match[2]), match[3], today)
    if match := re.fullmatch(r"(\d{1,2})([-/])(\d{1,2})(?:\2(\d{4}|\d{2}))?", said):
        month, day = sorted((int(match[1]), int(match[3])))
        if month == day or day > 12:
            return _calendar(str(day), month, match[4], today)
    return None


READINGS: Sequence[Callable[[str, date], date | None]] = (
    _phrase,
    _length,
    _weekday,
    _day_of_a_month,
    _figures,
)


def _calendar(day: str, month: int | None, year: str | None, today: date) -> date | None:
    """A date of a year, of this century if it has two digits; without one, the coming date."""
    if month is None:
        return None
    if year:
        return _valid(int(year) + (2000 if len(year) == 2 else 0), month, int(day))
    # Nine years hold every date, 29 February too.
    years = range(today.year - 1, today.year + 9)
    days = (_valid(each, month, int(day)) for each in years)
    return next((each for each in days if each and each > today - JUST_PASSED), None)


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _months_on(day: date, months: int) -> date:
    """The same day of a later month, or its last day; raises OverflowError past year 9999."""
    years, month = divmod(day.month - 1 + months, 12)
    if day.year + years > date.max.year:
        raise OverflowError(months)
    last = monthrange(day.year + years, month + 1)[1]
    return date(day.year + years, month + 1, min(day.day, last))


def _position(word: str, names: Sequence[str]) -> int | None:
    """Where a name stands that begins with a word of at least three letters."""
    found = (index for index, name in enumerate(names) if name.startswith(word))
    return next(found, None) if len(word) >= 3 else None
