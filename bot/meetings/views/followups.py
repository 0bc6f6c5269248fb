"""What is asked after an introduction: the nudge, "did you get to talk?", and three silences."""

from __future__ import annotations

from typing import Any

from bot.views import blocks as b
from bot.views import ids, words
from core.values import Meeting, Outcome

SAID = {
    Outcome.MET: "Noted: you met {others}. Thank you.",
    Outcome.PLANNING: "Noted: you are still planning to meet {others}.",
    Outcome.NOT_THIS_TIME: "Noted: not this time with {others}. That is fine.",
}
TOOK_PLACE = {
    Outcome.MET: "met",
    Outcome.PLANNING: "planned",
    Outcome.NOT_THIS_TIME: "not this time",
    None: "no answer yet",
}


def nudge(meeting: Meeting, to: str) -> dict[str, Any]:
    """To the organiser, once, when nothing has happened yet."""
    text = (
        f"You are getting the coffee with {_others(meeting, to)} going this time. A single line "
        'in your group conversation is enough: "Does Thursday suit you?"'
    )
    return b.message("Your coffee is waiting for a first line.", [b.section(text)])


def ask(meeting: Meeting, to: str) -> dict[str, Any]:
    """ "Did you get to talk?", to one person; drawn from what they answered so far."""
    given = meeting.answer_of(to)
    question = f"Did you get to talk with {_others(meeting, to)}?"
    if given is not None:
        said = said_to(meeting, to, given)
        return b.message(said, [b.section(said), answers(meeting)])
    note = "Only you see this question. Your answer helps to pair people fairly, nothing else."
    return b.message(question, [b.section(question), answers(meeting), b.small(note)])


def answers(meeting: Meeting) -> dict[str, Any]:
    """The three answers of P10."""
    value = str(meeting.id)
    return b.actions(
        b.loose_button("We met", ids.MEETING_MET, value, style="primary"),
        b.loose_button("Still planning", ids.MEETING_PLANNING, value),
        b.loose_button("Not this time", ids.MEETING_NOT, value),
    )


def said_to(meeting: Meeting, to: str, outcome: Outcome) -> str:
    """The word back to one person about what they answered."""
    return SAID[outcome].format(others=_others(meeting, to))


def three_silences(channel_id: str) -> dict[str, Any]:
    """After three rounds in a row without an answer: a friendly question, never a removal."""
    text = (
        "Your last three introductions, the newest one in "
        f"{words.channel(channel_id)}, went by without a word from you. That is fine. Perhaps "
        "the rhythm does not fit just now: what would suit you?"
    )
    row = b.actions(
        b.loose_button("Fewer rounds", ids.QUIET_SLOWER, channel_id),
        b.loose_button("Bigger groups", ids.QUIET_BIGGER, channel_id),
        b.loose_button("A break", ids.QUIET_PAUSE, channel_id),
        b.loose_button("Stop", ids.QUIET_STOP, channel_id),
        b.loose_button("It is fine as it is", ids.QUIET_STAY, channel_id),
    )
    return b.message("Does the rhythm still fit?", [b.section(text), row])


SILENCE_ANSWERS = {
    ids.QUIET_SLOWER: "From now on you are in every second round at most. "
    "`/coffee preferences` changes it.",
    ids.QUIET_BIGGER: "Noted: bigger groups, wherever the numbers allow. `/coffee preferences` "
    "changes it.",
    ids.QUIET_PAUSE: "You have a break of four weeks. It ends by itself; `/coffee resume` ends "
    "it sooner.",
    ids.QUIET_STOP: "You are out of this channel's rounds. `/coffee join` brings you back.",
    ids.QUIET_STAY: "Good, everything stays as it is.",
}


def _others(meeting: Meeting, to: str) -> str:
    return words.people([user_id for user_id in meeting.user_ids if user_id != to])
