"""Recurring check-ins: their modal, saving and stopping."""

from __future__ import annotations

from slack_bolt import App

from bot.checkins import access, ids
from bot.checkins.asking import ahead, forms, opening, schedules
from bot.checkins.asking.views import ahead as checkin_ahead
from bot.checkins.asking.views import news
from bot.checkins.ids import Asked, OfCheckIn, OfKind, OfSchedule
from bot.checkins.views import post
from bot.platform.services import Services
from bot.views import words
from bot.views.blocks import ModalView
from bot.views.carried import InChannel
from core.checkins import Kind
from core.values import Channel
from handlers.checkins.told import redraw_modal, told
from handlers.platform.door import button, sent
from handlers.platform.visits import Visit, opens


def register(app: App, services: Services) -> None:
    """Bind the button, the select that redraws, stopping and saving."""
    button(app, services, ids.SCHEDULE_OPEN, told(open_modal))
    button(app, services, ids.SCHEDULE_KIND, told(changed_kind))
    button(app, services, ids.SCHEDULE_STOP, told(stop), several=True)
    button(app, services, ids.TAKE_BACK, told(take_back), several=True)
    sent(app, services, ids.SCHEDULE_FORM, told(save))
    button(app, services, ids.LINE_OPEN, told(open_line))
    sent(app, services, ids.LINE_FORM, told(save_line))
    button(app, services, ids.SKIP, told(skip))


@opens
def open_modal(visit: Visit, of: InChannel) -> None:
    """ "Ask again and again": on top of the asker's form."""
    channel = access.channel_of(visit.services, visit.there(of.channel))
    visit.open(_drawn(visit, channel, visit.behind(Asked).kind))


def changed_kind(visit: Visit, chosen: OfKind) -> None:
    """Another kind: other fields."""
    place = visit.there(visit.behind(Asked).channel_id)
    channel = access.channel_of(visit.services, place)
    redraw_modal(visit, _drawn(visit, channel, chosen.kind))


def stop(visit: Visit, which: OfSchedule) -> None:
    """ "Stop"."""
    channel = schedules.stop(visit.services, visit.who, which.schedule_id)
    redraw_modal(visit, _drawn(visit, channel, visit.behind(Asked).kind))


def take_back(visit: Visit, which: OfCheckIn) -> None:
    """ "Take back": a planned check-in is not asked."""
    channel = opening.take_back(visit.services, visit.who, which.checkin_id)
    redraw_modal(visit, _drawn(visit, channel, visit.behind(Asked).kind))


def save(visit: Visit, asked: Asked) -> None:
    """The form was sent; problems go beside the fields."""
    services, values = visit.services, visit.values()
    channel = access.inside(services, visit.there(asked.channel_id), visit.user_id)
    chosen = forms.kind_in(values, ids.SCHEDULE_KIND, asked.kind)
    if chosen is not asked.kind:  # sent before the fields of the new kind were drawn
        visit.ack(response_action="update", view=_drawn(visit, channel, chosen))
        return
    wish = forms.wish(services, channel, visit.user_id, asked, values)
    made, first = schedules.save(services, channel, wish, forms.rhythm(values))
    text = news.scheduled(asked.kind, words.rhythm(made.wanted.cadence), first)
    visit.ack(response_action="update", view=post.said("Recurring check-ins", text))


@opens
def open_line(visit: Visit, of: OfCheckIn) -> None:
    """ "Another line", the day before."""
    visit.open(ahead.form(visit.services, visit.who, of.checkin_id))


def save_line(visit: Visit, of: OfCheckIn) -> None:
    """The line was written."""
    changed = ahead.reword(visit.services, visit.who, of.checkin_id, visit.values())
    visit.ack(response_action="update", view=post.said("Your line", checkin_ahead.saved(changed)))


def skip(visit: Visit, which: OfCheckIn) -> None:
    """ "Not this time", the day before."""
    checkin = access.checkin_of(visit.services, visit.team_id, which.checkin_id)
    opening.take_back(visit.services, visit.who, checkin.id)
    visit.replace(checkin_ahead.skipped(checkin))


def _drawn(visit: Visit, channel: Channel, kind: Kind) -> ModalView:
    return forms.schedule_modal(visit.services, channel, visit.user_id, kind)
