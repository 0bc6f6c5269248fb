"""What happened while time passed, in a few words: for the demo's list."""

from __future__ import annotations

from collections import Counter
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


# What colleagues pressed: the button, and how that is told of one and of many.
PRESSED: Mapping[str, tuple[str, str]] = {
    "Suits me": ("picked a time", "picked a time"),
    "We met": ("said “we met”", "said “we met”"),
    "Still planning": ("is still planning", "are still planning"),
    "Not this time": ("said “not this time”", "said “not this time”"),
    "Fewer rounds": ("asked for fewer rounds", "asked for fewer rounds"),
}


# What follows from an answer, at odd times; the rest has a line of its own for each moment.
SMALL = {"agreed", "calendar", "reminder", "asked", "status"}
FEW = 5  # fewer questions than these are small, too


class Diary:
    """What happened: a line for each great moment, and one for each day with all that is small."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._day = ""
        self._pressed: Counter[str] = Counter()
        self._sent: Counter[str] = Counter()

    def note(self, at: datetime, sent: Mapping[str, int], pressed: Mapping[str, int]) -> None:
        """Messages that were sent, by kind, and buttons that colleagues pressed, by label.

        Becomes "Monday 10:00: 12 introductions, 1 receipt for a host" at once, and "Wednesday:
        9 said “we met”, 2 are still planning" when the day is over.
        """
        local = at.astimezone(words.zone(ZONE))
        day = words.WEEKDAYS[local.weekday()]
        if day != self._day:
            self.close()
        self._day = day
        self._pressed.update(pressed)
        small = {
            kind: n for kind, n in sent.items() if kind in SMALL or (kind == "ask" and n < FEW)
        }
        self._sent.update(small)
        if great := {kind: n for kind, n in sent.items() if kind not in small}:
            self.lines.append(f"{day} {local:%H:%M}: {', '.join(_messages(great))}")

    def close(self) -> None:
        """Write down what was small."""
        counted = [(self._pressed[label], *forms) for label, forms in PRESSED.items()]
        told = [f"{n} {one if n == 1 else many}" for n, one, many in counted if n]
        if told := [*told, *_messages(self._sent)]:
            self.lines.append(f"{self._day}: {', '.join(told)}")
        self._pressed.clear()
        self._sent.clear()


def _messages(sent: Mapping[str, int]) -> list[str]:
    known = [
        words.count(sent[kind], one, many) for kind, (one, many) in KINDS.items() if kind in sent
    ]
    rest = sum(number for kind, number in sent.items() if kind not in KINDS)
    return [*known, words.count(rest, *OTHERS)] if rest else known
