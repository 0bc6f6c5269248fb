"""What people read when something of their own is refused: why, and what to do."""

from __future__ import annotations

from bot.people import errors
from bot.platform.errors import ForThePerson
from bot.views import words
from core.when import Trouble


def sentence(error: ForThePerson) -> str | None:
    """The sentence for a refusal; None for one of another feature."""
    match error:
        case errors.WhichChannel():
            listed = words.join([words.channel(channel) for channel in error.channels])
            return f"You are in several: {listed}. Type the command in the one you mean."
        case errors.NothingToSkip():
            return (
                "You are not in the next round here, so there is nothing to skip. `/coffee join` "
                "brings you in, `/coffee leave` keeps you out for good."
            )
        case errors.NotWithYourself():
            return "You cannot put yourself on that list."
        case errors.NotTheNextRound():
            said = f"That round of {words.channel(error.channel)} is no longer the next one"
            if error.upcoming is None:
                return f"{said}, and none is planned."
            when = words.moment_for_all(error.upcoming)
            return f"{said}. The next is {when}; `/coffee` shows where you stand."
        case errors.NoPause():
            return _no_pause(error)
    return None


def _no_pause(error: errors.NoPause) -> str:
    text = words.quoted(error.text)
    match error.trouble:
        case Trouble.PAST:
            return f"“{text}” has passed already. Try `2w`, `until 12 Dec` or `next monday`."
        case Trouble.NEVER:
            return "A pause needs an end. To stop for good, type `/coffee leave`."
        case Trouble.TOO_FAR:
            return f"“{text}” is more than a year away. To stop for good, type `/coffee leave`."
    return f"I could not read “{text}” as a date. Try `2w`, `until 12 Dec` or `next monday`."
