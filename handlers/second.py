"""A second partner in the round: the buttons under the question in mid-round, and the command."""

from __future__ import annotations

from slack_bolt import App

from bot.meetings import ids, outcomes
from bot.meetings.errors import NobodyNamed
from bot.meetings.ids import OfMeeting
from bot.meetings.second import searching
from bot.platform.services import Services
from core import words
from handlers.meetings import SMALL_WORDS, STOP
from handlers.platform.door import button
from handlers.platform.visits import Visit


def register(app: App, services: Services) -> None:
    """Bind the buttons."""
    button(app, services, ids.SECOND_FIND, find)
    button(app, services, ids.SECOND_STOP, stop)


def find(visit: Visit, pressed: OfMeeting) -> None:
    """ "Find me somebody else too"."""
    shown = searching.begin(visit.services, visit.who, pressed.meeting)
    _show(visit, pressed, shown["text"])


def stop(visit: Visit, pressed: OfMeeting) -> None:
    """ "Stop looking"."""
    _show(visit, pressed, searching.stop(visit.services, visit.who, pressed.meeting))


def _show(visit: Visit, pressed: OfMeeting, said: str) -> None:
    """Where the question stands it is drawn again, with what is so now; elsewhere it is said."""
    if visit.is_direct_message():
        visit.redraw(searching.asked_again(visit.services, visit.who, pressed.meeting))
    else:
        visit.replace(said)


def typed(visit: Visit, rest: str) -> None:
    """Somebody else, beside the introduction meant; or not any more."""
    word = words.beside_mentions(rest)
    stops = word in STOP
    if not stops and not set(word.split()) <= SMALL_WORDS:
        raise NobodyNamed(rest, "second")
    named = words.mentions(rest)
    meeting = outcomes.which(visit.services, visit.who, named, visit.channel_id, "second")
    if stops:
        visit.answer(searching.stop(visit.services, visit.who, meeting.id))
    else:
        shown = searching.begin(visit.services, visit.who, meeting.id)
        visit.answer(shown["text"], shown["blocks"])
