"""Between the asker's modals and a wish: what is drawn, and the one place that reads it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.channels import hosts
from bot.checkins import access
from bot.checkins.asking import prompts, schedules, wishes
from bot.checkins.asking.views import form as view
from bot.checkins.asking.views.form import Form
from bot.checkins.asking.wishes import Wish
from bot.checkins.ids import Asked, OfKind
from bot.checkins.quiet import is_quiet
from bot.platform.services import Services
from bot.views.blocks import ModalView
from bot.views.carried import Action
from bot.views.forms import Reading, Values
from bot.views.rhythm import RhythmDraft
from core.cadence import Cadence, Every
from core.checkins import Audience, Kind
from core.values import Channel, Person

REMEMBERED = 40  # prompts passed over in one modal; more would not fit behind it


def ask_modal(
    services: Services, channel: Channel, user_id: str, asked: Asked, note: str = ""
) -> ModalView:
    """The modal of `/checkin` with the next prompt that was not passed over. Raises Refused."""
    person = access.require_member(services, channel, user_id, ask_slack=True)
    form = _form(services, channel, person, asked.kind, asked.passed_over)
    form = replace(
        form,
        host=hosts.is_host(services, channel, user_id),
        notes=(note, *form.notes) if note else form.notes,
    )
    drawn = tuple(question.prompt_id for question in form.questions if question.prompt_id)
    return view.ask(form, replace(asked, drawn=drawn, passed_over=asked.passed_over[-REMEMBERED:]))


def schedule_modal(services: Services, channel: Channel, user_id: str, kind: Kind) -> ModalView:
    """The modal of `/checkin schedule`. Raises Refused."""
    person = access.require_member(services, channel, user_id, ask_slack=True)
    form = replace(
        _form(services, channel, person, kind, ()),
        running=schedules.running(services, channel),
        planned=schedules.planned(services, channel),
    )
    return view.schedule(form)


def _form(
    services: Services, channel: Channel, person: Person, kind: Kind, passed_over: Sequence[str]
) -> Form:
    quiet = is_quiet(services, channel)
    with services.db.reading() as tx:
        questions = prompts.choose(tx, channel, kind, quiet, passed_over)
    trouble = wishes.pulse_trouble(services, channel) if kind.rules.by_mood else ""
    notes = (
        trouble,
        view.quiet(channel.id, channel.quiet_until) if quiet and channel.quiet_until else "",
        "" if questions else view.NO_PROMPT,
    )
    # Where no host has set the channel's clock, the asker's own is the better guess.
    zone = channel.settings.cadence.zone if channel.started else person.zone
    return Form(channel.id, kind, questions, notes=tuple(filter(None, notes)), zone=zone)


def kind_in(values: Values, chosen: Action[OfKind], otherwise: Kind) -> Kind:
    """The kind chosen in the modal."""
    held = values.get(chosen.id)
    return Kind(held) if held in list(Kind) else otherwise


def wish(services: Services, channel: Channel, asker: str, asked: Asked, values: Values) -> Wish:
    """What the asker filled in. Raises Beside."""
    kind, reading = asked.kind, Reading(values)
    with services.db.reading() as tx:
        questions = prompts.by_ids(tx, channel, kind, asked.drawn)
    named = reading.has(view.NAMES) and reading.take(view.NAMES, "no") == "yes"
    when = view.when_field(kind)
    made = Wish(
        asker=asker,
        kind=kind,
        questions=questions,
        line=reading.take(view.line_field(kind), ""),
        own=reading.take(view.OWN, ""),
        named=named,
        audience=_audience(reading, kind),
        open_for=timedelta(hours=int(reading.take(view.HOURS, view.DAY))),
        later=reading.has(when) and reading.take(when, view.NOW) == view.LATER,
    )
    reading.finish()
    return made


def _audience(reading: Reading, kind: Kind) -> Audience:
    field = view.audience_field(kind)
    # Forms of versions before had one field for all kinds.
    return Audience(
        reading.take(field if reading.has(field) else view.AUDIENCE, Audience.ASKER.value)
    )


def rhythm(values: Values) -> Cadence:
    """The rhythm of a schedule, in no particular phase. Raises Beside."""
    reading = Reading(values)
    draft = view.RHYTHM.typed(reading, RhythmDraft(often="", weekdays=()))
    cadence = view.RHYTHM.read(draft, reading, Cadence(Every.WEEKS))
    reading.finish()
    return cadence
