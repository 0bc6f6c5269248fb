"""Opening: who is asked is read from Slack, receipts are laid out, the post goes on its way."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from bot.checkins import access, arc, keys
from bot.checkins.asking import wishes
from bot.checkins.asking.views import news
from bot.checkins.refusals import Refused, Why
from bot.checkins.views import loop
from bot.checkins.views import post as view
from bot.checkins.views import words as checkin_words
from bot.outbox.policy import Posted
from bot.platform.errors import tried
from bot.platform.log import get
from bot.platform.services import Services
from core.checkins import CheckIn, Phase
from core.outbox.kinds import DeliveryKind
from core.outbox.outgoing import Outgoing
from core.values import Channel, Place, Who
from storage.channels import channels
from storage.checkins import checkins, pulses
from storage.outbox import deliveries
from storage.outbox.deliveries import Delivery

log = get("checkins")


def open_due(services: Services) -> None:
    """Open every planned check-in whose time has come."""
    with services.db.reading() as tx:
        due = checkins.planned_until(tx, services.clock.now())
    for checkin in due:
        with tried(log, "opening", f"checkin={checkin.id}"):
            open_one(services, checkin)


def open_one(services: Services, checkin: CheckIn) -> None:
    """Open a planned check-in, or tell its asker why not. Doing it again does nothing."""
    with services.db.reading() as tx:
        channel = channels.get(tx, Place(checkin.team_id, checkin.channel_id))
    late = services.clock.now() >= checkin.closes_at
    if channel is None or not channel.active or late:
        text = news.too_late(checkin) if late else news.not_there(checkin)
        with services.db.transaction() as tx:
            _cancel(services, tx, checkin, text)
        return
    off = ""
    if checkin.kind.rules.by_mood and not wishes.is_pulse_on(services, channel):
        hosts = access.ask_hosts(services, channel)
        off = checkin_words.refusal(Why.PULSE_OFF, {"hosts": hosts})
    invited = access.invited(services, channel)
    floor = checkin.contract.floor
    with services.db.transaction() as tx:
        if off:
            _cancel(services, tx, checkin, off)
            return
        if floor is not None and len(invited) < floor:
            text = checkin_words.too_small(len(invited), floor, checkin.kind)
            _cancel(services, tx, checkin, text)
            return
        _open(services, tx, channel, checkin, invited)
    log.info("check-in opened id=%d kind=%s", checkin.id, checkin.kind)


def _open(
    services: Services, tx: Session, channel: Channel, checkin: CheckIn, invited: list[str]
) -> None:
    closed = checkins.of_channel(tx, channel.place, [Phase.CLOSED])
    before = next((one.id for one in closed if one.answers), None)
    items = list(checkin.items)  # what owners were asked about; some of it is settled by now
    if checkin.kind.rules.occasion:
        stored = arc.coming_back(tx, checkin)
        items += [item.id for item in stored if item.id not in items]
    opened = checkins.open_it(tx, checkin.id, len(invited), items, before)
    if not opened:
        return
    deliveries.cancel_by_key(tx, checkin.team_id, keys.lines_ahead(checkin))
    if not checkin.contract.named:
        pulses.invite(tx, checkin.id, invited, checkin.kind.rules.slip_bytes)
    ready = checkins.get(tx, checkin.team_id, checkin.id)
    assert ready is not None
    delivery_id = deliveries.put(
        tx,
        Outgoing(
            checkin.team_id,
            keys.post(checkin),
            DeliveryKind.CHECKIN,
            view.post(ready, arc.listed(tx, ready)),
            services.clock.now(),
            channel_id=checkin.channel_id,
            expires_at=checkin.closes_at,
        ),
    )
    checkins.change(tx, checkin.id, delivery_id=delivery_id)


def _cancel(services: Services, tx: Session, checkin: CheckIn, text: str) -> None:
    """It is not asked: whoever wanted to ask reads why."""
    if drop(tx, checkin):
        _tell(tx, checkin, text, services.clock.now(), _has_just_asked(checkin))


def _has_just_asked(checkin: CheckIn) -> bool:
    """Its asker sent the form: then what becomes of it is an answer, at any hour."""
    return checkin.schedule_id is None


def drop(tx: Session, checkin: CheckIn, before: Phase = Phase.PLANNED) -> bool:
    """A planned check-in (or one in phase `before`) is not asked; False when it was not so far."""
    if not checkins.cancel(tx, checkin.id, before):
        return False
    deliveries.cancel_by_key(tx, checkin.team_id, keys.everything_of(checkin))
    if checkin.kind.rules.occasion:
        arc.ask_anew(tx, checkin)
    return True


def _tell(tx: Session, checkin: CheckIn, text: str, now: datetime, answers: bool) -> None:
    key, note = keys.cancelled(checkin), loop.note(text)
    deliveries.put(
        tx,
        Outgoing(
            checkin.team_id,
            key,
            DeliveryKind.CHECKIN_NOTE,
            note,
            now,
            users=(checkin.asker,),
            about=checkin.channel_id,
            asked_by=checkin.asker if answers else None,
        ),
    )


def take_back(services: Services, who: Who, checkin_id: int) -> Channel:
    """A planned check-in is not asked after all: its asker or a host says so. Raises Refused."""
    checkin = access.checkin_of(services, who.team, checkin_id)
    channel = access.channel_of(services, checkin.place)
    if who.user != checkin.asker:
        access.require_host(services, channel, who.user)
    with services.db.transaction() as tx:
        if not drop(tx, checkin):
            raise Refused(Why.TOO_LATE)
        if who.user != checkin.asker:
            text = news.taken_back(checkin, who.user)
            _tell(tx, checkin, text, services.clock.now(), answers=False)
    return channel


def posted(services: Services, tx: Session, delivery: Delivery, where: Posted) -> None:
    """The post stands in Slack: it is redrawn there."""
    checkin_id = checkins.of_delivery(tx, delivery.id)
    if checkin_id is not None:
        checkins.change(tx, checkin_id, posted_ts=where.ts)


def not_posted(services: Services, tx: Session, delivery: Delivery, code: str) -> None:
    """Slack refused the post for good: nobody can answer, and the asker hears it at once."""
    checkin_id = checkins.of_delivery(tx, delivery.id)
    found = checkins.get(tx, delivery.team_id, checkin_id) if checkin_id is not None else None
    if found is None or not drop(tx, found, Phase.OPEN):
        return
    pulses.discard(tx, found.id, receipts=True)
    text, now = news.not_posted(found, code), services.clock.now()
    _tell(tx, found, text, now, _has_just_asked(found))


def doubted(services: Services, tx: Session, delivery: Delivery, code: str) -> None:
    """Nobody knows whether the post stands: it stays open, and its asker hears so."""
    checkin_id = checkins.of_delivery(tx, delivery.id)
    found = checkins.get(tx, delivery.team_id, checkin_id) if checkin_id is not None else None
    if found is not None and found.phase is Phase.OPEN:
        now, note = services.clock.now(), loop.note(news.doubted(found))
        deliveries.put(
            tx,
            Outgoing(
                found.team_id,
                keys.doubted(found),
                DeliveryKind.CHECKIN_NOTE,
                note,
                now,
                users=(found.asker,),
                about=found.channel_id,
            ),
        )
