"""Recurring check-ins: their modal, saving and stopping."""

from __future__ import annotations

import re

from slack_bolt import App

from bot.checkins import access, ids
from bot.checkins.asking import ahead, forms, opening, schedules
from bot.checkins.asking.views import ahead as checkin_ahead
from bot.checkins.asking.views import form as checkin_asking
from bot.checkins.views import post
from bot.platform.services import Services
from bot.views import words
from bot.views.ids import number
from handlers.checkins.told import redraw_modal, told
from handlers.platform.door import Visit, action, submission


def register(app: App, services: Services) -> None:
    """Bind the button, the select that redraws, stopping and saving."""
    action(app, services, ids.SCHEDULE_OPEN, told(open_modal))
    action(app, services, ids.SCHEDULE_KIND, told(changed_kind))
    stop_id = re.compile(rf"^{re.escape(ids.SCHEDULE_STOP)}\.\d+$")
    action(app, services, stop_id, told(stop))
    back_id = re.compile(rf"^{re.escape(ids.TAKE_BACK)}\.\d+$")
    action(app, services, back_id, told(take_back))
    submission(app, services, ids.SCHEDULE_FORM, told(save))
    action(app, services, ids.LINE_OPEN, told(open_line))
    submission(app, services, ids.LINE_FORM, told(save_line))
    action(app, services, ids.SKIP, told(skip))


def open_modal(visit: Visit) -> None:
    """ "Ask again and again": on top of the asker's form."""
    _, kind, _, _ = forms.behind(visit.metadata)
    channel = access.channel_of(visit.services, visit.team_id, visit.value)
    visit.open(forms.schedule_modal(visit.services, channel, visit.user_id, kind))


def changed_kind(visit: Visit) -> None:
    """Another kind: other fields."""
    channel_id, kind, _, _ = forms.behind(visit.metadata)
    kind = forms.kind_in({ids.SCHEDULE_KIND: visit.value}, ids.SCHEDULE_KIND, kind)
    channel = access.channel_of(visit.services, visit.team_id, channel_id)
    redraw_modal(visit, forms.schedule_modal(visit.services, channel, visit.user_id, kind))


def stop(visit: Visit) -> None:
    """ "Stop"."""
    channel = schedules.stop(visit.services, visit.team_id, number(visit.value), visit.user_id)
    _, kind, _, _ = forms.behind(visit.metadata)
    redraw_modal(visit, forms.schedule_modal(visit.services, channel, visit.user_id, kind))


def take_back(visit: Visit) -> None:
    """ "Take back": a planned check-in is not asked."""
    channel = opening.take_back(visit.services, visit.team_id, number(visit.value), visit.user_id)
    _, kind, _, _ = forms.behind(visit.metadata)
    redraw_modal(visit, forms.schedule_modal(visit.services, channel, visit.user_id, kind))


def save(visit: Visit) -> None:
    """The form was sent; problems go beside the fields."""
    services, values = visit.services, visit.values()
    channel_id, kind, _, _ = forms.behind(visit.metadata)
    channel = access.channel_of(services, visit.team_id, channel_id)
    chosen = forms.kind_in(values, ids.SCHEDULE_KIND, kind)
    if chosen is not kind:  # sent before the fields of the new kind were drawn
        fresh = forms.schedule_modal(services, channel, visit.user_id, chosen)
        visit.ack(response_action="update", view=fresh)
        return
    wish = forms.wish(services, channel, kind, (), values)
    cadence = forms.rhythm(values)
    made, first = schedules.save(services, channel, visit.user_id, wish, cadence)
    text = checkin_asking.scheduled(kind, words.rhythm(made.cadence), first)
    visit.ack(response_action="update", view=post.said("Recurring check-ins", text))


def open_line(visit: Visit) -> None:
    """ "Another line", the day before."""
    where = (visit.services, visit.team_id, number(visit.value), visit.user_id)
    visit.open(ahead.form(*where))


def save_line(visit: Visit) -> None:
    """The line was written."""
    where = (visit.services, visit.team_id, number(visit.metadata), visit.user_id)
    changed = ahead.reword(*where, str(visit.values().get(checkin_asking.LINE) or ""))
    visit.ack(response_action="update", view=post.said("Your line", checkin_ahead.saved(changed)))


def skip(visit: Visit) -> None:
    """ "Not this time", the day before."""
    checkin = access.checkin_of(visit.services, visit.team_id, number(visit.value))
    opening.take_back(visit.services, visit.team_id, checkin.id, visit.user_id)
    visit.replace(checkin_ahead.skipped(checkin))
