"""What is said to whoever mutes Kettle, and how it shows while it is so."""

from __future__ import annotations

from slack_sdk.models.blocks import ButtonElement

from bot.people import ids
from bot.views import blocks as b
from bot.views.blocks import Blocks
from bot.views.carried import Nothing
from core.values import Person

STILL = (
    "your introductions, times you agreed on, answers to what you ask, and what you host or are "
    "down for"
)
MUTED = (
    f"Muted. You'll still get {STILL}. Nudges, questions, notices and requests stay away, "
    "and nobody else can tell. `/coffee unmute` brings them back."
)
ALREADY = "You've muted me already. `/coffee unmute` takes it back."
UNMUTED = (
    "You'll get nudges, questions and notices again from now on. I won't send what you missed."
)
NOT_MUTED = "You haven't muted me. `/coffee mute` does."
IS_MUTED = f"*You've muted me.* You'll still get {STILL}. Nobody else can tell."


def shown(person: Person) -> Blocks:
    """That it is so, and the way back; nothing for everybody else."""
    if not person.muted:
        return []
    return [b.section(IS_MUTED), b.actions(b.button("Unmute", ids.UNMUTE, Nothing()))]


def switch(person: Person) -> list[ButtonElement]:
    """The button that mutes, for who has not."""
    return [] if person.muted else [b.button("Mute", ids.MUTE, Nothing())]
