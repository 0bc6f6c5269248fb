"""What follows when a message never can be said: whoever answers for it hears why, once.

A note about such a message answers for nothing itself: refused too, nobody is told, and the outbox
keeps both for whoever runs Kettle.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from sqlmodel import Session

from bot.channels import keys
from bot.channels.views import undelivered as view
from bot.platform.services import Services
from bot.rounds import keys as round_keys
from bot.rounds import telling
from bot.views.blocks import Message
from core.outbox.kinds import DeliveryKind
from core.outbox.outgoing import Key, Outgoing
from core.values import Channel, Place, Who
from storage.channels import channels
from storage.outbox import clearing, deliveries, looking
from storage.outbox.deliveries import Delivery
from storage.people import people

# One cause is told once, until Slack has taken something there since; and once a month again.
SILENT_FOR = timedelta(days=30)
LEFT = {"user_disabled", "user_not_found", "account_deactivated"}  # Slack: there is no such reader


def in_channel(services: Services, tx: Session, delivery: Delivery, code: str) -> None:
    """A post did not get into its channel: whoever pressed for it hears it, else the hosts do.

    A notice by direct message is about nobody but its reader, and there is no reader.
    """
    found = _channel(tx, delivery.team_id, delivery.channel_id)
    if found is None:
        return
    clearing.free_key(tx, delivery)
    asked_by, now = delivery.asked_by, services.clock.now()
    if asked_by is not None:
        key = keys.refused(found, code, asked_by, delivery.id)
        payload = view.not_posted(found.id, delivery.kind, code, asked=True)
        # Results may have been posted by themselves, at night: that can wait.
        pressed = delivery.kind is not DeliveryKind.CHECKIN_RESULTS
        _tell(tx, Who(found.team_id, asked_by), key, payload, now, asked=pressed)
    for host in telling.readers(tx, found):
        if _is_news(tx, found, code, host, now):
            key = keys.refused(found, code, host, delivery.id)
            payload = view.not_posted(found.id, delivery.kind, code, asked=False)
            _tell(tx, Who(found.team_id, host), key, payload, now)


def opening(services: Services, tx: Session, delivery: Delivery, code: str) -> None:
    """Nobody has read how one takes part: it is said again when the settings are saved again."""
    found = _channel(tx, delivery.team_id, delivery.channel_id)
    if found is not None:
        channels.change(tx, found.place, announced=False)
        if found.noticed_for == found.next_due_at:  # the post was to say when
            channels.change(tx, found.place, noticed_for=None)
    in_channel(services, tx, delivery, code)


def to_a_host(services: Services, tx: Session, delivery: Delivery, code: str) -> None:
    """A host was not reached: the other hosts read the same, each of them once."""
    found = _channel(tx, delivery.team_id, delivery.about)
    if found is None or len(delivery.users) != 1:
        return
    gone = delivery.users[0]
    if code in LEFT and people.get(tx, Who(delivery.team_id, gone)) is not None:
        people.change(tx, Who(delivery.team_id, gone), deleted=True)
    base = Key(delivery.key.removesuffix(f":{gone}"))
    for host in telling.readers(tx, found):
        if host != gone:
            _pass_on(tx, delivery, round_keys.to_host(base, host), host, services.clock.now())
    if not telling.readers(tx, found):
        telling.tell_nobody_hosts(tx, found, services.clock.now())


def greeting(services: Services, tx: Session, delivery: Delivery, code: str) -> None:
    """Whoever invited Kettle cannot be written to: another host reads how it begins.

    Where there is none the channel does, once: a workflow may have invited it.
    """
    found = _channel(tx, delivery.team_id, delivery.about)
    if found is None or not found.active:
        return
    now, payload = services.clock.now(), view.ungreeted(found.id)
    others = [one for one in telling.readers(tx, found) if one not in delivery.users]
    for host in others:
        _tell(tx, Who(found.team_id, host), keys.ungreeted(found, host), payload, now)
    if not others:
        key = keys.ungreeted(found)
        note = Outgoing(found.team_id, key, DeliveryKind.UNSAID, payload, now)
        deliveries.put(tx, replace(note, channel_id=found.id))


def _pass_on(tx: Session, delivery: Delivery, key: Key, host: str, now: datetime) -> None:
    deliveries.put(
        tx,
        Outgoing(
            delivery.team_id,
            key,
            delivery.kind,
            delivery.payload,
            now,
            users=(host,),
            about=delivery.about,
        ),
    )


def to_an_asker(services: Services, tx: Session, delivery: Delivery, code: str) -> None:
    """Whoever asked a check-in was not reached: hosts hear that, and nothing of what it was."""
    found = _channel(tx, delivery.team_id, delivery.about)
    if found is None or len(delivery.users) != 1:
        return
    asker = delivery.users[0]
    for host in telling.readers(tx, found):
        if host != asker:
            payload = view.asker_unreached(found.id, asker)
            key = keys.unreached(found, asker, host)
            _tell(tx, Who(found.team_id, host), key, payload, services.clock.now())


def file(services: Services, tx: Session, delivery: Delivery, code: str) -> None:
    """A file that somebody asked for did not arrive."""
    if delivery.asked_by is not None:
        payload = view.file_missing(str(delivery.payload.get("title", "")), code)
        _tell_presser(services, tx, delivery, payload)


def carried(services: Services, tx: Session, delivery: Delivery, code: str) -> None:
    """What somebody wanted carried did not arrive: they hear it, and nobody else."""
    clearing.free_key(tx, delivery)
    if delivery.asked_by is not None:
        _tell_presser(services, tx, delivery, view.not_carried(delivery.users[0], code))


def _tell_presser(services: Services, tx: Session, delivery: Delivery, payload: Message) -> None:
    assert delivery.asked_by is not None
    key, now = keys.unsaid(delivery.id), services.clock.now()
    _tell(tx, Who(delivery.team_id, delivery.asked_by), key, payload, now, asked=True)


def _is_news(tx: Session, channel: Channel, code: str, host: str, now: datetime) -> bool:
    """Whether this host does not know yet that nothing gets into the channel for this cause."""
    told = looking.newest_under(tx, channel.team_id, keys.refusals(channel, code, host))
    if told is None or now - told >= SILENT_FOR:
        return True
    return looking.was_posted_since(tx, channel.place, told)


def _tell(
    tx: Session, who: Who, key: Key, payload: Message, now: datetime, asked: bool = False
) -> None:
    """`asked`: they have just pressed for it, and hear it at once, at any hour."""
    note = Outgoing(who.team, key, DeliveryKind.UNSAID, payload, now, users=(who.user,))
    deliveries.put(tx, replace(note, asked_by=who.user if asked else None))


def _channel(tx: Session, team_id: str, channel_id: str | None) -> Channel | None:
    return channels.get(tx, Place(team_id, channel_id)) if channel_id else None
