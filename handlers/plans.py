"""When something comes up: the buttons that move or call off an agreed time, and the commands."""

from __future__ import annotations

from slack_bolt import App

from bot.meetings import ids, outcomes
from bot.meetings.errors import NobodyNamed
from bot.meetings.ids import Anew, AtTime, Moving
from bot.meetings.plans import changing
from bot.meetings.views import plans as view
from bot.platform.services import Services
from core import words
from core.values import Meeting
from handlers.meetings import show_the_others
from handlers.platform.door import button
from handlers.platform.visits import Visit


def register(app: App, services: Services) -> None:
    """Bind every button of a plan that changes."""
    button(app, services, ids.PLAN_CHANGE, came_up)
    button(app, services, ids.PLAN_MOVE, asked, several=True)
    button(app, services, ids.PLAN_YES, agreed)
    button(app, services, ids.PLAN_NO, declined)
    button(app, services, ids.PLAN_OFF, called_off)
    button(app, services, ids.PLAN_AGAIN, picked_again, several=True)


def came_up(visit: Visit, pressed: AtTime) -> None:
    """ "Something came up"."""
    shown = changing.choices(visit.services, visit.who, pressed.meeting, pressed.at)
    visit.answer(shown["text"], shown["blocks"])


def asked(visit: Visit, pressed: Moving) -> None:
    """ "Ask for this one"."""
    drawn = changing.ask(visit.services, visit.who, pressed.meeting, pressed.at, pressed.to)
    if drawn.meeting.agreed_at == pressed.to:  # somebody had asked for the same
        visit.redraw(view.answered(pressed.to))
        _follow(visit, drawn)
    else:
        visit.replace(view.asked(drawn.meeting, visit.user_id, pressed.at, pressed.to))


def agreed(visit: Visit, pressed: AtTime) -> None:
    """ "Works for me"."""
    drawn, shown = changing.agree(visit.services, visit.who, pressed.meeting, pressed.at)
    visit.redraw(shown)
    _follow(visit, drawn)


def declined(visit: Visit, pressed: AtTime) -> None:
    """ "I can't then"."""
    visit.redraw(changing.decline(visit.services, visit.who, pressed.meeting, pressed.at))


def called_off(visit: Visit, pressed: AtTime) -> None:
    """ "Call it off"."""
    drawn, said = changing.call_off(visit.services, visit.who, pressed.meeting, pressed.at)
    visit.replace(said)
    _follow(visit, drawn)


def picked_again(visit: Visit, pressed: Anew) -> None:
    """ "Suits me", of a time proposed after another one was called off."""
    drawn, shown = changing.again(visit.services, visit.who, pressed)
    visit.redraw(shown)
    _follow(visit, drawn)


def _follow(visit: Visit, drawn: outcomes.Drawn) -> None:
    """The introduction and the others' Home tabs show the agreed time too."""
    outcomes.show(visit.services, drawn)
    show_the_others(visit, drawn.meeting.id)


# -- by command ---------------------------------------------------------------


def move(visit: Visit, rest: str) -> None:
    """Other times to ask for."""
    shown = changing.choices(visit.services, visit.who, _meant(visit, rest, "move").id)
    visit.answer(shown["text"], shown["blocks"])


def cancel(visit: Visit, rest: str) -> None:
    """Off at once; of several, the one with the person named."""
    if words.beside_mentions(rest):
        raise NobodyNamed(rest, "cancel")
    meeting = _meant(visit, rest, "cancel")
    drawn, said = changing.call_off(visit.services, visit.who, meeting.id)
    visit.answer(said)
    _follow(visit, drawn)


def _meant(visit: Visit, rest: str, word: str) -> Meeting:
    named = words.mentions(rest)
    return outcomes.which(visit.services, visit.who, named, visit.channel_id, word, agreed=True)
