"""Forgetting: what people wrote goes when its time is over, in Slack too where that is possible."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import Session

from bot.checkins import keys
from bot.checkins.after.closing import trace_of
from bot.checkins.after.views import results as view
from bot.platform.services import Services
from core.checkins import ITEM_KEPT, CheckIn
from core.outbox.kinds import DeliveryKind, DeliveryState, Method
from core.outbox.outgoing import Outgoing
from core.pulse import may_forget
from storage.checkins import answers, checkins, hands, later, pulses, sealing
from storage.checkins import items as checkin_items
from storage.outbox import deliveries

HAND_KEPT = timedelta(days=90)  # after the search for a hand has ended


def forget_due(services: Services) -> None:
    """Delete answers whose time is over, and receipts that no decision needs any more."""
    now = services.clock.now()
    with services.db.reading() as tx:
        closed = checkins.closed_before(tx, now)
        traced = checkins.all_traced(tx)
        open_now = checkins.open_now(tx)
    for checkin in closed:
        if checkin.contract.kept_until(checkin.closes_at) <= now:
            with sealing.answering(services.db) as tx:  # the file's log forgets it too
                _empty(tx, checkin, now)
    for checkin in traced:
        oldest = min((o.opens_at for o in open_now if o.team_id == checkin.team_id), default=None)
        with services.db.reading() as tx:
            trace = trace_of(tx, checkin)
        if may_forget(trace, now, oldest):
            with services.db.transaction() as tx:
                pulses.discard(tx, checkin.id, receipts=True)
                checkins.change(tx, checkin.id, traced=False)


def _empty(tx: Session, checkin: CheckIn, now: datetime) -> None:
    checkins.hold(tx, checkin.team_id, checkin.id)
    answers.empty(tx, checkin.id)
    told = checkin.result.told if checkin.result else None
    checkin_items.drop(tx, told.over if told else ())
    posted = deliveries.by_key(tx, checkin.team_id, keys.results(checkin))
    emptied = checkins.get(tx, checkin.team_id, checkin.id)
    if posted is None or emptied is None:
        return
    later.wipe(tx, posted.id)
    if posted.state is not DeliveryState.SENT:
        deliveries.cancel(tx, posted.id)
        return
    deliveries.put(
        tx,
        Outgoing(
            checkin.team_id,
            keys.results_emptied(checkin),
            DeliveryKind.CHECKIN_DRAW,
            {**view.in_channel(emptied, {}), "ts": posted.posted_ts},
            now,
            channel_id=posted.posted_channel,
            method=Method.UPDATE,
        ),
    )


def forget_old(services: Services) -> None:
    """Delete worries and actions that nobody has settled for a year, and old calls for a hand."""
    now = services.clock.now()
    with sealing.answering(services.db) as tx:
        checkin_items.drop(tx, checkin_items.older_than(tx, now - ITEM_KEPT))
        hands.forget_before(tx, now - HAND_KEPT)
