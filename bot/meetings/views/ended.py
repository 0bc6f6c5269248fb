"""How messages about a meeting look once they are over: short, and nothing to press."""

from __future__ import annotations

from datetime import datetime

from bot.meetings.views.plans import answered
from bot.views import blocks as b
from bot.views import words
from bot.views.blocks import Message
from core.values import Meeting, Outcome

LATER = "If you talk later, `/coffee met` still counts."
STILL = "If you did, `/coffee met @name` still tells me."
OFF = "This coffee was called off."
NOT_WAITING = "You aren't waiting for a coffee any more. `/coffee now` starts another one."


def introduction(meeting: Meeting, at: datetime) -> Message:
    """Who was introduced when; that they met, if somebody said so, and nothing else of anybody."""
    where = f" in {words.channel(meeting.channel_id)}" if meeting.channel_id else ""
    met = any(person.outcome is Outcome.MET for person in meeting.people)
    said = f"{words.people(meeting.user_ids)}: introduced {words.day_for_all(at)}{where}."
    return short(f"{said} {'You met.' if met else LATER}")


def ask(meeting: Meeting, to: str) -> Message:
    """ "Did you get to talk?", to one person: their own answer, or that they met."""
    others = words.people([user_id for user_id in meeting.user_ids if user_id != to])
    match meeting.told_to(to):
        case Outcome.MET:
            return short(f"You met {others}.")
        case Outcome.PLANNING:
            return short(f"You were still planning to meet {others}. {STILL}")
        case Outcome.NOT_THIS_TIME:
            return short(f"Not this time with {others}.")
    return short(f"I asked whether you talked with {others}. {STILL}")


def plan(at: datetime | None, now: datetime) -> Message:
    """What was said about an agreed time; `at` is the one agreed now."""
    if at is None:
        return short(OFF)
    return answered(at) if at > now else short(f"You had agreed on {words.moment_for_all(at)}.")


def short(text: str) -> Message:
    """One sentence or two."""
    return b.message(text, [b.section(text)])
