"""A modal that opens before it is known what belongs in it: its trigger lives three seconds."""

from __future__ import annotations

from collections.abc import Callable


class Ahead:
    """The modal that may stand before it is known what belongs in it."""

    def __init__(self) -> None:
        self.view_id: str | None = None
        self._opens: Callable[[], None] | None = None

    def arm(self, opens: Callable[[], None]) -> None:
        """A modal is what this visit is for: it is opened before anybody waits for Slack twice."""
        self._opens = opens

    def before_more(self) -> None:
        """Slack is about to be asked once more."""
        if self._opens is not None and self.view_id is None:
            self._opens()
