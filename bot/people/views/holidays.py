"""Whose public holidays somebody keeps: those of the channel, of a country and region, or none."""

from __future__ import annotations

from bot.platform import closed_days
from bot.views.blocks import Blocks
from bot.views.fields import LongChoice
from core.values import Hours

HOLIDAYS, NO_DAYS = "Public holidays", "None"
AS_THERE, NO_HOLIDAYS, WHOLE = "channel", "none", "whole"


def country() -> LongChoice:
    """Whose public holidays they keep; the modal is drawn anew when it changes."""
    named = [(name, code) for code, name in closed_days.countries()]
    return LongChoice(
        id="prefer.holidays",
        label=HOLIDAYS,
        hint="Days off: I propose no times on them, and keep what isn't urgent for later.",
        first=("Those of the channel", AS_THERE),
        options=sorted([(NO_DAYS, NO_HOLIDAYS), *named]),
        dispatch=True,
    )


def region(of: str) -> LongChoice:
    """The region of a country: another country begins with another field."""
    known = of in dict(closed_days.countries())
    regions = closed_days.subdivisions(of) if known else ()
    return LongChoice(
        id=f"prefer.region.{of}",
        label="Region",
        first=("The whole country", WHOLE),
        options=sorted((name, code) for code, name in regions),
    )


def drawn(hours: Hours) -> Blocks:
    """The choice as it is now, with the regions of a country that has any."""
    if not hours.holidays:
        return [country().draw(AS_THERE if hours.holidays is None else NO_HOLIDAYS)]
    code, _, chosen = hours.holidays.partition("-")
    within = region(code)
    return [country().draw(code), *([within.draw(chosen or WHOLE)] if within.options else [])]


def told(code: str) -> str:
    """Which public holidays somebody has chosen."""
    if not code:
        return f"{HOLIDAYS}: {NO_DAYS.lower()}"
    country, _, chosen = code.partition("-")
    name = dict(closed_days.countries())[country]
    within = f" ({dict(closed_days.subdivisions(country))[chosen]})" if chosen else ""
    return f"{HOLIDAYS}: {name}{within}"
