"""The settings of a channel: the modal for its hosts, the same to read for everyone else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bot.channels.views import detail
from bot.views import blocks as b
from bot.views import ids, inputs, words
from core.cadence import LONGEST, Every
from core.values import LARGEST_GROUP, SMALLEST_GROUP, Channel, ChannelSettings, TakingPart

# Fields that change nothing else in the modal.
SIZE, ODD, TAKING_PART, NOTICE = (
    "settings.size", "settings.odd", "settings.taking_part", "settings.notice"
)  # fmt: skip
TITLE = "Settings"
MOST_CLOSED = 12  # days off shown to those who can only read them

# "Every few …": the number is asked beside it. What it counts, by the kind of rhythm.
UNITS = {"days": "days", "weeks": "weeks", "weekdays": "weeks", "monthly": "months"}
OFTEN: inputs.Pairs = (
    ("Every day, weekends too", "days:1"),
    ("Every week", "weeks:1"),
    ("Every 2 weeks", "weeks:2"),
    ("Every 3 weeks", "weeks:3"),
    ("Every 4 weeks", "weeks:4"),
    ("Several weekdays, every week", "weekdays:1"),
    ("Every month", "monthly:1"),
    ("Every few days", "days"),
    ("Every few weeks", "weeks"),
    ("Several weekdays, every few weeks", "weekdays"),
    ("Every few months", "monthly"),
)
NTH: inputs.Pairs = (
    ("First", "1"), ("Second", "2"), ("Third", "3"), ("Fourth", "4"), ("Last", "-1")
)  # fmt: skip
SIZES: inputs.Pairs = tuple(
    (f"{size} people", str(size)) for size in range(SMALLEST_GROUP, LARGEST_GROUP + 1)
)
ODDS: inputs.Pairs = (
    ("Join another group", "larger"),
    ("Form a group that is smaller", "smaller"),
    ("Sit out in turn", "sit_out"),
)
WHO: inputs.Pairs = (
    ("Those who press “I'm in”", "opt_in"),
    ("Everyone in this channel", "everyone"),
)
NOTICES: inputs.Pairs = (
    ("In the channel", "channel"),
    ("As a direct message", "dm"),
    ("Off", "off"),
)


@dataclass(frozen=True, slots=True)
class Draft:
    """The main modal's fields as they stand, saved or not; texts as the fields hold them."""

    often: str = "weeks:1"
    every: str = ""
    weekday: str | None = "0"
    weekdays: tuple[str, ...] = ("0",)
    nth: str | None = "1"
    time: str | None = "10:00"
    zone: str = "UTC"
    size: str | None = "2"
    odd: str | None = "larger"
    taking_part: str | None = "opt_in"
    notice: str | None = "channel"


def modal(channel: Channel, draft: Draft, dates: Sequence[datetime] | str) -> dict[str, Any]:
    """The modal for a host; `dates` are the next ones, or a sentence why there are none."""
    blocks = [
        b.section(state(channel)),
        *_rhythm(draft),
        _dates(dates, draft.zone),
        inputs.choice(SIZE, "Group size", SIZES, draft.size),
        inputs.choice(
            ODD,
            "The odd ones",
            ODDS,
            draft.odd,
            "When the number of people does not divide evenly.",
        ),
        inputs.choice(
            TAKING_PART,
            "Who takes part",
            WHO,
            draft.taking_part,
            "Either way, one post in the channel says so first, and everyone can step out.",
        ),
        inputs.choice(NOTICE, "Notice the day before", NOTICES, draft.notice),
        b.actions(b.loose_button("More", ids.SETTINGS_MORE, channel.id)),
        b.small(
            "More: days off, holidays, hours kept free, preferences, guests, hosts, quiet mode."
        ),
    ]
    return b.modal(ids.SETTINGS, TITLE, blocks, "Save", "Cancel", channel.id)


def read_only(
    channel: Channel,
    dates: Sequence[datetime],
    hosts: Sequence[str],
    closed: Sequence[str],
) -> dict[str, Any]:
    """The same for everyone else, and whom to ask; `closed` are the days without rounds."""
    asked = [*(words.person(host) for host in hosts), "a workspace admin"]
    blocks = [b.section(state(channel))]
    if channel.started:
        blocks.append(b.section(summary(channel.settings, closed)))
        blocks.append(_dates(dates or NO_DATE, channel.settings.cadence.zone))
    blocks.append(b.small(f"Only hosts change this. To suggest something, ask {_or(asked)}."))
    return b.modal(ids.SETTINGS_READ_ONLY, TITLE, blocks, private_metadata=channel.id)


def state(channel: Channel) -> str:
    """How things stand in the channel, in a line or two."""
    where = words.channel(channel.id)
    if not channel.started:
        return f"{where}: not started. Nobody there hears from me until a host saves this."
    zone = channel.settings.cadence.zone
    due = channel.next_due_at
    upcoming = f"the next round is on {words.moment(due, zone)}" if due else "no round is planned"
    held = words.count(channel.round_count, "round")
    quiet = (
        f"\nUnder pressure until {words.day(channel.quiet_until)}: every second round is left out."
        if channel.quiet_until
        else ""
    )
    return f"{where}: {words.rhythm(channel.settings.cadence)}; {upcoming}. {held} so far.{quiet}"


def summary(settings: ChannelSettings, closed: Sequence[str]) -> str:
    """What the host decided, line by line."""
    size = "Pairs" if settings.size == 2 else f"Groups of {settings.size}"
    lines = [
        f"*Groups:* {size}; the odd ones {_label(ODDS, settings.odd)}",
        f"*Who takes part:* {_label(WHO, settings.taking_part)}",
        f"*Notice the day before:* {_label(NOTICES, settings.notice)}",
        f"*Guests:* {'may take part' if settings.guests else 'not included'}",
    ]
    if wishes := [_label(detail.PREFERENCES, name) for name, on in settings.prefer.items() if on]:
        lines.append(f"*Among equals, rather introduced:* {'; '.join(wishes)}")
    if closed:
        shown, more = closed[:MOST_CLOSED], len(closed) - MOST_CLOSED
        rest = f"; and {words.count(more, 'more entry', 'more entries')}" if more > 0 else ""
        lines.append(f"*Days without rounds:* {'; '.join(shown)}{rest}")
    if settings.window:
        window, days = settings.window, settings.window.weekdays
        when = f"{window.start:%H:%M} to {window.end:%H:%M}"
        lines.append(
            f"*Hours kept free:* {when}, {words.join([words.WEEKDAYS[day] for day in days])}"
        )
    return "\n".join(lines)


def _rhythm(draft: Draft) -> list[dict[str, Any]]:
    """The fields that this rhythm needs, and no others."""
    kind, _, fixed = draft.often.partition(":")
    blocks = [inputs.choice(ids.SETTINGS_OFTEN, "How often", OFTEN, draft.often, dispatch=True)]
    if not fixed:
        label, most = f"How many {UNITS[kind]}", LONGEST[Every(kind)]
        blocks.append(inputs.number(ids.SETTINGS_EVERY, label, draft.every, 1, most, dispatch=True))
    if kind == "monthly":
        blocks.append(
            inputs.choice(ids.SETTINGS_NTH, "Week of the month", NTH, draft.nth, dispatch=True)
        )
    if kind in {"weeks", "monthly"}:
        blocks.append(
            inputs.choice(
                ids.SETTINGS_WEEKDAY, "Weekday", inputs.WEEKDAYS, draft.weekday, dispatch=True
            )
        )
    if kind == "weekdays":
        blocks.append(
            inputs.several(
                ids.SETTINGS_WEEKDAYS, "Weekdays", inputs.WEEKDAYS, draft.weekdays, dispatch=True
            )
        )
    blocks.append(inputs.clock(ids.SETTINGS_TIME, "Time", draft.time, dispatch=True))
    hint = "A name such as Europe/Berlin. Enter shows the dates in it."
    blocks.append(inputs.line(ids.SETTINGS_ZONE, "Time zone", draft.zone, 60, hint, dispatch=True))
    return blocks


def days_off(first: date, last: date) -> str:
    """One line of the days without rounds."""
    return words.day(first) if first == last else f"{words.day(first)} to {words.day(last)}"


def holidays_of(country: str, region: str | None) -> str:
    """Another one: a country's public holidays."""
    return f"public holidays of {country}" + (f" ({region})" if region else "")


def _dates(dates: Sequence[datetime] | str, zone: str) -> dict[str, Any]:
    if isinstance(dates, str):
        return b.section(f"*The next five dates*\n{dates}")
    lines = "\n".join(f"• {words.moment(instant, zone)}" for instant in dates)
    return b.section(f"*The next five dates*\n{lines}")


def _label(options: inputs.Pairs, value: str) -> str:
    """The label of a value as it reads in the middle of a line."""
    label = next((label for label, known in options if known == value), value)
    return label[:1].lower() + label[1:]


def _or(parts: Sequence[str]) -> str:
    return " or ".join(filter(None, [", ".join(parts[:-1]), *parts[-1:]]))


# -- what is said about what was filled in ------------------------------------

NO_DATE = "No round would ever be held: every date is closed."
ALL_CLOSED = "With the days off under “More”, no round would ever be held."
CHOOSE = "Please choose one."
CHOOSE_DAY = "Choose at least one weekday."
NO_TIME = "Choose a time of day, such as 10:00."


def unknown_zone(text: str, near: str | None) -> str:
    """Beside the field of the time zone."""
    hint = f"Did you mean {near}?" if near else "Try a large city, such as Europe/Berlin."
    return f"I know no time zone “{short(text)}”. {hint}"


def no_number(most: int) -> str:
    """Beside the number of days or weeks."""
    return f"Write a whole number from 1 to {most}."


def short(text: str) -> str:
    """What somebody typed, at a length that can be quoted."""
    return text if len(text) <= 40 else text[:39] + "…"


def saved(channel: Channel, first_time: bool) -> str:
    """To the host who saved."""
    where, due = words.channel(channel.id), channel.next_due_at
    rhythm = words.rhythm(channel.settings.cadence)
    word = "first" if channel.round_count == 0 else "next"
    upcoming = (
        f"The {word} round is on {words.moment(due, channel.settings.cadence.zone)}."
        if due
        else NO_DATE
    )
    posted = ""
    if first_time and channel.settings.taking_part is TakingPart.EVERYONE:
        posted = " I have told the channel that everyone takes part, and how to step out."
    elif first_time:
        posted = " I have posted an “I'm in” button in the channel."
    return f"Saved. {where}: {rhythm}. {upcoming}{posted}"


def support(channel_id: str, until: date) -> dict[str, Any]:
    """One line in a channel that is under pressure (C10)."""
    text = (
        f"A lot is going on here until {words.day(until)}. Until then I come by less often. If "
        "something gets too much, say so to somebody you trust; asking for a hand is fine."
    )
    return b.message(text, [b.section(text)])
