"""Keeping the posts true: redrawn at most every three seconds, however many answer."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import Session

from bot.checkins import arc, keys
from bot.checkins.quiet import is_quiet
from bot.checkins.views import post as view
from bot.platform.log import get
from bot.platform.services import Services
from core.checkins import CheckIn, Phase
from core.outbox.kinds import DeliveryKind, Method
from core.outbox.outgoing import Outgoing
from core.values import Place
from storage.channels import channels
from storage.checkins import checkins
from storage.outbox import deliveries

log = get("checkins")
GAP = timedelta(seconds=3)
REMIND_AT = 0.75  # of the time it is open
LONG_ENOUGH = timedelta(hours=20)  # a check-in that is open for less gets no reminder
EARLIEST = LONG_ENOUGH * REMIND_AT  # after the opening, of any reminder


def refresh_due(services: Services) -> None:
    """Redraw the posts that show less than is known, each once in three seconds at most."""
    now = services.clock.now()
    with services.db.reading() as tx:
        stale = checkins.stale_posts(tx, now - GAP)
    for checkin in stale:
        with services.db.transaction() as tx:
            _redraw(tx, checkin, now)


def _redraw(tx: Session, checkin: CheckIn, now: datetime) -> None:
    number = checkins.redrawn(tx, checkin.id, now)
    fresh = checkins.get(tx, checkin.team_id, checkin.id)
    if number is None or fresh is None or fresh.posted_ts is None:
        return
    # What waits to be sent is out of date; one that is being sent now cannot be called back.
    deliveries.cancel_by_key(tx, fresh.team_id, keys.draws(fresh))
    drawn = view.post(fresh, arc.listed(tx, fresh))
    deliveries.put(
        tx,
        Outgoing(
            fresh.team_id,
            keys.draw(fresh, number),
            DeliveryKind.CHECKIN_DRAW,
            {**drawn, "ts": fresh.posted_ts},
            now,
            channel_id=fresh.channel_id,
            method=Method.UPDATE,
        ),
    )


def remind_due(services: Services) -> None:
    """The one reminder of each check-in, in the channel, when most of its time is over."""
    now = services.clock.now()
    with services.db.reading() as tx:
        waiting = checkins.due_reminders(tx)
    for checkin in waiting:
        at = reminder_at(checkin)
        if at is None or at > now or checkin.answers >= checkin.invited:
            continue
        with services.db.transaction() as tx:
            checkins.change(tx, checkin.id, reminded=True)
            channel = channels.get(tx, Place(checkin.team_id, checkin.channel_id))
            if channel is None or is_quiet(services, channel):
                continue  # nobody is reminded in a hard time
            deliveries.put(
                tx,
                Outgoing(
                    checkin.team_id,
                    keys.reminder(checkin),
                    DeliveryKind.CHECKIN_REMINDER,
                    {
                        **view.reminder(checkin),
                        "thread_ts": checkin.posted_ts,
                        "reply_broadcast": True,
                    },
                    now,
                    channel_id=checkin.channel_id,
                    expires_at=checkin.closes_at,
                ),
            )


def reminder_at(checkin: CheckIn) -> datetime | None:
    """When the reminder is due; None when there is none to come."""
    span = checkin.closes_at - checkin.opens_at
    if checkin.phase is not Phase.OPEN or span < LONG_ENOUGH:
        return None
    return checkin.opens_at + span * REMIND_AT
