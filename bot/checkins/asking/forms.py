"""Between the asker's modals and a wish: what is drawn, and the one place that reads it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from bot.channels import hosts
from bot.checkins import access
from bot.checkins.asking import prompts, schedules, wishes
from bot.checkins.asking.views import form as view
from bot.checkins.asking.views.form import Form
from bot.checkins.asking.wishes import Wish
from bot.checkins.quiet import is_quiet
from bot.platform.services import Services
from bot.views.forms import Reading
from bot.views.rhythm import RhythmDraft
from core.cadence import Cadence, Every
from core.checkins import Audience, Kind
from core.values import Channel, Person

Values = Mapping[str, Any]
REMEMBERED = 40  # prompts passed over in one modal; more would not fit behind it


def ask_modal(
    services: Services,
    channel: Channel,
    user_id: str,
    kind: Kind,
    passed_over: Sequence[str] = (),
    note: str = "",
) -> dict[str, Any]:
    """The modal of `/checkin` with the next prompt that was not passed over. Raises Refused."""
    person = access.require_member(services, channel, user_id, ask_slack=True)
    form = _form(services, channel, person, kind, passed_over)
    form = form.but(host=hosts.is_host(services, channel, user_id))
    form = form.but(notes=(note, *form.notes) if note else form.notes)
    drawn = [question.prompt_id for question in form.questions]
    metadata = {"c": channel.id, "k": kind.value, "q": drawn, "p": list(passed_over)[-REMEMBERED:]}
    return view.ask(form, json.dumps(metadata))


def schedule_modal(
    services: Services, channel: Channel, user_id: str, kind: Kind
) -> dict[str, Any]:
    """The modal of `/checkin schedule`. Raises Refused."""
    person = access.require_member(services, channel, user_id, ask_slack=True)
    form = _form(services, channel, person, kind, ())
    form = form.but(
        running=schedules.running(services, channel), planned=schedules.planned(services, channel)
    )
    return view.schedule(form, json.dumps({"c": channel.id, "k": kind.value}))


def _form(
    services: Services, channel: Channel, person: Person, kind: Kind, passed_over: Sequence[str]
) -> Form:
    quiet = is_quiet(services, channel)
    with services.db.reading() as tx:
        questions = prompts.choose(tx, channel, kind, quiet, passed_over)
    trouble = wishes.pulse_trouble(services, channel) if kind is Kind.PULSE else ""
    notes = (
        trouble,
        view.quiet(channel.id, channel.quiet_until) if quiet and channel.quiet_until else "",
        "" if questions else view.NO_PROMPT,
    )
    # Where no host has set the channel's clock, the asker's own is the better guess.
    zone = channel.settings.cadence.zone if channel.started else person.zone
    return Form(channel.id, kind, questions, notes=tuple(filter(None, notes)), zone=zone)


def asked_meanwhile(
    services: Services, channel: Channel, kind: Kind, drawn: Sequence[str | None], values: Values
) -> bool:
    """Whether somebody else asked the question on show, so that another one is due."""
    if str(values.get(view.OWN) or "").strip():
        return False
    ids = {one for one in drawn if one}
    with services.db.reading() as tx:
        return prompts.asked_meanwhile(tx, channel, kind, is_quiet(services, channel), ids)


def behind(metadata: str) -> tuple[str, Kind, list[str], list[str]]:
    """What a modal carries: channel, kind, prompts drawn, prompts passed over."""
    data = json.loads(metadata)
    return data["c"], Kind(data["k"]), data.get("q", []), data.get("p", [])


def kind_in(values: Values, action_id: str, otherwise: Kind) -> Kind:
    """The kind chosen in the modal."""
    chosen = values.get(action_id)
    return Kind(chosen) if chosen in list(Kind) else otherwise


def wish(
    services: Services, channel: Channel, kind: Kind, drawn: Sequence[str], values: Values
) -> Wish:
    """What the asker filled in."""
    with services.db.reading() as tx:
        questions = prompts.by_ids(tx, channel, kind, [one for one in drawn if one])
    hours = str(values.get(view.HOURS) or "24")
    known = {value for _, value in view.OPEN_FOR}
    return Wish(
        kind=kind,
        questions=questions,
        line=str(values.get(view.LINE) or ""),
        own=str(values.get(view.OWN) or ""),
        named=kind is not Kind.PULSE and values.get(view.NAMES) != "no",
        audience=Audience.CHANNEL if values.get(view.AUDIENCE) == "channel" else Audience.ASKER,
        open_for=timedelta(hours=int(hours if hours in known else "24")),
        later=values.get(view.WHEN) == "later",
    )


def rhythm(values: Values) -> Cadence:
    """The rhythm of a schedule, in no particular phase. Raises Beside."""
    reading = Reading(values)
    draft = view.RHYTHM.typed(reading, RhythmDraft(often="", weekdays=()))
    cadence = view.RHYTHM.read(draft, reading, Cadence(Every.WEEKS))
    reading.finish()
    return cadence
