"""`/checkin`, the form of the asker, and answering."""

from __future__ import annotations

from slack_bolt import App

from bot.channels import hosts
from bot.checkins import access, ids
from bot.checkins.after import results
from bot.checkins.answering import answers
from bot.checkins.answering.answers import Given
from bot.checkins.asking import forms, opening, pulse_settings, wishes
from bot.checkins.asking.views import form as checkin_asking
from bot.checkins.views import post as view
from bot.checkins.views import words as checkin_words
from bot.platform.services import Services
from bot.views.ids import number
from core import words
from core.checkins import Kind
from core.values import Channel
from handlers.checkins import after, schedules
from handlers.checkins import hosts as checkin_hosts
from handlers.checkins import results as checkin_results
from handlers.checkins.told import redraw_modal, told
from handlers.platform.door import Visit, action, command, submission


def register(app: App, services: Services) -> None:
    """Bind the command, the modals and the buttons."""
    command(app, services, "/checkin", told(checkin_command))
    action(app, services, ids.KIND, told(changed_kind))
    action(app, services, ids.ANOTHER, told(another))
    submission(app, services, ids.ASK_FORM, told(ask))
    action(app, services, ids.ANSWER, told(open_answer))
    submission(app, services, ids.ANSWER_FORM, told(answer))
    for room in (after, checkin_results, checkin_hosts, schedules):
        room.register(app, services)


def checkin_command(visit: Visit) -> None:
    """`/checkin …`: the word decides; an unknown one gets the nearest and help."""
    word, _ = words.split(visit.value)
    if word == "help":
        visit.answer(checkin_words.help_text())
        return
    if word and word not in checkin_words.COMMANDS:
        nearest = words.nearest(word, checkin_words.COMMANDS)
        visit.answer(checkin_words.unknown(word, nearest))
        return
    channel = access.channel_of(visit.services, visit.team_id, visit.channel_id)
    where = (visit.services, channel, visit.user_id)
    if word == "results":
        visit.open(results.overview(*where))
    elif word == "schedule":
        visit.open(forms.schedule_modal(*where, Kind.OPEN))
    elif word == "pulse":
        _pulse(visit, channel)
    else:
        visit.open(forms.ask_modal(*where, Kind(word) if word else Kind.OPEN))


def _pulse(visit: Visit, channel: Channel) -> None:
    """Where the pulse is off, a host sees where to turn it on, and everyone else reads why."""
    where = (visit.services, channel, visit.user_id)
    off = not wishes.is_pulse_on(visit.services, channel)
    if off and hosts.is_host(*where):
        visit.open(pulse_settings.form(*where))
    elif trouble := wishes.pulse_trouble(visit.services, channel):
        visit.answer(trouble)
    else:
        visit.open(forms.ask_modal(*where, Kind.PULSE))


def changed_kind(visit: Visit) -> None:
    """Another kind: another prompt, other fields."""
    channel_id, kind, _, _ = forms.behind(visit.metadata)
    kind = forms.kind_in({ids.KIND: visit.value}, ids.KIND, kind)
    channel = access.channel_of(visit.services, visit.team_id, channel_id)
    redraw_modal(visit, forms.ask_modal(visit.services, channel, visit.user_id, kind))


def another(visit: Visit) -> None:
    """ "Another one": the prompts on show are passed over."""
    channel_id, kind, drawn, passed_over = forms.behind(visit.metadata)
    channel = access.channel_of(visit.services, visit.team_id, channel_id)
    passed = [*passed_over, *[one for one in drawn if one]]
    redraw_modal(visit, forms.ask_modal(visit.services, channel, visit.user_id, kind, passed))


def ask(visit: Visit) -> None:
    """ "Ask": recorded, then opened; problems go beside the fields."""
    services, values = visit.services, visit.values()
    channel_id, drawn_for, drawn, _ = forms.behind(visit.metadata)
    channel = access.channel_of(services, visit.team_id, channel_id)
    kind = forms.kind_in(values, ids.KIND, drawn_for)
    other = kind is drawn_for and forms.asked_meanwhile(services, channel, kind, drawn, values)
    if other or kind is not drawn_for:  # sent before the new kind was drawn
        note = checkin_asking.ASKED_MEANWHILE if other else ""
        fresh = forms.ask_modal(services, channel, visit.user_id, kind, (), note)
        visit.ack(response_action="update", view=fresh)
        return
    wish = forms.wish(services, channel, kind, drawn, values)
    made = wishes.ask(services, channel, visit.user_id, wish)
    visit.ack()
    opening.open_due(services)
    wishes.confirm(services, visit.team_id, made.id, wish.later)


def open_answer(visit: Visit) -> None:
    """ "Answer": the form, for those who may."""
    where = (visit.services, visit.team_id, number(visit.value), visit.user_id)
    visit.open(answers.form(*where))


def answer(visit: Visit) -> None:
    """The form was sent: recorded first, then thanked for."""
    values = visit.values()
    mood = str(values.get(view.MOOD) or "")
    given = Given(
        words={key: str(text) for key, text in values.items() if text and key not in NOT_WORDS},
        mood=int(mood) if mood in {"1", "2", "3", "4", "5"} else None,
        owner=str(values.get(view.OWNER) or "") or None,
    )
    where = (visit.services, visit.team_id, number(visit.metadata), visit.user_id)
    checkin, counted = answers.answer(*where, given)
    visit.ack(response_action="update", view=view.thanks(checkin, counted))


NOT_WORDS = {view.MOOD, view.OWNER}
