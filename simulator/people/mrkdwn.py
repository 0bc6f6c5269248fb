"""Slack's mrkdwn as a person reads it: mentions, links, dates in the reader's zone."""

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from simulator.blocks.escaping import unescaped
from simulator.world.state import World

TOKEN = re.compile(r"<([^<>]+)>")
DATE_TOKEN = re.compile(r"\{(\w+)\}")


def readable(world: World, text: str, viewer: str | None = None) -> str:
    """The text with its markup resolved, as this person would read it."""
    shown = TOKEN.sub(lambda m: _token(world, m.group(1), viewer), text)
    return unescaped(shown)


def mentions(text: str) -> list[str]:
    """Whom a text notifies: user ids, and "!here", "!channel", "!everyone", "!subteam^…"."""
    found = [t.partition("|")[0] for t in TOKEN.findall(text)]
    broad = ("!here", "!channel", "!everyone", "!subteam")
    return [t.removeprefix("@") for t in found if t.startswith("@") or t.startswith(broad)]


def _token(world: World, token: str, viewer: str | None) -> str:
    target, _, label = token.partition("|")
    if target.startswith("@"):
        return "@" + world.display_name(target[1:])
    if target.startswith("#"):
        conv = world.conversations.get(target[1:])
        return "#" + (label or (conv.name if conv else target[1:]))
    if target.startswith("!date^"):
        return _date(world, target, label, viewer)
    if target.startswith("!subteam^"):
        group = world.usergroups.get(target.removeprefix("!subteam^"))
        return "@" + (str(group["handle"]) if group else label or target)
    if target.startswith("!"):
        return "@" + (label or target[1:])
    return label or target.removeprefix("mailto:")


def _date(world: World, target: str, fallback: str, viewer: str | None) -> str:
    try:
        _, epoch, words, *_ = target.split("^")
        user = world.users.get(viewer or "")
        zone = ZoneInfo((user.tz if user else None) or "UTC")
        local = datetime.fromtimestamp(int(epoch), UTC).astimezone(zone)
    except (ValueError, KeyError):
        return fallback
    today = world.now().astimezone(zone)
    return DATE_TOKEN.sub(lambda m: _date_word(m, local, today), words)


def _date_word(match: re.Match[str], local: datetime, today: datetime) -> str:
    name = match.group(1)
    if name.endswith("_pretty"):
        near = {0: "today", 1: "tomorrow", -1: "yesterday"}
        days = (local.date() - today.date()).days
        if days in near:
            return near[days]
        name = name.removesuffix("_pretty")
    hour = local.hour % 12 or 12
    half = "AM" if local.hour < 12 else "PM"
    forms = {
        "date_num": local.strftime("%Y-%m-%d"),
        "date": f"{local:%B} {local.day}, {local.year}",
        "date_short": f"{local:%b} {local.day}, {local.year}",
        "date_long": f"{local:%A}, {local:%B} {local.day}, {local.year}",
        "time": f"{hour}:{local:%M} {half}",
        "time_secs": f"{hour}:{local:%M:%S} {half}",
        "ago": _ago((today - local).total_seconds()),
    }
    return forms.get(name, match.group(0))


def _ago(seconds: float) -> str:
    for size, unit in ((86400, "day"), (3600, "hour"), (60, "minute")):
        count = int(abs(seconds) // size)
        if count:
            words = f"{count} {unit}{'s' if count > 1 else ''}"
            return f"{words} ago" if seconds > 0 else f"in {words}"
    return "now"
