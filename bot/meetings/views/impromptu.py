"""What is said around `/coffee now` (P11)."""

from __future__ import annotations

from datetime import datetime

from slack_sdk.models.blocks import ButtonElement

from bot.meetings import ids
from bot.views import blocks as b
from bot.views import words
from bot.views.blocks import Message
from bot.views.carried import Nothing

STOP = "Stop waiting"


def waiting(until: datetime) -> Message:
    """In the queue. Whether anybody is asked is not told: it could say who is not (P7)."""
    text = (
        f"You are in the queue until {words.clock_for_all(until)}. I may ask around among those "
        "who agreed to be asked; as soon as I find somebody, I introduce you."
    )
    return b.message(text, [b.section(text), b.actions(stop_button())])


def waiting_again(until: datetime) -> Message:
    """The one who was found could not be reached after all."""
    text = (
        "I had found somebody for you, but could not reach them. You are in the queue again until "
        f"{words.clock_for_all(until)}."
    )
    return b.message(text, [b.section(text), b.actions(stop_button())])


def stop_button() -> ButtonElement:
    """Out of the queue; wherever somebody reads that they wait."""
    return b.button(STOP, ids.NOW_LEAVE, Nothing())


def stopped(was_waiting: bool) -> str:
    """Out of the queue."""
    if was_waiting:
        return "You are out of the queue. Another time."
    return "You were not waiting."


def expired() -> Message:
    """Nobody was found in time, whatever the cause: said once, quietly."""
    text = "I found nobody for a coffee this time. Another time: `/coffee now`."
    return b.message(text, [b.section(text)])


def asked(minutes: int, until: datetime) -> Message:
    """To somebody who agreed to be asked. The seeker's name comes with the introduction."""
    text = (
        f"A colleague has time for a coffee in the next {minutes} minutes. Do you? I agreed with "
        "you that I may ask; silence is fine."
    )
    row = b.actions(b.button("I have time", ids.NOW_ACCEPT, ids.Until(until)))
    return b.message("Time for a coffee now?", [b.section(text), row])


def too_late() -> Message:
    """The button was pressed after the queue was over."""
    text = "That coffee is over by now. `/coffee now` starts another one."
    return b.message(text, [b.section(text)])
