"""The simulator's clock: it stands still or runs, can be moved forward, and never goes back."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from datetime import time as wall_time
from threading import RLock
from zoneinfo import ZoneInfo

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class SimClock:
    """Time as the simulated workspace sees it.

    A frozen clock (the default) moves only when told; a running one adds real time.
    """

    def __init__(self, start: datetime, running: bool = False) -> None:
        if start.tzinfo is None:
            raise ValueError("the clock needs an aware datetime to start from")
        self._lock = RLock()
        self._base = start.astimezone(UTC)
        self._since = time.monotonic()
        self._running = running
        self._listeners: list[Callable[[], None]] = []

    @property
    def running(self) -> bool:
        return self._running

    def now(self) -> datetime:
        """The simulated instant, in UTC."""
        with self._lock:
            if not self._running:
                return self._base
            return self._base + timedelta(seconds=time.monotonic() - self._since)

    def timestamp(self) -> float:
        return self.now().timestamp()

    def on_move(self, listener: Callable[[], None]) -> None:
        """Call `listener` after every jump (not for real time passing)."""
        self._listeners.append(listener)

    def forward(self, **amount: float) -> datetime:
        """Jump ahead by `timedelta(**amount)`; returns the new instant."""
        return self._jump(self.now() + timedelta(**amount))

    def next(self, when: str | datetime, zone: str = "UTC") -> datetime:
        """The instant meant by a datetime, or by "Monday 10:00", "10:00" or an ISO date in `zone`.

        Weekdays and times mean the next such instant strictly after now.
        """
        local = ZoneInfo(zone)
        target = when if isinstance(when, datetime) else self._next(when, local)
        if target.tzinfo is None:
            target = target.replace(tzinfo=local)
        return target.astimezone(UTC)

    def move_to(self, when: str | datetime, zone: str = "UTC") -> datetime:
        """Jump to `next(when, zone)`. Raises ValueError for an instant gone by."""
        return self._jump(self.next(when, zone))

    def _jump(self, target: datetime) -> datetime:
        with self._lock:
            if target < self.now():
                raise ValueError(f"the clock never goes back: it is {self.now()}, asked {target}")
            self._base = target
            self._since = time.monotonic()
        for listener in list(self._listeners):
            listener()
        return target

    def _next(self, words: str, zone: ZoneInfo) -> datetime:
        parts = words.strip().lower().split()
        if parts and parts[0][:1].isdigit() and "-" in parts[0]:
            return datetime.fromisoformat(words.strip()).replace(tzinfo=zone)
        weekday = WEEKDAYS.index(parts.pop(0)) if parts and parts[0] in WEEKDAYS else None
        at = wall_time.fromisoformat(parts[0].zfill(5)) if parts else wall_time(0)
        now = self.now()
        day = now.astimezone(zone).date()
        for _ in range(10):
            found = datetime.combine(day, at, tzinfo=zone).astimezone(UTC)
            if found > now and weekday in (None, day.weekday()):
                return found
            day += timedelta(days=1)
        raise ValueError(f"no such time: {words!r}")
