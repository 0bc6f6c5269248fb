"""Rate limits per method and workspace, counted on the simulator's clock."""

import math
from threading import Lock

from simulator.world.clock import SimClock

# Calls a minute. The allowance of a whole minute may come in one burst; it then refills evenly.
TIERS: dict[str, int] = {"1": 1, "2": 20, "3": 50, "4": 100, "special": 600}
# Posting: one a second and channel after a burst of ten; three hundred a minute and workspace.
CHANNEL_BURST, CHANNEL_PER_SECOND = 10, 1.0
WORKSPACE_BURST, WORKSPACE_PER_SECOND = 300, 5.0


class RateLimits:
    """Token buckets; `take` returns 0, or the seconds to wait."""

    def __init__(self, clock: SimClock) -> None:
        self.enabled = True
        self._clock = clock
        self._lock = Lock()
        self._buckets: dict[tuple[str, ...], tuple[float, float]] = {}

    def take_method(self, method: str, tier: str) -> int:
        """Count one call of a method of this tier ("1" to "4", "special")."""
        per_minute = TIERS[tier]
        return self._take(("method", method), per_minute, per_minute / 60)

    def take_post(self, channel: str) -> int:
        """Count one message into this channel, and one of the workspace's."""
        wait = self._take(("channel", channel), CHANNEL_BURST, CHANNEL_PER_SECOND)
        return wait or self._take(("workspace",), WORKSPACE_BURST, WORKSPACE_PER_SECOND)

    def clear(self) -> None:
        with self._lock:
            self._buckets.clear()

    def _take(self, key: tuple[str, ...], capacity: float, per_second: float) -> int:
        if not self.enabled:
            return 0
        now = self._clock.timestamp()
        with self._lock:
            level, since = self._buckets.get(key, (capacity, now))
            level = min(capacity, level + (now - since) * per_second)
            wait = 0 if level >= 1 else max(1, math.ceil((1 - level) / per_second))
            self._buckets[key] = (level if wait else level - 1, now)
        return wait
