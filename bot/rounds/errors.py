"""What is refused around a round; the sentences are in views/refusals.py."""

from __future__ import annotations

from bot.platform.errors import ForThePerson


class NobodyAvailable(ForThePerson):
    """A round was asked for and nobody can be introduced; how many there are would tell why."""


class JustHeld(ForThePerson):
    """A round was asked for a second time within minutes."""
