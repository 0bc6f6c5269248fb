"""Which methods of Slack do not answer just now, and when to look again."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import datetime, timedelta

FIRST_LOOK = timedelta(seconds=15)
LONGEST = timedelta(minutes=5)  # so nothing waits much longer than the outage lasted


@dataclass(slots=True)
class _Silence:
    look_at: datetime
    wait: timedelta
    over: bool = False


class Outages:
    """What is known of each workspace and method. Thread-safe; the clock's time comes in.

    While a method is silent nothing is posted by it, so one message is in doubt and not all of
    them. Once it is seen to answer again, by a call that posts nothing, things go on; a silence
    right after that is waited out longer, until a real call has worked.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._silent: dict[tuple[str, str], _Silence] = {}

    def is_silent(self, team_id: str, method: str) -> bool:
        """Whether it did not answer when it was last asked."""
        with self._lock:
            found = self._silent.get((team_id, method))
            return found is not None and not found.over

    def wait_until(self, team_id: str, method: str, now: datetime) -> datetime | None:
        """When to look again; None when it answers, or when that time has come.

        An instant further away than we ever wait was written before the clock was set back.
        """
        with self._lock:
            found = self._silent.get((team_id, method))
            if found is None or found.over or not now < found.look_at <= now + LONGEST:
                return None
            return found.look_at

    def silent(self, team_id: str, method: str, now: datetime) -> datetime:
        """It did not answer; returns when to look again."""
        with self._lock:
            before = self._silent.get((team_id, method))
            wait = FIRST_LOOK if before is None else min(before.wait * 2, LONGEST)
            self._silent[team_id, method] = _Silence(now + wait, wait)
            return now + wait

    def seems_back(self, team_id: str, method: str) -> None:
        """It answered a call that posts nothing."""
        with self._lock:
            if found := self._silent.get((team_id, method)):
                found.over = True

    def answered(self, team_id: str, method: str) -> None:
        """It did what it was asked."""
        with self._lock:
            self._silent.pop((team_id, method), None)
