"""The sentences for what is refused about messages that wait."""

from __future__ import annotations

from bot.outbox.errors import NotInDoubt
from bot.platform.errors import ForThePerson


def sentence(error: ForThePerson) -> str | None:
    """One sentence; None for a refusal of another feature."""
    if not isinstance(error, NotInDoubt):
        return None
    if error.count:
        return f"{error.count} messages in doubt have an id like that: give more of it."
    return f"No message in doubt has the id {error.start!r}: `kettle outbox` lists them."
