"""What is asked after an introduction: the nudge, "did you get to talk?", and the word back."""

from __future__ import annotations

from collections.abc import Sequence

from bot.meetings import ids
from bot.views import blocks as b
from bot.views import words
from bot.views.blocks import Block, Message
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
    None: "you haven't said",
}

FIRST_LINE, IN_WRITING = "Shall we find half an hour?", "I'll start with the question above."

# Whom it is with is told by the introduction itself: it may still be put together anew.
COMING = (
    "An introduction for you is on its way. It'll come at the first good moment for all of you."
)


def nudge(meeting: Meeting, to: str) -> Message:
    """To the organiser, once, when nothing has happened yet."""
    others, line = _others(meeting, to), FIRST_LINE if meeting.proposals else IN_WRITING
    text = (
        f"It's your turn to get the coffee with {others} going. One line in your conversation is "
        f"enough: “{line}”"
    )
    return b.message(f"Coffee with {others}: will you say hello?", [b.section(text)])


def ask(meeting: Meeting, to: str, more: Sequence[Block] = ()) -> Message:
    """ "Did you get to talk?", to one person; drawn from what they answered so far.

    `more`: what stands below it.
    """
    given = meeting.answer_of(to)
    if given is None:
        return question(meeting, to, more)
    said = said_to(meeting, to, given)
    return b.message(said, [b.section(said), answers(meeting), *more])


def question(meeting: Meeting, to: str, more: Sequence[Block] = (), again: bool = False) -> Message:
    """The same where it is asked now; `again`: for the second and last time."""
    asked = f"Did you get to talk with {_others(meeting, to)}?"
    if again:
        asked = f"One last time: did you get to talk with {_others(meeting, to)}?"
    if meeting.answer_of(to) is Outcome.PLANNING:
        asked = f"You were still planning to meet {_others(meeting, to)}. Did it work out?"
    note = (
        "If you met, the others see that. Any other answer stays between us, and helps me pair "
        "people fairly."
    )
    return b.message(asked, [b.section(asked), answers(meeting), b.small(note), *more])


def answers(meeting: Meeting) -> Block:
    """The three answers of P10."""
    value = ids.OfMeeting(meeting.id)
    return b.actions(
        b.button("We met", ids.MEETING_MET, value, style="primary"),
        b.button("Still planning", ids.MEETING_PLANNING, value),
        b.button("Not this time", ids.MEETING_NOT, value),
    )


def said_to(meeting: Meeting, to: str, outcome: Outcome) -> str:
    """The word back to one person about what they answered."""
    return SAID[outcome].format(others=_others(meeting, to))


def _others(meeting: Meeting, to: str) -> str:
    return words.people([user_id for user_id in meeting.user_ids if user_id != to])
