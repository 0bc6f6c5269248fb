"""What people set for themselves: the preferences, the private list and the break."""

from __future__ import annotations

from functools import partial

from slack_bolt import App

from bot.people import ids as own
from bot.people import preferences
from bot.people.views import holidays
from bot.people.views import preferences as view
from bot.platform.services import Services
from bot.rounds import ids as round_ids
from bot.views.carried import Nothing
from handlers.platform.door import button, changed, sent
from handlers.platform.redrawing import Newest, redraw
from handlers.platform.visits import Visit, opens


def register(app: App, services: Services) -> None:
    """Bind the buttons that open the modals, and their submissions."""
    button(app, services, own.PREFERENCES_OPEN, open_preferences)
    button(app, services, round_ids.PAUSE_OPEN, open_pause)
    country = [holidays.country().id]
    changed(app, services, own.PREFERENCES, country, partial(changed_country, Newest()))
    sent(app, services, own.PREFERENCES, save_preferences)
    sent(app, services, own.PAUSE, save_pause)
    sent(app, services, own.AVOID, save_avoided)


@opens
def open_preferences(visit: Visit, _pressed: Nothing) -> None:
    """ "Preferences"."""
    visit.open(preferences.modal(visit.services, visit.who))


@opens
def open_pause(visit: Visit, _pressed: Nothing) -> None:
    """ "Pause…", "Away until…"."""
    visit.open(preferences.pause_modal(visit.services, visit.who))


def changed_country(newest: Newest, visit: Visit, _behind: Nothing) -> None:
    """Another country: other regions."""
    redraw(newest, visit, preferences.redraw(visit.services, visit.who, visit.values()))


def save_preferences(visit: Visit, _behind: Nothing) -> None:
    """Save them; if something should be known, the modal says it before it closes."""
    said = preferences.save(visit.services, visit.who, visit.values())
    if said:
        visit.ack(response_action="update", view=view.done(view.TITLE, f"{view.SAVED} {said}"))


def save_pause(visit: Visit, _behind: Nothing) -> None:
    """A break from now until the day chosen."""
    said = preferences.save_pause(visit.services, visit.who, visit.values())
    visit.ack()
    visit.answer(said)


def save_avoided(visit: Visit, _behind: Nothing) -> None:
    """The list; what is said about it stays inside the modal and leaves no message behind."""
    said = preferences.save_avoided(visit.services, visit.who, visit.values())
    visit.ack(response_action="update", view=view.done(view.AVOID_TITLE, said))
