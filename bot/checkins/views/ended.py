"""How messages about a check-in look once they are over: short, and nothing to press."""

from __future__ import annotations

from collections.abc import Sequence

from bot.checkins.views.kinds import name_of
from bot.checkins.views.post import STATES
from bot.views import blocks as b
from bot.views import words
from bot.views.blocks import Message
from core.actions import Item, State
from core.checkins import CheckIn, Phase


def note(checkin: CheckIn) -> Message:
    """To its asker: that it has closed, and whether they gave a word back."""
    said = f"{_which(checkin)} has closed."
    if checkin.reply is not None:
        said += " You told people what you heard."
    elif checkin.answers:
        said += (
            " `/checkin results` there shows what there is to see, and you can still tell people "
            "what you heard."
        )
    return _short(said)


def reminder(checkin: CheckIn) -> Message:
    """The reminder in the channel."""
    return _short(f"*{name_of(checkin.kind)}* has closed.")


def ahead(checkin: CheckIn) -> Message:
    """To its asker, who could change the line on top."""
    if checkin.phase is Phase.CANCELLED:
        return _short(f"{_which(checkin)} was left out this time.")
    return _short(f"{_which(checkin)} opened {words.moment_for_all(checkin.opens_at)}.")


def item(channel_id: str, items: Sequence[Item]) -> Message:
    """To an owner, who was asked where things stand."""
    return _listed(
        f"{words.channel(channel_id)} has looked back. Your actions stood like this:", items
    )


def took_on(checkin: CheckIn, items: Sequence[Item]) -> Message:
    """To whoever was named for actions: what still has their name."""
    if not items:
        return _short(f"You're not down for anything from {_which(checkin)} any more.")
    return _listed(f"After {_which(checkin)} you're down for this:", items)


def _listed(text: str, items: Sequence[Item]) -> Message:
    lines = [f"• {b.escape(item.text)}{_state(item)}" for item in items]
    return b.message(text, b.paragraphs(text, *lines))


def _state(item: Item) -> str:
    return "" if item.state is State.OPEN else f" ({STATES[item.state]})"


def _which(checkin: CheckIn) -> str:
    return f"“{name_of(checkin.kind)}” in {words.channel(checkin.channel_id)}"


def _short(text: str) -> Message:
    return b.message(text, [b.section(text)])
