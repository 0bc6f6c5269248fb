"""What people were answered last: pressed again with nothing new to tell, it is not said again."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.values import Who

# An answer that only one person sees stands until they reload Slack: long enough for somebody who
# presses twice, short enough not to meet with silence whoever comes back to the button.
STANDS = timedelta(minutes=5)
REMEMBERED = 5_000  # people


@dataclass(frozen=True, slots=True)
class _Last:
    press: str
    said: str | None = None
    at: datetime | None = None

    def stands(self, press: str, said: str, now: datetime) -> bool:
        """Whether just this was said for just that press a moment ago."""
        if self.at is None or (self.press, self.said) != (press, said):
            return False
        return timedelta(0) <= now - self.at < STANDS


class Repeats:
    """The last thing each person did here, and what they were answered; kept in memory alone.

    Both are compared, never read: a press is told by what it is, an answer by a digest of it.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last: OrderedDict[Who, _Last] = OrderedDict()

    def begins(self, who: Who, press: str) -> None:
        """Somebody does something. Unless it is the same press again, all that was is over.

        "" is what is never a repetition: a command that is typed, a form that is sent.
        """
        with self._lock:
            last = self._last.get(who)
            if last is None or not press or last.press != press:
                self._keep(who, _Last(press))

    def is_news(self, who: Who, press: str, said: str, now: datetime) -> bool:
        """Whether this is to be said: not what the same press was answered a moment ago."""
        with self._lock:
            last = self._last.get(who)
            if press and last is not None and last.stands(press, said, now):
                return False
            self._keep(who, _Last(press, said, now))
            return True

    def forget(self, who: Who) -> None:
        """What was to be said may not have arrived, or is worth saying each time."""
        with self._lock:
            self._last.pop(who, None)

    def _keep(self, who: Who, last: _Last) -> None:
        self._last.pop(who, None)
        self._last[who] = last
        while len(self._last) > REMEMBERED:
            self._last.popitem(last=False)
