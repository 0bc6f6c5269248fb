"""Results, the asker's reply, and where worries and actions stand."""

from __future__ import annotations

from functools import partial

from slack_bolt import App

from bot.checkins import access, ids
from bot.checkins.after import items, results
from bot.checkins.after.views.results import DRAWING
from bot.checkins.ids import OfCheckIn, OfItem, Page
from bot.checkins.views import items as checkin_items
from bot.checkins.views import post as checkins
from bot.platform.services import Services
from bot.views.carried import InChannel
from core.actions import State
from core.values import Channel
from handlers.checkins.told import redraw_modal, tell, told
from handlers.platform.door import button, sent
from handlers.platform.visits import Visit, opens


def register(app: App, services: Services) -> None:
    """Bind the buttons of results and items, and their forms."""
    button(app, services, ids.RESULTS_POST, told(post))
    button(app, services, ids.RESULTS_PAGE, told(turn), several=True)
    button(app, services, ids.RESULTS_CSV, told(counts))
    button(app, services, ids.RESULTS_TREND, told(trend))
    # After those above: its id is how theirs begin, and the first that fits is taken.
    button(app, services, ids.RESULTS, told(see), several=True)
    button(app, services, ids.REPLY_OPEN, told(open_reply))
    sent(app, services, ids.REPLY_FORM, told(reply))
    button(app, services, ids.ITEMS_OPEN, told(open_items))
    sent(app, services, ids.ITEMS_FORM, told(save_items))
    button(app, services, ids.ITEM_DONE, told(partial(settle, State.DONE)))
    button(app, services, ids.ITEM_STILL, told(partial(settle, State.STILL_OPEN)))
    button(app, services, ids.ITEM_DROPPED, told(partial(settle, State.DROPPED)))
    button(app, services, ids.ITEM_NOT_MINE, told(partial(not_mine, True)))
    button(app, services, ids.ITEM_HAND_BACK, told(partial(not_mine, False)), several=True)


@opens
def see(visit: Visit, of: OfCheckIn) -> None:
    """ "See": one check-in's results."""
    visit.open(results.modal(visit.services, visit.who, of.checkin_id))


def turn(visit: Visit, to: Page) -> None:
    """ "Further answers", or back."""
    redraw_modal(visit, results.modal(visit.services, visit.who, to.checkin_id, to.page))


def post(visit: Visit, of: OfCheckIn) -> None:
    """ "Post in the channel"."""
    tell(visit, results.post(visit.services, visit.who, of.checkin_id))


def counts(visit: Visit, of: InChannel) -> None:
    """ "Counts as a file"."""
    tell(visit, results.send_counts(visit.services, _channel(visit, of), visit.user_id))


def trend(visit: Visit, of: InChannel) -> None:
    """ "Trend as a picture": it takes a while to draw, and the first one longer."""
    visit.begin(DRAWING)
    tell(visit, results.send_trend(visit.services, _channel(visit, of), visit.user_id))


@opens
def open_reply(visit: Visit, to: OfCheckIn) -> None:
    """ "What I heard, what I will do"."""
    visit.open(results.reply_form(visit.services, visit.who, to.checkin_id))


def reply(visit: Visit, to: OfCheckIn) -> None:
    """The reply was sent."""
    results.reply(visit.services, visit.who, to.checkin_id, visit.values())


@opens
def open_items(visit: Visit, of: InChannel) -> None:
    """ "Where things stand"."""
    channel = _channel(visit, of)
    found = items.list_for_all(visit.services, channel, visit.user_id)
    visit.open(checkin_items.form(channel.id, found, visit.user_id))


def save_items(visit: Visit, of: InChannel) -> None:
    """Where things stand was filled in."""
    changed = items.settle_many(visit.services, _channel(visit, of), visit.user_id, visit.values())
    visit.ack(
        response_action="update", view=checkins.said("Thank you", checkin_items.noted(changed))
    )


def settle(state: State, visit: Visit, named: OfItem) -> None:
    """An owner says how an action stands."""
    found = items.settle(visit.services, visit.who, named, state)
    visit.redraw(checkin_items.asked_again(named.checkin_id, found))


def not_mine(before: bool, visit: Visit, named: OfItem) -> None:
    """ "Not mine": asked `before` a check-in, or told after one."""
    item, others = items.hand_back(visit.services, visit.who, named)
    if before and others:
        visit.redraw(checkin_items.asked_again(named.checkin_id, others))
    else:
        visit.redraw(checkin_items.handed_back(item, named.checkin_id, others))


def _channel(visit: Visit, of: InChannel) -> Channel:
    return access.channel_of(visit.services, visit.there(of.channel))
