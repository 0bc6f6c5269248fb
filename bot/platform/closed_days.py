"""Dates on which nothing is held, or somebody is off: public holidays, and a host's own dates."""

import difflib
from collections.abc import Callable, Collection
from datetime import date
from functools import lru_cache
from importlib import resources

import holidays
from holidays.registry import EntityLoader

from core.cadence import Closed
from core.values import ChannelSettings, Hours

Blackout = date | tuple[date, date]
"""One closed date, or the first and the last of several: both are closed."""


class ClosedDaysError(ValueError):
    """A setting that names no closed days: `field` names it, `sentence` says what is wrong."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field
        self.sentence = sentence


def closed_dates(
    country: str | None = None,
    subdivision: str | None = None,
    blackout: Collection[Blackout] = (),
) -> Callable[[date], bool]:
    """The question “is this date closed?” for a country code, a region of it, and own dates.

    Codes are those of ISO 3166 (“DE”, “BY”). Raises ClosedDaysError for an unknown country or
    region and for a blackout that ends before it begins.
    """
    ranges = [_first_and_last(entry) for entry in blackout]
    if country is not None:
        _check_place(country, subdivision)

    def is_closed(day: date) -> bool:
        if any(first <= day <= last for first, last in ranges):
            return True
        return country is not None and day in _holidays_of(country, subdivision, day.year)

    return is_closed


def days_off(settings: ChannelSettings) -> Callable[[date], bool]:
    """The dates on which a channel holds nothing: its country's holidays, and its own dates."""
    return closed_dates(settings.country, settings.subdivision, settings.blackout)


def holidays_of(settings: ChannelSettings) -> Callable[[date], bool]:
    """The dates on which its people are off: the holidays alone. A host's dates are of rounds."""
    return closed_dates(settings.country, settings.subdivision)


def of_person(hours: Hours, otherwise: Closed) -> Closed:
    """The dates on which a person is off: on their own holidays, if they have said which."""
    return otherwise if hours.holidays is None else of_their_own(hours.holidays)


@lru_cache(maxsize=1024)
def of_their_own(code: str, blackout: tuple[Blackout, ...] = ()) -> Closed:
    """The dates of a person's own choice, by the code that Hours keeps, and these."""
    country, _, region = code.partition("-")
    return closed_dates(country or None, region or None, blackout)


@lru_cache(maxsize=1)
def countries() -> tuple[tuple[str, str], ...]:
    """Every country with known holidays, as (code, English name), by name."""
    # Of the registry: the library's own list reads all 250 countries first (half a second).
    codes = EntityLoader.get_country_codes(include_aliases=False)
    named = ((code, _names()[code]) for code in codes if code in _names())
    return tuple(sorted(named, key=lambda pair: pair[1]))


def subdivisions(country: str) -> tuple[tuple[str, str], ...]:
    """The regions of a country with holidays of their own, as (code, name), by name."""
    _check_place(country, None)
    aliases = holidays.country_holidays(country).get_subdivision_aliases()
    named = ((code, names[0] if names else code) for code, names in aliases.items())
    return tuple(sorted(named, key=lambda pair: pair[1]))


def _first_and_last(entry: Blackout) -> tuple[date, date]:
    first, last = entry if isinstance(entry, tuple) else (entry, entry)
    if last < first:
        raise ClosedDaysError("blackout", f"{first} to {last} ends before it begins.")
    return first, last


def _check_place(country: str, subdivision: str | None) -> None:
    names = dict(countries())
    if country not in names:
        near = difflib.get_close_matches(country.title(), names.values(), n=1)
        code = next((code for code, name in names.items() if [name] == near), None)
        hint = f" Did you mean {code} ({near[0]})?" if code else ""
        raise ClosedDaysError("country", f"I know no holidays for “{country}”.{hint}")
    if subdivision is not None and subdivision not in dict(subdivisions(country)):
        where = names[country]
        raise ClosedDaysError("subdivision", f"{where} has no region “{subdivision}” that I know.")


@lru_cache(maxsize=2048)
def _holidays_of(country: str, subdivision: str | None, year: int) -> frozenset[date]:
    # A frozen set a year: the library's own object fills itself while it is asked, which is
    # not safe when threads share it.
    found = holidays.country_holidays(country, subdivision, years=year, expand=False)
    return frozenset(found)


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    """Names by ISO code, from the table that comes with the zone data."""
    table = resources.files("tzdata").joinpath("zoneinfo", "iso3166.tab").read_text("utf-8")
    lines = (line.split("\t") for line in table.splitlines() if not line.startswith("#"))
    return {code: _unabbreviated(name) for code, name in lines} | {"XK": "Kosovo"}


def _unabbreviated(name: str) -> str:
    return {"Britain (UK)": "United Kingdom"}.get(name, name)
