"""The settings of a channel: the two modals, redrawn while they are filled in, and saved."""

from __future__ import annotations

from functools import partial

from slack_bolt import App

from bot.channels import detail, ids
from bot.channels import settings as channel_settings
from bot.channels.ids import OverDraft
from bot.channels.views import detail as detail_view
from bot.channels.views import form
from bot.platform.services import Services
from bot.views.carried import InChannel
from handlers.platform.door import button, changed, sent
from handlers.platform.redrawing import Newest, redraw, update
from handlers.platform.visits import Visit, opens


def register(app: App, services: Services) -> None:
    """Bind the button, the inputs that redraw their modal, and both submissions."""
    newest = Newest()
    button(app, services, ids.SETTINGS_OPEN, open_settings)
    button(app, services, ids.SETTINGS_MORE, open_more)
    rhythm = form.RHYTHM.dispatching()
    changed(app, services, ids.SETTINGS, rhythm, partial(changed_rhythm, newest))
    country = [detail_view.country().id]
    changed(app, services, ids.SETTINGS_DETAIL, country, partial(changed_country, newest))
    sent(app, services, ids.SETTINGS, save)
    sent(app, services, ids.SETTINGS_DETAIL, save_detail)


@opens
def open_settings(visit: Visit, pressed: InChannel) -> None:
    """ "Settings": the form for hosts, the same to read for others."""
    channel = channel_settings.reached(visit.services, visit.who, pressed.channel)
    visit.open(channel_settings.modal(visit.services, channel, visit.user_id))


@opens
def open_more(visit: Visit, pressed: InChannel) -> None:
    """ "More": the second modal, on top."""
    visit.open(detail.modal(visit.services, visit.who, pressed.channel, visit.values()))


def changed_rhythm(newest: Newest, visit: Visit, behind: InChannel) -> None:
    """Another rhythm: other fields, other dates."""
    drawn = channel_settings.redraw(visit.services, visit.who, behind.channel, visit.values())
    redraw(newest, visit, drawn)


def changed_country(newest: Newest, visit: Visit, behind: OverDraft) -> None:
    """Another country: other regions."""
    redraw(newest, visit, detail.redraw(visit.services, visit.who, behind, visit.values()))


def save(visit: Visit, behind: InChannel) -> None:
    """Save the main modal; problems go beside the fields."""
    filled_in = (visit.services, visit.who, behind.channel, visit.values())
    if (fresh := channel_settings.missing(*filled_in)) is not None:
        visit.ack(response_action="update", view=fresh)
        return
    said = channel_settings.save(*filled_in)
    visit.ack()
    visit.answer(said)


def save_detail(visit: Visit, behind: OverDraft) -> None:
    """Save the second modal; the main one below shows the new dates."""
    said = detail.save(visit.services, visit.who, behind, visit.values())
    visit.ack()
    below = str((visit.view or {}).get("previous_view_id") or "")
    if below:
        update(visit, below, detail.main_form(visit.services, visit.who, behind))
    visit.answer(said)
