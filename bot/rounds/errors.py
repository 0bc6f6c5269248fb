"""What is refused around a round; the sentences are in views/refusals.py."""

from __future__ import annotations

from dataclasses import dataclass

from bot.platform.errors import ForThePerson


@dataclass(eq=False)
class NobodyAvailable(ForThePerson):
    """A round was asked for and there are too few people; `count` says how many there are."""

    count: int


class JustHeld(ForThePerson):
    """A round was asked for a second time within minutes."""
