"""What people read when something is refused or went wrong: one clear sentence, and what to do."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.channels.views import refusals as of_channels
from bot.checkins.refusals import Refused
from bot.checkins.views import words as checkin_words
from bot.meetings.views import refusals as of_meetings
from bot.outbox import refusals as of_the_outbox
from bot.people.views import refusals as of_people
from bot.platform.errors import ForThePerson, OtherCompany
from bot.rounds.views import refusals as of_rounds


def sentence(error: ForThePerson) -> str:
    """The sentence for a refusal. Raises LookupError for one that no feature has words for."""
    for told in REFUSALS:
        if (said := told(error)) is not None:
            return said
    raise LookupError(f"no sentence for {type(error).__name__}")


def _of_strangers(error: ForThePerson) -> str | None:
    if not isinstance(error, OtherCompany):
        return None
    return (
        "I am for people of one company, and you are here from another one. You are welcome in the "
        "channel all the same."
    )


def _of_checkins(error: ForThePerson) -> str | None:
    return checkin_words.refusal(error.why, error.facts) if isinstance(error, Refused) else None


# Each has a sentence for its own feature's refusals, and None for others.
REFUSALS: Sequence[Callable[[ForThePerson], str | None]] = (
    of_the_outbox.sentence,
    of_meetings.sentence,
    of_rounds.sentence,
    of_channels.sentence,
    _of_checkins,
    of_people.sentence,
    _of_strangers,
)


def not_here() -> str:
    """Slack says that Kettle is not in the channel, whatever is stored."""
    return of_channels.not_here()


def stale() -> str:
    """A button from another time."""
    return "That button is too old to work. `/coffee` shows where things stand."


PRESS_AGAIN = "Please press again in a minute."
TYPE_AGAIN = "Please type it again in a minute."
HALF_DONE = "Part of it is done: `/coffee` shows where things stand."


def unsaved(again: str, stored: bool) -> str:
    """The database did not take it in time, and will not take it later."""
    if stored:
        return f"I could not save all of that just now. {HALF_DONE}"
    return f"Not saved: I could not store it just now. {again}"


def in_doubt() -> str:
    """The database went away in the middle of storing."""
    return (
        "I cannot tell yet whether that is saved. In a minute, `/coffee` shows where things stand."
    )


def slack_is_away(stored: bool = False) -> str:
    """Slack did not answer while Kettle asked it something."""
    if stored:
        return f"Slack did not answer me just now. {HALF_DONE}"
    return "Slack did not answer me just now. Nothing was changed; please try again in a minute."


def internal(reference: str, stored: bool = False) -> str:
    """Something that nobody foresaw."""
    done = HALF_DONE if stored else "Nothing was changed."
    return (
        f"Something went wrong on my side. {done} If it happens again, give your admin this "
        f"reference: `{reference}`."
    )


def unknown_button() -> str:
    """Something was pressed that this version of Kettle does not draw any more."""
    return "That does not do anything any more. `/coffee` shows where things stand."
