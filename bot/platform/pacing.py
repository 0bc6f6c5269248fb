"""Speaking slowly enough: below Slack's published tiers, per workspace and method."""

from __future__ import annotations

import threading
from collections import defaultdict, deque
from datetime import UTC, datetime, timedelta

MINUTE = timedelta(minutes=1)
# Calls a minute, a little below Slack's tiers; chat.postMessage allows several hundred.
PER_MINUTE = {
    "conversations.open": 45,  # tier 3: 50
    "chat.postMessage": 180,
    "chat.postEphemeral": 90,  # tier 4: 100
    "chat.update": 45,  # tier 3: 50
    "files.getUploadURLExternal": 90,  # tier 4: 100
}
OTHERS = 45
CHANNEL_GAP = timedelta(seconds=1)  # about one message a second in one channel


class Pacer:
    """Remembers the last minute's calls. Thread-safe; the clock's time comes in."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._calls: dict[tuple[str, str], deque[datetime]] = defaultdict(deque)
        self._blocked: dict[tuple[str, str], datetime] = {}
        self._posted: dict[tuple[str, str], datetime] = {}
        self._latest = datetime.fromtimestamp(0, UTC)

    def wait_until(
        self, team_id: str, method: str, now: datetime, channel: str | None = None
    ) -> datetime | None:
        """Book one call now and return None; or book nothing and say when to ask again."""
        with self._lock:
            self._forget_the_future(now)
            later = self._later(team_id, method, now, channel)
            if later is None:
                self._calls[team_id, method].append(now)
                if channel is not None:
                    self._posted[team_id, channel] = now
            return later

    def block(self, team_id: str, method: str, until: datetime) -> None:
        """Slack said Retry-After."""
        with self._lock:
            self._blocked[team_id, method] = until

    def _forget_the_future(self, now: datetime) -> None:
        """A clock that was set back would make us wait for as long again: begin anew."""
        if now < self._latest - MINUTE:
            for remembered in (self._calls, self._blocked, self._posted):
                remembered.clear()
            self._latest = now
        self._latest = max(self._latest, now)

    def _later(
        self, team_id: str, method: str, now: datetime, channel: str | None
    ) -> datetime | None:
        blocked = self._blocked.get((team_id, method))
        if blocked is not None and blocked > now:
            return blocked
        if channel is not None:
            last = self._posted.get((team_id, channel))
            if last is not None and timedelta(0) <= now - last < CHANNEL_GAP:
                return last + CHANNEL_GAP
        calls = self._calls[team_id, method]
        while calls and now - calls[0] >= MINUTE:
            calls.popleft()
        if len(calls) >= PER_MINUTE.get(method, OTHERS):
            return calls[0] + MINUTE
        return None
