"""Until when something that a person waits for may still be stored."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic


class Unsaved(Exception):
    """Nothing of the transaction is stored, and nothing of it ever will be."""


class InDoubt(Exception):
    """The database went away while it stored: nobody can say yet whether it did."""


class Deadline:
    """So many seconds from now, by the monotonic clock; lifted once the person has an answer.

    None: nobody waits. Not for two threads at once. What is stored in time counts up in `stored`.
    """

    def __init__(self, seconds: float | None, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._at = None if seconds is None else clock() + seconds
        self.stored = 0

    def lift(self) -> None:
        """From here on nobody waits any more."""
        self._at = None

    @property
    def lifted(self) -> bool:
        """Whether the person has an answer."""
        return self._at is None

    def left(self) -> float | None:
        """Seconds left, never below 0; None once it is lifted."""
        return None if self._at is None else max(0.0, self._at - self._clock())

    def require(self) -> float | None:
        """Seconds left; None once it is lifted. Raises Unsaved when there are none."""
        left = self.left()
        if left == 0.0:
            raise Unsaved("too late")
        return left
