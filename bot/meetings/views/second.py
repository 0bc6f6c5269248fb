"""A second partner in the round: the offer, the search, and how it ends (P24)."""

from __future__ import annotations

from datetime import datetime

from slack_sdk.models.blocks import ButtonElement

from bot.meetings import ids
from bot.views import blocks as b
from bot.views import words
from bot.views.blocks import Blocks, Message
from core.values import Meeting

FIND, STOP = "Find me somebody else too", "Stop looking"
STOPPED = "I've stopped looking. Your introduction stays as it is."
NOT_LOOKING = "I'm not looking for anybody else for you just now."
FOUND_ALREADY = "I've found somebody else for you already; that introduction stays."
FOUND = (
    "I've found somebody else for you in this round. Your conversation will start at the first "
    "good moment for both of you."
)
INTRODUCED = "I've introduced you to somebody else in this round as well."


def offer(meeting: Meeting, to: str) -> Blocks:
    """Under the question in mid-round, in these words for everybody, whatever the others do."""
    text = (
        "Not sure it'll happen? I can look for somebody else in this round as well. You and "
        f"{_others(meeting, to)} can still meet, and I won't tell anybody that you asked."
    )
    return [b.section(text, b.button(FIND, ids.SECOND_FIND, ids.OfMeeting(meeting.id)))]


def looking(meeting: Meeting, to: str, until: datetime) -> Message:
    """The search has begun."""
    said = f"{search(until)} {_still(meeting, to)}"
    return b.message(said, [b.section(said), b.actions(_stop(meeting))])


def looking_beside(meeting: Meeting, until: datetime) -> Blocks:
    """The same, under the question."""
    return [b.section(search(until)), b.actions(_stop(meeting))]


def found(meeting: Meeting, to: str, introduced: bool) -> Message:
    """Somebody else was waiting; `introduced`: their conversation has started."""
    said = f"{INTRODUCED if introduced else FOUND} {_still(meeting, to)}"
    return b.message(said, [b.section(said)])


def found_beside(introduced: bool) -> Blocks:
    """The same, under the question."""
    return [b.section(INTRODUCED if introduced else FOUND)]


def over(meeting: Meeting, to: str, due_at: datetime | None) -> Message:
    """The search is over and nobody was found; why, nobody can say who may say it."""
    others = _others(meeting, to)
    when = f" The next round is {words.moment_for_all(due_at)}." if due_at else ""
    text = (
        f"A second introduction didn't work out this time.{when} If you and {others} got to talk "
        "after all, tell me."
    )
    met = b.button("We met", ids.MEETING_MET, ids.OfMeeting(meeting.id))
    return b.message("No second introduction this time.", [b.section(text), b.actions(met)])


def search(until: datetime) -> str:
    """What happens from now on, and when they hear."""
    return (
        f"I'm looking for somebody else for you until {words.moment_for_all(until)}. If I find "
        "somebody, your conversation will start by itself; if not, I'll tell you afterwards, in "
        "your working hours."
    )


def _still(meeting: Meeting, to: str) -> str:
    return (
        f"You and {_others(meeting, to)} can still meet, and I won't tell anybody that you asked."
    )


def _stop(meeting: Meeting) -> ButtonElement:
    return b.button(STOP, ids.SECOND_STOP, ids.OfMeeting(meeting.id))


def _others(meeting: Meeting, to: str) -> str:
    return words.people([user_id for user_id in meeting.user_ids if user_id != to])
