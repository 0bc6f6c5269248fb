"""What people read when something about a meeting is refused: why, and what to do."""

from __future__ import annotations

from collections.abc import Mapping

from bot.meetings import errors
from bot.platform.errors import ForThePerson
from bot.views import words
from core.when import Trouble

PLAIN: Mapping[type[ForThePerson], str] = {
    errors.NotYourMeeting: "That button belongs to the people who were introduced.",
    errors.NoMeeting: "You have not been introduced to anybody yet. `/coffee` shows when the "
    "next round is.",
    errors.TimeGone: "That time has gone by. If none is left above, suggest one here.",
    errors.TimeTaken: "You have agreed to another coffee at that time. Another one may still "
    "suit you.",
    errors.NotAgreed: "There's no time agreed just now, so there's nothing to move or call off. "
    "`/coffee times` shows what I proposed, `/coffee skip` leaves out the next round.",
    errors.PlanOver: "That time has already begun, so I can't move it. If you didn't get to "
    "talk, suggest a new time in your conversation.",
    errors.NotFree: "That time isn't free for everyone any more. `/coffee move` shows what is.",
    errors.TimeFound: "You have found a time, or have met already, so I'm not looking for "
    "anybody else.",
    errors.OutOfRounds: "You're on a break, or not in this channel's rounds just now. `/coffee "
    "resume` or `/coffee join` changes that; then ask me again.",
    errors.CannotTakePart: "The hosts of this channel have not opened the rounds to guests. "
    "Ask one of them.",
}


def sentence(error: ForThePerson) -> str | None:
    """The sentence for a refusal; None for one of another feature."""
    match error:
        case errors.WhichMeeting():
            return _which_meeting(error)
        case errors.NotIntroduced():
            whom = words.people(error.people)
            return (
                f"I have not introduced you to {whom} lately. `/coffee history` lists whom you "
                "were introduced to."
            )
        case errors.NobodyNamed():
            return (
                f"I could not find a person in “{words.quoted(error.text)}”. Pick them with @, as "
                f"in `/coffee {error.word} @name`."
            )
        case errors.PlanMoved() | errors.NotAsked():
            return _stale_plan(error)
        case errors.NotMinutes():
            return _minutes(error)
        case errors.NoSuchTime():
            return (
                f"I could not read “{words.quoted(error.text)}” as one of the times. `/coffee "
                "times` lists them; `/coffee times 2` says that the second one suits you."
            )
        case errors.NoSuchQuestion():
            return (
                f"I have no questions of the kind “{words.quoted(error.text)}”. Try `/coffee "
                "question light`, `work`, `deep` or `any`."
            )
    return _second(error) or PLAIN.get(type(error))


def _stale_plan(error: errors.PlanMoved | errors.NotAsked) -> str:
    now = f"Your coffee is now {words.moment_for_all(error.at)}"
    if isinstance(error, errors.PlanMoved):
        return f"That was about an earlier time. {now}; `/coffee move` asks for another one."
    return f"Nobody is asking for that time any more. {now}."


def _second(error: ForThePerson) -> str | None:
    if isinstance(error, errors.TooSoon):
        when = words.moment_for_all(error.opens)
        return f"Give your introduction a little time: I can look for somebody else from {when} on."
    if isinstance(error, errors.NoSecond):
        due = f" The next one is {words.moment_for_all(error.due)}." if error.due else ""
        return f"I can't look for anybody else in this round.{due}"
    return None


def _which_meeting(error: errors.WhichMeeting) -> str:
    listed = "; ".join(words.people(group) for group in error.groups)
    return (
        f"More than one introduction of yours is under way: {listed}. Say which one, "
        f"as in `/coffee {error.word} @name`."
    )


def _minutes(error: errors.NotMinutes) -> str:
    if error.trouble is Trouble.TOO_SHORT:
        return "A few minutes more, please: from 5 to 120, such as `/coffee now 15`."
    if error.trouble is Trouble.TOO_LONG:
        return "That is long for a quick coffee: from 5 to 120 minutes, such as `/coffee now 30`."
    return f"I could not read “{words.quoted(error.text)}” as minutes. Try `/coffee now 15`."
