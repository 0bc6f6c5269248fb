"""For hosts: the pulse of a channel, and its prompts."""

from __future__ import annotations

import json
import re
from functools import partial
from typing import Any

from slack_bolt import App

from bot.channels import hosts
from bot.checkins import access, ids
from bot.checkins.asking import forms, prompts, pulse_settings
from bot.checkins.asking.views import hosts as view
from bot.checkins.views import post
from bot.platform.services import Services
from core.checkins import Kind
from core.prompts import sections
from core.values import Channel
from handlers.checkins.told import redraw_modal, told
from handlers.platform.door import Visit, action, submission


def register(app: App, services: Services) -> None:
    """Bind the buttons of hosts and their forms."""
    action(app, services, ids.PULSE_OPEN, told(open_pulse))
    submission(app, services, ids.PULSE_FORM, told(save_pulse))
    action(app, services, ids.PROMPTS_OPEN, told(open_prompts))
    action(app, services, ids.PROMPTS_KIND, told(changed_kind))
    action(app, services, ids.PROMPT_ADD, told(add))
    action(app, services, _each(ids.PROMPT_EDIT), told(edit))
    action(app, services, _each(ids.PROMPT_RETIRE), told(partial(retire, True)))
    action(app, services, _each(ids.PROMPT_KEEP), told(partial(retire, False)))
    submission(app, services, ids.PROMPT_FORM, told(save_prompt))


def _each(action_id: str) -> re.Pattern[str]:
    return re.compile(rf"^{re.escape(action_id)}\.")


def open_pulse(visit: Visit) -> None:
    """ "Pulse in this channel"."""
    channel = access.channel_of(visit.services, visit.team_id, visit.value)
    visit.open(pulse_settings.form(visit.services, channel, visit.user_id))


def save_pulse(visit: Visit) -> None:
    """A host decided."""
    channel = access.channel_of(visit.services, visit.team_id, visit.metadata)
    values = visit.values()
    on, floor = values.get(view.ON) == "on", str(values.get(view.FLOOR) or "")
    said = pulse_settings.save(visit.services, channel, visit.user_id, on, floor)
    visit.ack(response_action="update", view=post.said("Pulse", said))


def open_prompts(visit: Visit) -> None:
    """ "Prompts": to read for everyone, to change for hosts."""
    channel_id, _, kind = visit.value.partition("|")
    channel = access.channel_of(visit.services, visit.team_id, channel_id)
    visit.open(_drawn(visit, channel, Kind(kind)))


def changed_kind(visit: Visit) -> None:
    """The prompts of another kind."""
    channel = access.channel_of(visit.services, visit.team_id, visit.metadata)
    redraw_modal(visit, _drawn(visit, channel, Kind(visit.value)))


def add(visit: Visit) -> None:
    """ "Add one": an empty form, on top."""
    channel_id, _, kind = visit.value.partition("|")
    channel = access.channel_of(visit.services, visit.team_id, channel_id)
    access.require_host(visit.services, channel, visit.user_id)
    visit.open(_form(visit, channel, Kind(kind), None))


def edit(visit: Visit) -> None:
    """ "Edit": the form with the words as they are."""
    channel = access.channel_of(visit.services, visit.team_id, visit.metadata)
    access.require_host(visit.services, channel, visit.user_id)
    visit.open(_form(visit, channel, _kind(visit), visit.value))


def retire(retired: bool, visit: Visit) -> None:
    """ "Retire" or "Bring back"."""
    channel = access.channel_of(visit.services, visit.team_id, visit.metadata)
    kind = _kind(visit)
    prompts.retire(visit.services, channel, visit.user_id, kind, visit.value, retired)
    redraw_modal(visit, _drawn(visit, channel, kind))


def save_prompt(visit: Visit) -> None:
    """The form was sent; the list below shows it."""
    data = json.loads(visit.metadata)
    channel = access.channel_of(visit.services, visit.team_id, data["c"])
    values, kind = visit.values(), Kind(data["k"])
    text, section = str(values.get(view.WORDS) or ""), str(values.get(view.SECTION) or "")
    prompts.save(visit.services, channel, visit.user_id, kind, data["p"], text, section or None)
    visit.ack()
    below = str((visit.view or {}).get("previous_view_id") or "")
    if below:
        redraw_modal(visit, _drawn(visit, channel, kind), below)


def _kind(visit: Visit) -> Kind:
    return forms.kind_in(visit.values(), ids.PROMPTS_KIND, Kind.OPEN)


def _drawn(visit: Visit, channel: Channel, kind: Kind) -> dict[str, Any]:
    access.require_member(visit.services, channel, visit.user_id, ask_slack=True)
    shelf = prompts.shelf_of(visit.services, channel, kind)
    host = hosts.is_host(visit.services, channel, visit.user_id)
    return view.prompts(channel.id, kind, shelf.prompts, shelf.own, shelf.retired, host)


def _form(visit: Visit, channel: Channel, kind: Kind, prompt_id: str | None) -> dict[str, Any]:
    shelf = prompts.shelf_of(visit.services, channel, kind)
    text = next((prompt.text for prompt in shelf.prompts if prompt.id == prompt_id), "")
    metadata = json.dumps({"c": channel.id, "k": kind.value, "p": prompt_id})
    return view.prompt_form(metadata, kind, text, sections(shelf.prompts), prompt_id is None)
