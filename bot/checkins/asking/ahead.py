"""A day before a check-in of a schedule, its asker may still change the line on top (C2)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from bot.checkins import access
from bot.checkins.asking.views import ahead as view
from bot.checkins.asking.views import form as checkin_asking
from bot.checkins.refusals import Refused, Why
from bot.checkins.views import words as checkin_words
from bot.platform.errors import Beside
from bot.platform.services import Services
from bot.views import words
from core.checkins import LINE_NEEDED, CheckIn, Phase
from core.outbox.kinds import DeliveryKind, Method
from core.outbox.outgoing import Key, Outgoing
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
                _key(checkin),
                DeliveryKind.CHECKIN_REMINDER,
                view.tomorrow(checkin),
                now,
                users=(checkin.asker,),
                expires_at=checkin.opens_at,
            ),
        )


def form(services: Services, team_id: str, checkin_id: int, user_id: str) -> dict[str, Any]:
    """The modal "Another line", for the asker alone. Raises Refused."""
    return view.line_form(_own(services, team_id, checkin_id, user_id))


def reword(services: Services, team_id: str, checkin_id: int, user_id: str, text: str) -> CheckIn:
    """Another line, this time and from now on. Raises Refused, Beside."""
    checkin, line = _own(services, team_id, checkin_id, user_id), text.strip()
    if not line and checkin.kind in LINE_NEEDED:
        raise Beside({checkin_asking.LINE: checkin_words.LINE_NEEDED})
    if len(line) > checkin_asking.LINE_MAX:
        raise Beside({checkin_asking.LINE: checkin_words.too_long(checkin_asking.LINE_MAX)})
    with services.db.transaction() as tx:
        fresh = checkins.get(tx, team_id, checkin_id)
        if fresh is None or fresh.phase is not Phase.PLANNED:
            raise Refused(Why.TOO_LATE)
        checkins.change(tx, checkin_id, line=line)
        if fresh.schedule_id is not None:
            schedules.change(tx, fresh.schedule_id, line=line)
        changed = checkins.get(tx, team_id, checkin_id)
        assert changed is not None
        _redraw(tx, changed, services.clock.now())
    return changed


def _redraw(tx: Session, checkin: CheckIn, now: datetime) -> None:
    shown = deliveries.by_key(tx, checkin.team_id, _key(checkin))
    if shown is None or shown.posted_ts is None:
        return
    deliveries.put(
        tx,
        Outgoing(
            checkin.team_id,
            Key(f"{_key(checkin)}:{now.isoformat()}"),
            DeliveryKind.CHECKIN_DRAW,
            {**view.tomorrow(checkin), "ts": shown.posted_ts},
            now,
            channel_id=shown.posted_channel,
            method=Method.UPDATE,
        ),
    )


def _key(checkin: CheckIn) -> Key:
    return Key(f"checkin:{checkin.id}:ahead")


def _own(services: Services, team_id: str, checkin_id: int, user_id: str) -> CheckIn:
    checkin = access.checkin_of(services, team_id, checkin_id)
    if user_id != checkin.asker:
        raise Refused(Why.NOT_THE_ASKER, asker=words.person(checkin.asker))
    if checkin.phase is not Phase.PLANNED:
        raise Refused(Why.TOO_LATE)
    return checkin
