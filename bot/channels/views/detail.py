"""The second settings modal: days off, hours kept free, preferences, guests, hosts, quiet mode."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from bot.channels import ids
from bot.channels.ids import OverDraft
from bot.platform import closed_days
from bot.views import blocks as b
from bot.views import rhythm, words
from bot.views.blocks import Blocks, ModalView
from bot.views.fields import (
    Boxes,
    Calendar,
    Choice,
    Clock,
    Colleagues,
    Lines,
    LongChoice,
    Pairs,
    Several,
)

TITLE = "More settings"
NONE = "-"  # the option that stands for no country, or for no region
MOST_HOSTS = 20

PREFERENCES: Pairs = (
    ("People of different teams", "cross_team"),
    ("People of the same team", "within_team"),
    ("People whose working hours overlap", "hours"),
    ("People who agree on in person or virtual", "mode"),
    ("People who share few channels", "few_shared_channels"),
)
GUEST_RULES: Pairs = (("Not included", "no"), ("May take part", "yes"))

BLACKOUT = Lines(
    id="detail.blackout",
    label="Days off",
    hint="One a line: 2026-12-24, or a first and a last day: 2026-12-24 – 2027-01-02.",
    optional=True,
)
WINDOW_FROM = Clock(id="detail.from", label="From", optional=True)
WINDOW_UNTIL = Clock(id="detail.until", label="Until", optional=True)
WINDOW_DAYS = Several(
    id="detail.days",
    label="On",
    hint="Times for a coffee are proposed in these hours alone. No weekday: no such hours.",
    options=rhythm.WEEKDAYS,
    optional=True,
)
PREFER = Boxes(
    id="detail.prefer",
    label="Rather introduce",
    hint="Only among equals: who has not met for longest always comes first.",
    options=PREFERENCES,
)
GUESTS = Choice(id="detail.guests", label="Guests", options=GUEST_RULES)
HOSTS = Colleagues(
    id="detail.hosts",
    label="Hosts",
    hint="They may change these settings, besides workspace admins and whoever invited me.",
    most=MOST_HOSTS,
    wrong=f"{MOST_HOSTS} people at most.",
)
QUIET = Calendar(
    id="detail.quiet",
    label="Under pressure until",
    hint="Until that day every second round is left out and check-ins stay calm. One line of "
    "support is posted in the channel.",
    optional=True,
)


@dataclass(frozen=True, slots=True)
class Detail:
    """The fields of the second modal as they stand, saved or not."""

    blackout: str = ""
    country: str | None = None
    region: str | None = None
    window_from: time | None = None
    window_until: time | None = None
    window_days: tuple[str, ...] = ()
    prefer: tuple[str, ...] = ()
    guests: str = "no"
    hosts: tuple[str, ...] = ()
    quiet_until: date | None = None


def country() -> LongChoice:
    """Whose public holidays count; the modal is drawn anew when it changes."""
    return LongChoice(
        id="settings.country",
        label="Public holidays of",
        first=("No country", NONE),
        options=tuple((name, code) for code, name in closed_days.countries()),
        dispatch=True,
    )


def region(of: str) -> LongChoice:
    """The region of a country: another country begins with another field."""
    known = of in dict(closed_days.countries())
    regions = closed_days.subdivisions(of) if known else ()
    return LongChoice(
        id=f"detail.region.{of}",
        label="Region",
        first=("The whole country", NONE),
        options=sorted((name, code) for code, name in regions),
    )


def modal(detail: Detail, behind: OverDraft) -> ModalView:
    """The modal, as filled in."""
    blocks = [
        b.section(f"For {words.channel(behind.channel)}. All of this can stay as it is."),
        b.header("Days without rounds"),
        BLACKOUT.draw(detail.blackout),
        *_holidays(detail),
        b.header("Hours kept free for talking"),
        WINDOW_FROM.draw(detail.window_from),
        WINDOW_UNTIL.draw(detail.window_until),
        WINDOW_DAYS.draw(detail.window_days),
        b.header("Who meets whom"),
        PREFER.draw(detail.prefer),
        GUESTS.draw(detail.guests),
        b.header("Hosts and quiet mode"),
        HOSTS.draw(detail.hosts),
        QUIET.draw(detail.quiet_until),
    ]
    return b.modal(ids.SETTINGS_DETAIL.id, TITLE, blocks, "Save", "Back", behind.text())


def _holidays(detail: Detail) -> Blocks:
    blocks = [country().draw(detail.country or NONE)]
    if detail.country and (of_country := region(detail.country)).options:
        blocks.append(of_country.draw(detail.region or NONE))
    return blocks


# -- what is said about what was filled in ------------------------------------

NO_DATE_LEFT = "With all these days off, no round would ever be held."
TOO_MANY_DAYS = "Sixty lines at most, please."
BOTH_TEAMS = "Different teams or the same team: choose one of the two."
WINDOW_NEEDS = "A time to begin, a time to end, and at least one weekday belong together."
WINDOW_SHORT = "The end has to come at least half an hour after the beginning."
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
