"""A day before a check-in of a schedule, its asker may still change the line on top (C2)."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import Session

from bot.checkins import access, keys
from bot.checkins.asking.views import ahead as view
from bot.checkins.refusals import Refused, Why
from bot.platform.services import Services
from bot.views.blocks import ModalView
from bot.views.forms import Reading, Values
from core.checkins import CheckIn, Phase
from core.outbox.kinds import DeliveryKind, Method
from core.outbox.outgoing import Outgoing
from core.values import Who
from storage.checkins import checkins, schedules
from storage.outbox import deliveries

TIME_TO_THINK = timedelta(hours=12)  # whoever has just set it up needs no message about it


def tell_asker(tx: Session, checkin: CheckIn, now: datetime) -> None:
    """Show the asker what will stand on top, while there is time to change it."""
    if checkin.opens_at - now >= TIME_TO_THINK:
        deliveries.put(
            tx,
            Outgoing(
                checkin.team_id,
                keys.ahead(checkin),
                DeliveryKind.CHECKIN_REMINDER,
                view.tomorrow(checkin),
                now,
                users=(checkin.asker,),
                expires_at=checkin.opens_at,
                about=checkin.channel_id,
            ),
        )


def form(services: Services, who: Who, checkin_id: int) -> ModalView:
    """The modal "Another line", for the asker alone. Raises Refused."""
    return view.line_form(_own(services, who, checkin_id))


def reword(services: Services, who: Who, checkin_id: int, values: Values) -> CheckIn:
    """Another line, this time and from now on. Raises Refused, Beside."""
    checkin, reading = _own(services, who, checkin_id), Reading(values)
    line = reading.take(view.line_again(checkin.kind), "")
    reading.finish()
    with services.db.transaction() as tx:
        fresh = checkins.hold(tx, who.team, checkin_id)
        if fresh is None or fresh.phase is not Phase.PLANNED:
            raise Refused(Why.TOO_LATE)
        checkins.change(tx, checkin_id, line=line)
        if fresh.schedule_id is not None:
            schedules.change(tx, fresh.schedule_id, line=line)
        changed = checkins.get(tx, who.team, checkin_id)
        assert changed is not None
        _redraw(tx, changed, services.clock.now())
    return changed


def _redraw(tx: Session, checkin: CheckIn, now: datetime) -> None:
    shown = deliveries.by_key(tx, checkin.team_id, keys.ahead(checkin))
    if shown is None or shown.posted_ts is None:
        return
    deliveries.put(
        tx,
        Outgoing(
            checkin.team_id,
            keys.ahead_redrawn(checkin, now),
            DeliveryKind.CHECKIN_DRAW,
            {**view.tomorrow(checkin), "ts": shown.posted_ts},
            now,
            channel_id=shown.posted_channel,
            method=Method.UPDATE,
        ),
    )


def _own(services: Services, who: Who, checkin_id: int) -> CheckIn:
    checkin = access.checkin_of(services, who.team, checkin_id)
    if who.user != checkin.asker:
        raise access.not_the_asker(services, checkin, who.user)
    if checkin.phase is not Phase.PLANNED:
        raise Refused(Why.TOO_LATE)
    return checkin
