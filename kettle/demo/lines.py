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
    "expired": ("word that nobody was free", "words that nobody was free"),
    "searched": ("word that a search is over", "words that a search is over"),
    "without": ("word to somebody without a group", "words to people without a group"),
    "alone": ("word to somebody left alone", "words to people left alone"),
    "greeting": ("greeting for a host", "greetings for hosts"),
    "opening": ("invitation in a channel", "invitations in a channel"),
    "newcomer": ("word to a newcomer", "words to newcomers"),
    "welcome": ("welcome in a channel", "welcomes in a channel"),
    "support": ("line of support", "lines of support"),
    "missed": ("word about a missed date", "words about missed dates"),
    "unsaid": ("word that something did not arrive", "words that something did not arrive"),
    "checkin": ("check-in posted", "check-ins posted"),
    "checkin_reminder": ("check-in reminder", "check-in reminders"),
    "checkin_results": ("check-in result", "check-in results"),
    "checkin_reply": ("reply of a manager", "replies of managers"),
    "checkin_note": ("word to a manager", "words to managers"),
    "checkin_file": ("file of counts", "files of counts"),
    "item": ("question about an action", "questions about actions"),
    "took_on": ("word to who is down for an action", "words to who is down for an action"),
    "hand": ("colleague asked for a hand", "colleagues asked for a hand"),
    "hand_wish": ("wish for a hand passed on", "wishes for a hand passed on"),
    "hand_over": ("word that a hand is found", "words that a hand is found"),
    "carried": ("word carried to a manager", "words carried to managers"),
}
OTHERS = ("other message", "other messages")
UNSEEN = {"checkin_draw", "ended", "said"}  # what is there drawn again, and answers to a press

# What colleagues pressed: the button, and how that is told of one and of many.
PRESSED: Mapping[str, tuple[str, str]] = {
    "Suits me": ("picked a time", "picked a time"),
    "We met": ("said “we met”", "said “we met”"),
    "Still planning": ("is still planning", "are still planning"),
    "Not this time": ("said “not this time”", "said “not this time”"),
    "Fewer rounds": ("asked for fewer rounds", "asked for fewer rounds"),
}
# What follows from an answer, at odd times; the rest has a line of its own for each moment.
SMALL = ("agreed", "calendar", "reminder", "asked", "status", "checkin_note")
FEW = 5  # fewer questions than these are small, too


class Diary:
    """What happened: a line for each great moment, and one for each day with all that is small."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._day = self._minute = ""
        self._great: Counter[str] = Counter()
        self._pressed: Counter[str] = Counter()
        self._sent: Counter[str] = Counter()

    def note(self, at: datetime, sent: Mapping[str, int], pressed: Mapping[str, int]) -> None:
        """Messages that were sent, by kind, and buttons that colleagues pressed, by label.

        Becomes "Monday 10:00: 12 introductions, 1 receipt for a host" when the minute is over,
        and "Wednesday: 9 said “we met”, 2 are still planning" when the day is.
        """
        local = at.astimezone(words.zone(ZONE))
        day = words.WEEKDAYS[local.weekday()]
        minute = f"{day} {local:%H:%M}"
        if minute != self._minute:
            self._close_minute()
        if day != self._day:
            self.close()
        self._day, self._minute = day, minute
        self._pressed.update(pressed)
        self._great.update({kind: n for kind, n in sent.items() if kind not in UNSEEN})

    def _close_minute(self) -> None:
        for kind in [*SMALL, *(["ask"] if self._great["ask"] < FEW else [])]:
            self._sent[kind] += self._great.pop(kind, 0)
        if told := _messages(self._great):
            self.lines.append(f"{self._minute}: {', '.join(told)}")
        self._great.clear()

    def close(self) -> None:
        """Write down what is left, and what was small that day."""
        self._close_minute()
        counted = [(self._pressed[label], *forms) for label, forms in PRESSED.items()]
        told = [f"{n} {one if n == 1 else many}" for n, one, many in counted if n]
        if told := [*told, *_messages(self._sent)]:
            self.lines.append(f"{self._day}: {', '.join(told)}")
        self._pressed.clear()
        self._sent.clear()


def _messages(sent: Mapping[str, int]) -> list[str]:
    known = [
        words.count(sent[kind], one, many) for kind, (one, many) in KINDS.items() if sent.get(kind)
    ]
    rest = sum(number for kind, number in sent.items() if kind not in KINDS)
    return [*known, words.count(rest, *OTHERS)] if rest else known
