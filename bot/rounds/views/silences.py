"""What is asked after three rounds in a row without an answer, and the words back."""

from __future__ import annotations

from bot.rounds import ids
from bot.views import blocks as b
from bot.views import words
from bot.views.blocks import Message
from bot.views.carried import InChannel


def three_silences(channel_id: str) -> Message:
    """After three rounds in a row without an answer: a friendly question, never a removal."""
    text = (
        "Three introductions in a row, the last of them in "
        f"{words.channel(channel_id)}, went by without a word from you. That is fine. Perhaps "
        "the rhythm does not fit just now: what would suit you?"
    )
    here = InChannel(channel_id)
    row = b.actions(
        b.button("Fewer rounds", ids.QUIET_SLOWER, here),
        b.button("Bigger groups", ids.QUIET_BIGGER, here),
        b.button("A break", ids.QUIET_PAUSE, here),
        b.button("Stop", ids.QUIET_STOP, here),
        b.button("It is fine as it is", ids.QUIET_STAY, here),
    )
    return b.message(
        f"Do the coffee rounds in {words.channel(channel_id)} still suit you?",
        [b.section(text), row],
    )


SLOWER = "From now on you are in every second round at most. `/coffee preferences` changes it."
BIGGER = "Noted: bigger groups, wherever the numbers allow. `/coffee preferences` changes it."
BREAK = "You have a break of four weeks. It ends by itself; `/coffee resume` ends it sooner."
STOPPED = "You are out of this channel's rounds. `/coffee join` brings you back."
STAYS = "Good, everything stays as it is."
