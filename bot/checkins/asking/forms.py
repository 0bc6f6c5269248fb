"""Between the asker's modals and a wish: what is drawn, and the one place that reads it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import time, timedelta
from typing import Any

from bot.channels import hosts
from bot.channels.views import settings as settings_view
from bot.checkins import access
from bot.checkins.asking import prompts, schedules, wishes
from bot.checkins.asking.views import form as view
from bot.checkins.asking.views.form import Form
from bot.checkins.asking.wishes import Wish
from bot.checkins.quiet import is_quiet
from bot.platform import zones
from bot.platform.errors import Beside
from bot.platform.services import Services
from core.cadence import Cadence, CadenceError, Every
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
    often = str(values.get(view.OFTEN) or "")
    if often not in {value for _, value in view.RHYTHMS}:
        raise Beside({view.OFTEN: settings_view.CHOOSE})
    name, _, number = often.partition(":")
    kind = Every(name)
    nth = int(number) if kind is Every.MONTHLY else None
    interval = 1 if kind is Every.MONTHLY else int(number)
    try:
        return Cadence(kind, interval, _days(kind, values), nth, _time(values), _zone(values))
    except CadenceError as error:
        raise Beside({view.OFTEN: error.sentence}) from error


def _days(kind: Every, values: Values) -> tuple[int, ...]:
    chosen = values.get(view.WEEKDAYS) if kind is Every.WEEKDAYS else [values.get(view.WEEKDAY)]
    days = [str(day) for day in chosen or []]
    if not days or not set(days) <= set("0123456"):
        block = view.WEEKDAYS if kind is Every.WEEKDAYS else view.WEEKDAY
        raise Beside({block: settings_view.CHOOSE_DAY})
    return tuple(int(day) for day in days)


def _time(values: Values) -> time:
    try:
        at = time.fromisoformat(str(values.get(view.TIME) or ""))
    except ValueError as error:
        raise Beside({view.TIME: settings_view.NO_TIME}) from error
    return at.replace(second=0, microsecond=0, tzinfo=None)


def _zone(values: Values) -> str:
    text = str(values.get(view.ZONE) or "").strip()
    near = zones.suggest(text) if text else None
    if near is None or near.casefold() != text.casefold():
        raise Beside({view.ZONE: settings_view.unknown_zone(text, near)})
    return near
