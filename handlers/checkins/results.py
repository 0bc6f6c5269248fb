"""Results, the asker's reply, and where worries and actions stand."""

from __future__ import annotations

import re
from functools import partial

from slack_bolt import App

from bot.checkins import access, ids
from bot.checkins.after import items, results
from bot.checkins.views import items as checkin_items
from bot.checkins.views import loop as view
from bot.checkins.views import post as checkins
from bot.platform.services import Services
from bot.views.ids import number, pair
from core.actions import State
from handlers.checkins.told import redraw_modal, tell, told
from handlers.platform.door import Visit, action, submission

ONE = re.compile(rf"{re.escape(ids.RESULTS)}(\.\d+)?")


def register(app: App, services: Services) -> None:
    """Bind the buttons of results and items, and their forms."""
    action(app, services, ids.RESULTS_POST, told(post))
    further = re.compile(rf"^{re.escape(ids.RESULTS_PAGE)}\.")
    action(app, services, further, told(turn))
    action(app, services, ids.RESULTS_CSV, told(counts))
    action(app, services, ids.RESULTS_TREND, told(trend))
    action(app, services, re.compile(f"^{ONE.pattern}$"), told(see))
    action(app, services, ids.REPLY_OPEN, told(open_reply))
    submission(app, services, ids.REPLY_FORM, told(reply))
    action(app, services, ids.ITEMS_OPEN, told(open_items))
    submission(app, services, ids.ITEMS_FORM, told(save_items))
    for action_id, state in (
        (ids.ITEM_DONE, State.DONE),
        (ids.ITEM_STILL, State.STILL_OPEN),
        (ids.ITEM_DROPPED, State.DROPPED),
    ):
        action(app, services, action_id, told(partial(settle, state)))
    action(app, services, ids.ITEM_NOT_MINE, told(partial(not_mine, True)))
    handed_back = re.compile(rf"^{re.escape(ids.ITEM_HAND_BACK)}\.")
    action(app, services, handed_back, told(partial(not_mine, False)))


def see(visit: Visit) -> None:
    """ "See": one check-in's results."""
    where = (visit.services, visit.team_id, number(visit.value), visit.user_id)
    visit.open(results.modal(*where))


def turn(visit: Visit) -> None:
    """ "Further answers", or back."""
    checkin_id, page = pair(visit.value)
    where = (visit.services, visit.team_id, checkin_id, visit.user_id)
    redraw_modal(visit, results.modal(*where, number(page)))


def post(visit: Visit) -> None:
    """ "Post in the channel"."""
    tell(visit, results.post(visit.services, visit.team_id, number(visit.value), visit.user_id))


def counts(visit: Visit) -> None:
    """ "Counts as a file"."""
    channel = access.channel_of(visit.services, visit.team_id, visit.value)
    tell(visit, results.send_counts(visit.services, channel, visit.user_id))


def trend(visit: Visit) -> None:
    """ "Trend as a picture"."""
    channel = access.channel_of(visit.services, visit.team_id, visit.value)
    tell(visit, results.send_trend(visit.services, channel, visit.user_id))


def open_reply(visit: Visit) -> None:
    """ "What I heard, what I will do"."""
    where = (visit.services, visit.team_id, number(visit.value), visit.user_id)
    visit.open(results.reply_form(*where))


def reply(visit: Visit) -> None:
    """The reply was sent."""
    values = visit.values()
    heard, will = (str(values.get(block) or "") for block in (view.HEARD, view.WILL))
    where = (visit.services, visit.team_id, number(visit.metadata), visit.user_id)
    results.reply(*where, heard, will)


def open_items(visit: Visit) -> None:
    """ "Where things stand"."""
    channel = access.channel_of(visit.services, visit.team_id, visit.value)
    found = items.list_for_all(visit.services, channel, visit.user_id)
    visit.open(checkin_items.form(channel.id, found, visit.user_id))


def save_items(visit: Visit) -> None:
    """Where things stand was filled in."""
    channel = access.channel_of(visit.services, visit.team_id, visit.metadata)
    states = {
        block: State(value) for block, value in visit.values().items() if value in list(State)
    }
    changed = items.settle_many(visit.services, channel, visit.user_id, states)
    visit.ack(
        response_action="update", view=checkins.said("Thank you", checkin_items.noted(changed))
    )


def settle(state: State, visit: Visit) -> None:
    """An owner says how an action stands."""
    checkin_id, item_id = pair(visit.value)
    where = (visit.services, visit.team_id, visit.user_id, checkin_id, item_id)
    visit.redraw(checkin_items.asked_again(checkin_id, items.settle(*where, state)))


def not_mine(before: bool, visit: Visit) -> None:
    """ "Not mine": asked `before` a check-in, or told after one."""
    checkin_id, item_id = pair(visit.value)
    where = (visit.services, visit.team_id, visit.user_id, checkin_id, item_id)
    item, others = items.hand_back(*where)
    if before and others:
        visit.redraw(checkin_items.asked_again(checkin_id, others))
    else:
        visit.redraw(checkin_items.handed_back(item, checkin_id, others))
