"""`/coffee` and the buttons that do the same things."""

from __future__ import annotations

from collections.abc import Callable

from slack_bolt import App

from bot.channels import settings as channel_settings
from bot.checkins.after import hands
from bot.people import ids, overview, preferences, standing
from bot.people.views import coffee as view
from bot.platform.services import Services
from bot.views.carried import Nothing
from core import words
from handlers import meetings, rounds
from handlers.platform.door import Visit, button, command


def register(app: App, services: Services) -> None:
    """Bind the command and its buttons."""
    command(app, services, "/coffee", coffee_command)
    button(app, services, ids.PAUSE_END, pressed_resume)


def coffee_command(visit: Visit) -> None:
    """`/coffee …`: the word decides; an unknown one gets the nearest and help."""
    word, rest = words.split(visit.value)
    listener = COMMANDS.get(word)
    if listener is None:
        visit.answer(view.unknown(word, words.nearest(word, view.COMMANDS)))
        return
    listener(visit, rest)


def show_status(visit: Visit, _rest: str) -> None:
    """Where the person stands."""
    shown = overview.status(visit.services, visit.team_id, visit.user_id)
    visit.answer(shown["text"], shown["blocks"])


def show_help(visit: Visit, _rest: str) -> None:
    """Everything Kettle can do."""
    shown = view.help_text()
    visit.answer(shown["text"], shown["blocks"])


def pause(visit: Visit, rest: str) -> None:
    """A break: with a date at once, without one by the modal."""
    if not rest:
        visit.open(preferences.pause_modal(visit.services, visit.team_id, visit.user_id))
        return
    visit.answer(standing.pause(visit.services, visit.team_id, visit.user_id, rest))


def resume(visit: Visit, _rest: str) -> None:
    """End the break."""
    visit.answer(standing.resume(visit.services, visit.team_id, visit.user_id))


def pressed_resume(visit: Visit, _pressed: Nothing) -> None:
    """ "End the pause"."""
    resume(visit, "")


def hand(visit: Visit, rest: str) -> None:
    """Ask volunteers for a hand (C5)."""
    visit.answer(hands.offer_a_hand(visit.services, visit.team_id, visit.user_id, rest))


def history(visit: Visit, _rest: str) -> None:
    """Whom the person met lately."""
    shown = overview.history(visit.services, visit.team_id, visit.user_id)
    visit.answer(shown["text"], shown["blocks"])


def avoid(visit: Visit, rest: str) -> None:
    """The private list: by name at once, without one by the modal."""
    if not rest:
        visit.open(preferences.avoid_modal(visit.services, visit.team_id, visit.user_id))
        return
    visit.answer(preferences.avoid(visit.services, visit.team_id, visit.user_id, rest))


def open_preferences(visit: Visit, _rest: str) -> None:
    """The preferences modal."""
    visit.open(preferences.modal(visit.services, visit.team_id, visit.user_id))


def settings(visit: Visit, _rest: str) -> None:
    """The channel's settings."""
    visit.open(channel_settings.modal(visit.services, rounds.here(visit), visit.user_id))


COMMANDS: dict[str, Callable[[Visit, str], None]] = {
    "": show_status,
    **rounds.COMMANDS,
    "pause": pause,
    "resume": resume,
    "hand": hand,
    **meetings.COMMANDS,
    "history": history,
    "avoid": avoid,
    "preferences": open_preferences,
    "settings": settings,
    "help": show_help,
}
