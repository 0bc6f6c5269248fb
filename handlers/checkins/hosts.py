"""For hosts: the pulse of a channel, and its prompts."""

from __future__ import annotations

from functools import partial

from slack_bolt import App

from bot.channels import hosts
from bot.checkins import access, ids
from bot.checkins.asking import forms, prompts, pulse_settings
from bot.checkins.asking.views import hosts as view
from bot.checkins.ids import KindHere, OfKind, OfPrompt, Reworded
from bot.checkins.views import post
from bot.platform.services import Services
from bot.views.blocks import ModalView
from bot.views.carried import InChannel
from core.checkins import Kind
from core.prompts import sections
from core.values import Channel
from handlers.checkins.told import redraw_modal, told
from handlers.platform.door import button, sent
from handlers.platform.visits import Visit, opens


def register(app: App, services: Services) -> None:
    """Bind the buttons of hosts and their forms."""
    button(app, services, ids.PULSE_OPEN, told(open_pulse))
    sent(app, services, ids.PULSE_FORM, told(save_pulse))
    button(app, services, ids.PROMPTS_OPEN, told(open_prompts))
    button(app, services, ids.PROMPTS_KIND, told(changed_kind))
    button(app, services, ids.PROMPT_ADD, told(add))
    button(app, services, ids.PROMPT_EDIT, told(edit), several=True)
    button(app, services, ids.PROMPT_RETIRE, told(partial(retire, True)), several=True)
    button(app, services, ids.PROMPT_KEEP, told(partial(retire, False)), several=True)
    sent(app, services, ids.PROMPT_FORM, told(save_prompt))


@opens
def open_pulse(visit: Visit, of: InChannel) -> None:
    """ "Pulse in this channel"."""
    channel = _channel(visit, of.channel)
    visit.open(pulse_settings.form(visit.services, channel, visit.user_id))


def save_pulse(visit: Visit, of: InChannel) -> None:
    """A host decided."""
    channel = _channel(visit, of.channel)
    said = pulse_settings.save(visit.services, channel, visit.user_id, visit.values())
    visit.ack(response_action="update", view=post.said("Pulse", said))


@opens
def open_prompts(visit: Visit, here: KindHere) -> None:
    """ "Prompts": to read for everyone, to change for hosts."""
    visit.open(_drawn(visit, _channel(visit, here.channel_id), here.kind))


def changed_kind(visit: Visit, chosen: OfKind) -> None:
    """The prompts of another kind."""
    redraw_modal(visit, _drawn(visit, _shown(visit), chosen.kind))


@opens
def add(visit: Visit, here: KindHere) -> None:
    """ "Add one": an empty form, on top."""
    channel = _channel(visit, here.channel_id)
    access.require_host(visit.services, channel, visit.user_id)
    visit.open(_form(visit, channel, Reworded(channel.id, here.kind)))


@opens
def edit(visit: Visit, which: OfPrompt) -> None:
    """ "Edit": the form with the words as they are."""
    channel = _shown(visit)
    access.require_host(visit.services, channel, visit.user_id)
    visit.open(_form(visit, channel, Reworded(channel.id, _kind(visit), which.prompt_id)))


def retire(retired: bool, visit: Visit, which: OfPrompt) -> None:
    """ "Retire" or "Bring back"."""
    channel, kind = _shown(visit), _kind(visit)
    prompts.retire(visit.services, channel, visit.user_id, kind, which.prompt_id, retired)
    redraw_modal(visit, _drawn(visit, channel, kind))


def save_prompt(visit: Visit, which: Reworded) -> None:
    """The form was sent; the list below shows it."""
    channel = _channel(visit, which.channel_id)
    prompts.save(visit.services, channel, visit.user_id, which, visit.values())
    visit.ack()
    below = str((visit.view or {}).get("previous_view_id") or "")
    if below:
        redraw_modal(visit, _drawn(visit, channel, which.kind), below)


def _channel(visit: Visit, channel_id: str) -> Channel:
    return access.channel_of(visit.services, visit.there(channel_id))


def _shown(visit: Visit) -> Channel:
    """The channel whose prompts are on show."""
    return _channel(visit, visit.behind(InChannel).channel)


def _kind(visit: Visit) -> Kind:
    return forms.kind_in(visit.values(), ids.PROMPTS_KIND, Kind.OPEN)


def _drawn(visit: Visit, channel: Channel, kind: Kind) -> ModalView:
    access.require_member(visit.services, channel, visit.user_id, ask_slack=True)
    shelf = prompts.shelf_of(visit.services, channel, kind)
    host = hosts.is_host(visit.services, channel, visit.user_id)
    return view.prompts(channel.id, kind, shelf.prompts, shelf.own, shelf.retired, host)


def _form(visit: Visit, channel: Channel, which: Reworded) -> ModalView:
    shelf = prompts.shelf_of(visit.services, channel, which.kind)
    text = next((prompt.text for prompt in shelf.prompts if prompt.id == which.prompt_id), "")
    return view.prompt_form(which, text, sections(shelf.prompts))
