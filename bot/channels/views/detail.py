"""The second settings modal: days off, hours kept free, preferences, guests, hosts, quiet mode."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.views import blocks as b
from bot.views import ids, inputs, words

BLACKOUT, REGION = "detail.blackout", "detail.region"
WINDOW_FROM, WINDOW_UNTIL, WINDOW_DAYS = "detail.from", "detail.until", "detail.days"
PREFER, GUESTS, HOSTS, QUIET = "detail.prefer", "detail.guests", "detail.hosts", "detail.quiet"
TITLE = "More settings"
NONE = "-"  # the option that stands for no country, or for no region
MOST_HOSTS = 20

PREFERENCES: inputs.Pairs = (
    ("People of different teams", "cross_team"),
    ("People of the same team", "within_team"),
    ("People whose working hours overlap", "hours"),
    ("People who agree on in person or virtual", "mode"),
    ("People who share few channels", "few_shared_channels"),
)
GUEST_RULES: inputs.Pairs = (("Not included", "no"), ("May take part", "yes"))


@dataclass(frozen=True, slots=True)
class Detail:
    """The modal's fields as they stand, saved or not."""

    blackout: str = ""
    country: str | None = None
    region: str | None = None
    window_from: str | None = None
    window_until: str | None = None
    window_days: tuple[str, ...] = ()
    prefer: tuple[str, ...] = ()
    guests: str = "no"
    hosts: tuple[str, ...] = ()
    quiet_until: date | None = None


def modal(
    channel_id: str,
    detail: Detail,
    countries: inputs.Pairs,
    regions: inputs.Pairs,
    metadata: str,
) -> dict[str, Any]:
    """The modal; `countries` and `regions` are (name, code)."""
    blocks = [
        b.section(f"For {words.channel(channel_id)}. All of this can stay as it is."),
        b.header("Days without rounds"),
        *_closed_days(detail, countries, regions),
        b.header("Hours kept free for talking"),
        *_window(detail),
        b.header("Who meets whom"),
        inputs.boxes(
            PREFER,
            "Rather introduce",
            PREFERENCES,
            detail.prefer,
            "Only among equals: who has not met for longest always comes first.",
        ),
        inputs.choice(GUESTS, "Guests", GUEST_RULES, detail.guests),
        b.header("Hosts and quiet mode"),
        inputs.colleagues(
            HOSTS,
            "Hosts",
            detail.hosts,
            "They may change these settings, besides workspace admins and whoever invited me.",
            MOST_HOSTS,
        ),
        inputs.calendar(
            QUIET,
            "Under pressure until",
            detail.quiet_until,
            "Until that day every second round is left out, and one line of support is posted.",
            optional=True,
        ),
    ]
    return b.modal(ids.SETTINGS_DETAIL, TITLE, blocks, "Save", "Back", metadata)


def region_block(country: str) -> str:
    """The block id of the region: another country begins with another field."""
    return f"{REGION}.{country}"


def _closed_days(
    detail: Detail, countries: inputs.Pairs, regions: inputs.Pairs
) -> list[dict[str, Any]]:
    hint = "One a line: 2026-12-24, or a first and a last day: 2026-12-24 – 2027-01-02."
    blocks = [
        inputs.lines(BLACKOUT, "Days off", detail.blackout, hint),
        inputs.long_choice(
            ids.SETTINGS_COUNTRY,
            "Public holidays of",
            ("No country", NONE),
            countries,
            detail.country,
            dispatch=True,
        ),
    ]
    if detail.country and regions:
        block_id = region_block(detail.country)
        whole = ("The whole country", NONE)
        blocks.append(inputs.long_choice(block_id, "Region", whole, regions, detail.region))
    return blocks


def _window(detail: Detail) -> list[dict[str, Any]]:
    return [
        inputs.clock(WINDOW_FROM, "From", detail.window_from, optional=True),
        inputs.clock(WINDOW_UNTIL, "Until", detail.window_until, optional=True),
        inputs.several(
            WINDOW_DAYS,
            "On",
            inputs.WEEKDAYS,
            detail.window_days,
            "Times for a coffee are proposed in these hours alone. No weekday: no such hours.",
            optional=True,
        ),
    ]


# -- what is said about what was filled in ------------------------------------

NO_DATE_LEFT = "With all these days off, no round would ever be held."
TOO_MANY_DAYS = "Sixty lines at most, please."
BOTH_TEAMS = "Different teams or the same team: choose one of the two."
WINDOW_NEEDS = "A time to begin, a time to end, and at least one weekday belong together."
WINDOW_SHORT = "The end has to come at least half an hour after the beginning."
CHOOSE = "Please choose one from the list."
NO_HOST = "Hosts are colleagues of this workspace: no apps, nobody of another company."
QUIET_TOO_FAR = "A year ahead at most."


def unreadable_day(line: str) -> str:
    """Beside the days off."""
    return f"I could not read “{line[:40]}”. Write 2026-12-24, or 2026-12-24 – 2027-01-02."


def past_day(line: str) -> str:
    """Beside the days off: over already."""
    return f"“{line[:40]}” has passed already."


def backwards(line: str) -> str:
    """Beside the days off: last before first."""
    return f"“{line[:40]}” ends before it begins."


def long_absence(line: str) -> str:
    """Beside the days off: more than a year."""
    return f"“{line[:40]}” is longer than a year."


def quiet_past(on: date) -> str:
    """Beside the date of quiet mode."""
    return f"{words.day(on)} has passed already. Choose a later day, or clear the field."


def saved(channel_id: str, started: bool, quiet_until: date | None) -> str:
    """To the host who saved."""
    quiet = f" Until {words.day(quiet_until)} it is quieter there." if quiet_until else ""
    start = "" if started else " The rounds begin once you save the settings themselves."
    return f"Saved for {words.channel(channel_id)}.{quiet}{start}"
