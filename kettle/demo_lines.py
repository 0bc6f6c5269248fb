"""What happened while time passed, in a few words: for the demo's list."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.views import words

ZONE = "Europe/Berlin"  # of the demo's channel
KINDS: Mapping[str, tuple[str, str]] = {
    "introduction": ("introduction", "introductions"),
    "notice": ("notice of the day before", "notices of the day before"),
    "nudge": ("nudge to an organiser", "nudges to organisers"),
    "ask": ("question “did you get to talk?”", "questions “did you get to talk?”"),
    "receipt": ("receipt for a host", "receipts for hosts"),
    "reminder": ("reminder ten minutes before", "reminders ten minutes before"),
    "agreed": ("time agreed", "times agreed"),
    "calendar": ("calendar file", "calendar files"),
    "silences": ("question about the rhythm", "questions about the rhythm"),
    "asked": ("colleague asked for a coffee now", "colleagues asked for a coffee now"),
    "status": ("question about a status", "questions about a status"),
    "checkin": ("check-in posted", "check-ins posted"),
    "checkin_reminder": ("check-in reminder", "check-in reminders"),
    "checkin_results": ("check-in result", "check-in results"),
}
OTHERS = ("other message", "other messages")


def line(at: datetime, sent: Mapping[str, int]) -> str:
    """ "Monday 10:00: 12 introductions, 1 receipt for a host"; empty when nothing was sent."""
    if not sent:
        return ""
    local = at.astimezone(words.zone(ZONE))
    known = [
        words.count(sent[kind], one, many) for kind, (one, many) in KINDS.items() if kind in sent
    ]
    rest = sum(number for kind, number in sent.items() if kind not in KINDS)
    parts = [*known, words.count(rest, *OTHERS)] if rest else known
    return f"{words.WEEKDAYS[local.weekday()]} {local:%H:%M}: {', '.join(parts)}"
