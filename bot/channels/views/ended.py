"""How messages about a channel look once they are over: short, and nothing to press."""

from __future__ import annotations

from bot.views import blocks as b
from bot.views import words
from bot.views.blocks import Message


def greeting(channel_id: str) -> Message:
    """To whoever invited Kettle, or to who reads it in their place."""
    return _short(
        f"I was invited to {words.channel(channel_id)}. `/coffee settings` there shows how I "
        "introduce people, and lets hosts change it."
    )


def opening(channel_id: str, everyone: bool) -> Message:
    """The post that starts a channel; `everyone`: who does not say no takes part."""
    how = "Everyone here takes part;" if everyone else "`/coffee join` brings you in,"
    return _short(
        f"I introduce colleagues to each other in {words.channel(channel_id)}. {how} `/coffee "
        "leave` takes you out, and nobody is told."
    )


def _short(text: str) -> Message:
    return b.message(text, [b.section(text)])
