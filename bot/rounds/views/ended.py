"""How messages around a round look once they are over: short, and nothing to press."""

from __future__ import annotations

from datetime import datetime

from bot.views import blocks as b
from bot.views import words
from bot.views.blocks import Message

SILENCES = (
    "I asked whether the rhythm still fits. `/coffee preferences` changes it whenever you like, "
    "and `/coffee pause` gives you a break."
)


def notice(channel_id: str, due_at: datetime, held: bool) -> Message:
    """The notice of a round; `held`: it has begun."""
    where, when = words.channel(channel_id), words.moment_for_all(due_at)
    become = "have begun" if held else "weren't held then"
    return _short(f"The coffee introductions of {when} in {where} {become}.")


def status(channel_id: str) -> Message:
    """The question about a status, which they left open."""
    return _short(
        f"I asked whether to leave you out of a round in {words.channel(channel_id)}. The time "
        "for that has passed; `/coffee pause` gives you a break whenever you like."
    )


def silences() -> Message:
    """The question after three silences."""
    return _short(SILENCES)


def standing(channel_id: str, takes_part: bool) -> Message:
    """What a newcomer was told: whether they are in it now, and how to change that."""
    where = f"the coffee introductions of {words.channel(channel_id)}"
    if takes_part:
        return _short(f"You're in {where}. `/coffee leave` there takes you out.")
    return _short(f"You aren't in {where}. `/coffee join` there brings you in.")


def _short(text: str) -> Message:
    return b.message(text, [b.section(text)])
