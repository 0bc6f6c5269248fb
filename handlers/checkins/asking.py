"""`/checkin`, the form of the asker, and answering."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from slack_bolt import App

from bot.channels import hosts
from bot.checkins import access, ids
from bot.checkins.after import results
from bot.checkins.answering import answers
from bot.checkins.answering.answers import Given
from bot.checkins.asking import forms, opening, pulse_settings, wishes
from bot.checkins.asking.views import form as checkin_asking
from bot.checkins.ids import Asked, OfCheckIn, OfKind
from bot.checkins.views import post as view
from bot.checkins.views import words as checkin_words
from bot.checkins.views.kinds import WORDS
from bot.platform.services import Services
from bot.views.carried import Nothing
from bot.views.fields import values_of
from core.checkins import Kind
from core.values import Channel
from handlers.checkins import after, schedules
from handlers.checkins import hosts as checkin_hosts
from handlers.checkins import results as checkin_results
from handlers.checkins.told import redraw_modal, told
from handlers.platform.commands import Command, Word, bind
from handlers.platform.door import button, sent
from handlers.platform.visits import Visit, opens


def register(app: App, services: Services) -> None:
    """Bind the command, the modals and the buttons."""
    bind(app, services, CHECKIN)
    button(app, services, ids.KIND, told(changed_kind))
    button(app, services, ids.ANOTHER, told(another))
    sent(app, services, ids.ASK_FORM, told(ask))
    button(app, services, ids.ANSWER, told(open_answer))
    sent(app, services, ids.ANSWER_FORM, told(answer))
    for room in (after, checkin_results, checkin_hosts, schedules):
        room.register(app, services)


# -- by command ---------------------------------------------------------------


def show_help(visit: Visit, _rest: str) -> None:
    """Every word behind `/checkin`."""
    visit.answer(checkin_words.help_text(CHECKIN.lines()))


@opens
def show_results(visit: Visit, _rest: str) -> None:
    """The results that the person may see."""
    visit.open(results.overview(visit.services, _here(visit), visit.user_id))


@opens
def schedule(visit: Visit, _rest: str) -> None:
    """Again and again."""
    visit.open(forms.schedule_modal(visit.services, _here(visit), visit.user_id, Kind.OPEN))


def ask_for(kind: Kind, visit: Visit, _rest: str) -> None:
    """The form of the asker, for this kind."""
    channel = _here(visit)
    asked = Asked(channel.id, kind)
    visit.open(forms.ask_modal(visit.services, channel, visit.user_id, asked))


@opens
def pulse(visit: Visit, _rest: str) -> None:
    """Where the pulse is off, a host sees where to turn it on, and everyone else reads why."""
    channel = _here(visit)
    where = (visit.services, channel, visit.user_id)
    off = not wishes.is_pulse_on(visit.services, channel)
    if off and hosts.is_host(*where):
        visit.open(pulse_settings.form(*where))
    elif trouble := wishes.pulse_trouble(visit.services, channel):
        visit.answer(trouble)
    else:
        ask_for(Kind.PULSE, visit, "")


def _here(visit: Visit) -> Channel:
    return access.inside(visit.services, visit.place, visit.user_id)


def _unknown(word: str, nearest: str | None) -> str:
    return checkin_words.unknown(word, nearest, CHECKIN.lines())


def _kind(kind: Kind) -> Word:
    verb = pulse if kind is Kind.PULSE else opens(partial(ask_for, kind))
    return Word(kind.value, "", WORDS[kind].about, told(verb))


CHECKIN = Command(
    "/checkin",
    (
        *(_kind(kind) for kind in Kind),
        Word("schedule", "", "ask again and again, in a rhythm", told(schedule)),
        Word("results", "", "the results you may see", told(show_results)),
        Word("help", "", "this list", show_help),
    ),
    alone=told(opens(partial(ask_for, Kind.OPEN))),
    unknown=_unknown,
)


# -- the form, and answering --------------------------------------------------


def changed_kind(visit: Visit, chosen: OfKind) -> None:
    """Another kind: another prompt, other fields."""
    asked = visit.behind(Asked)
    _redraw(visit, Asked(asked.channel_id, chosen.kind))


def another(visit: Visit, _: Nothing) -> None:
    """ "Another one": the prompts on show are passed over."""
    asked = visit.behind(Asked)
    _redraw(visit, replace(asked, passed_over=(*asked.passed_over, *asked.drawn)))


def _redraw(visit: Visit, asked: Asked) -> None:
    channel = access.channel_of(visit.services, visit.there(asked.channel_id))
    redraw_modal(visit, forms.ask_modal(visit.services, channel, visit.user_id, asked))


def ask(visit: Visit, asked: Asked) -> None:
    """ "Ask": recorded, then opened; problems go beside the fields."""
    services, values = visit.services, visit.values()
    channel = access.inside(services, visit.there(asked.channel_id), visit.user_id)
    kind = forms.kind_in(values, ids.KIND, asked.kind)
    if kind is not asked.kind:  # sent before the new kind was drawn
        _ask_again(visit, channel, kind)
        return
    wish = forms.wish(services, channel, visit.user_id, asked, values)
    try:
        made = wishes.ask(services, channel, wish)
    except wishes.AskedMeanwhile:
        _ask_again(visit, channel, kind, checkin_asking.ASKED_MEANWHILE)
        return
    visit.ack()
    opening.open_due(services)
    wishes.confirm(services, visit.team_id, made.id, wish.later)


def _ask_again(visit: Visit, channel: Channel, kind: Kind, note: str = "") -> None:
    fresh = forms.ask_modal(visit.services, channel, visit.user_id, Asked(channel.id, kind), note)
    visit.ack(response_action="update", view=fresh)


@opens
def open_answer(visit: Visit, to: OfCheckIn) -> None:
    """ "Answer": the form, for those who may."""
    visit.open(answers.form(visit.services, visit.who, to.checkin_id))


def answer(visit: Visit, to: OfCheckIn) -> None:
    """The form was sent: recorded first, then thanked for."""
    values = visit.values()
    mood = str(values.get(view.MOOD.id) or "")
    given = Given(
        words={key: str(text) for key, text in values.items() if text and key not in NOT_WORDS},
        mood=int(mood) if mood in values_of(view.MOOD.options) else None,
        owner=view.OWNER.read(values.get(view.OWNER.id)),
    )
    checkin, counted = answers.answer(visit.services, visit.who, to.checkin_id, given)
    visit.ack(response_action="update", view=view.thanks(checkin, counted))


NOT_WORDS = {view.MOOD.id, view.OWNER.id}
