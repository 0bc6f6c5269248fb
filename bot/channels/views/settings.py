"""The settings of a channel: the modal for its hosts, the same to read for everyone else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from bot.channels import ids
from bot.channels.views import detail, form
from bot.channels.views.form import Draft
from bot.rounds.views.receipts import everyone_later
from bot.views import blocks as b
from bot.views import words
from bot.views.blocks import Block, Message, ModalView
from bot.views.carried import InChannel
from bot.views.fields import Pairs
from core.values import Channel, ChannelSettings, TakingPart

TITLE = "Settings"
MOST_CLOSED = 12  # days off shown to those who can only read them


def modal(
    channel: Channel,
    draft: Draft,
    dates: Sequence[datetime] | str,
    everyone_from: datetime | None = None,
) -> ModalView:
    """The modal for a host; `dates` are the next ones, or a sentence why there are none.

    `everyone_from`: the first round that everyone is in, where that is not the next one.
    """
    blocks = [
        b.section(state(channel, everyone_from)),
        *form.RHYTHM.draw(draft.rhythm),
        _dates(dates, draft.rhythm.zone),
        form.SIZE.draw(draft.size),
        form.ODD.draw(draft.odd),
        form.TAKING_PART.draw(draft.taking_part),
        form.NOTICE.draw(draft.notice),
        b.actions(b.button("More", ids.SETTINGS_MORE, InChannel(channel.id))),
        b.small(
            "More: days off, holidays, hours kept free, preferences, guests, hosts, quiet mode."
        ),
    ]
    kept = InChannel(channel.id).text()
    return b.modal(ids.SETTINGS.id, TITLE, blocks, "Save", "Cancel", kept)


def read_only(
    channel: Channel,
    dates: Sequence[datetime],
    hosts: Sequence[str],
    closed: Sequence[str],
    everyone_from: datetime | None = None,
) -> ModalView:
    """The same for everyone else, and whom to ask; `closed` are the days without rounds."""
    asked = [*(words.person(host) for host in hosts), "a workspace admin"]
    blocks = [b.section(state(channel, everyone_from))]
    if channel.started:
        blocks.append(b.section(summary(channel.settings, closed)))
        blocks.append(_dates(dates or NO_DATE, channel.settings.cadence.zone))
    blocks.append(b.small(f"Only hosts change this. To suggest something, ask {_or(asked)}."))
    kept = InChannel(channel.id).text()
    return b.modal(ids.SETTINGS_READ_ONLY.id, TITLE, blocks, private_metadata=kept)


def state(channel: Channel, everyone_from: datetime | None = None) -> str:
    """How things stand in the channel, in a line or two."""
    where = words.channel(channel.id)
    if not channel.started:
        return f"{where}: no rounds yet. They begin once a host saves this.{_quiet(channel)}"
    zone = channel.settings.cadence.zone
    due = channel.next_due_at
    upcoming = f"the next round is on {words.moment(due, zone)}" if due else "no round is planned"
    held = words.count(channel.round_count, "round")
    quiet = _quiet(channel, ": every second round is left out")
    later = f"\n{everyone_later(everyone_from, zone)}" if everyone_from else ""
    rhythm = words.rhythm(channel.settings.cadence)
    return f"{where}: {rhythm}; {upcoming}. {held} so far.{quiet}{later}"


def _quiet(channel: Channel, what: str = "") -> str:
    until = channel.quiet_until
    return f"\nUnder pressure until {words.day(until)}{what}." if until else ""


def summary(settings: ChannelSettings, closed: Sequence[str]) -> str:
    """What the host decided, line by line."""
    size = "Pairs" if settings.size == 2 else f"Groups of {settings.size}"
    lines = [
        f"*Groups:* {size}; the odd ones {_label(form.ODDS, settings.odd)}",
        f"*Who takes part:* {_label(form.WHO, settings.taking_part)}",
        f"*Notice the day before:* {_label(form.NOTICES, settings.notice)}",
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


def days_off(first: date, last: date) -> str:
    """One line of the days without rounds."""
    return words.day(first) if first == last else f"{words.day(first)} to {words.day(last)}"


def holidays_of(country: str, region: str | None) -> str:
    """Another one: a country's public holidays."""
    return f"public holidays of {country}" + (f" ({region})" if region else "")


def _dates(dates: Sequence[datetime] | str, zone: str) -> Block:
    if isinstance(dates, str):
        return b.section(f"*The next five dates*\n{dates}")
    lines = "\n".join(f"• {words.moment(instant, zone)}" for instant in dates)
    return b.section(f"*The next five dates*\n{lines}")


def _label(options: Pairs, value: str) -> str:
    """The label of a value as it reads in the middle of a line."""
    label = next((label for label, known in options if known == value), value)
    return label[:1].lower() + label[1:]


def _or(parts: Sequence[str]) -> str:
    return " or ".join(filter(None, [", ".join(parts[:-1]), *parts[-1:]]))


# -- what is said about what was filled in ------------------------------------

NO_DATE = "No round would ever be held: every date is closed."
ALL_CLOSED = "With the days off under “More”, no round would ever be held."


def saved(channel: Channel, first_time: bool, everyone_from: datetime | None = None) -> str:
    """To the host who saved; `everyone_from` as above."""
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
        posted = " I'll tell the channel now that everyone takes part, and how to step out."
    elif first_time:
        posted = " I'll post an “I'm in” button in the channel now."
    if everyone_from:
        posted += f" {everyone_later(everyone_from, channel.settings.cadence.zone)}"
    return f"Saved. {where}: {rhythm}. {upcoming}{posted}"


def support(channel_id: str, until: date) -> Message:
    """One line in a channel that is under pressure (C10)."""
    text = (
        f"A lot is going on here until {words.day(until)}. Until then I come by less often. If "
        "something gets too much, say so to somebody you trust; asking for a hand is fine."
    )
    return b.message(text, [b.section(text)])
