"""What hosts are told of their rounds."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from bot.rounds import keys
from bot.rounds.views import notices
from bot.views.blocks import Message
from core.outbox.kinds import DeliveryKind
from core.outbox.outgoing import Key, Outgoing
from core.values import Channel
from storage.channels import channels
from storage.outbox import deliveries
from storage.people import memberships, people


def hosts_of(tx: Session, channel: Channel) -> list[str]:
    """Whoever invited the bot, and the named hosts."""
    inviter = [channel.invited_by] if channel.invited_by else []
    return list(dict.fromkeys([*inviter, *channels.hosts(tx, channel.place)]))


def hosts_here(tx: Session, channel: Channel) -> list[str]:
    """Those of them who have not left the channel, or the company."""
    everyone = hosts_of(tx, channel)
    gone = memberships.left(tx, channel.place, everyone)
    known = people.some(tx, channel.team_id, everyone)
    gone |= {user_id for user_id, person in known.items() if person.deleted}
    return [user_id for user_id in everyone if user_id not in gone]


def tell_hosts(
    tx: Session,
    channel: Channel,
    key: Key,
    kind: DeliveryKind,
    payload: Message,
    now: datetime,
) -> None:
    """A direct message to each host who is still there; to all of them where none is."""
    for user_id in hosts_here(tx, channel) or hosts_of(tx, channel):
        deliveries.put(
            tx,
            Outgoing(
                channel.team_id,
                keys.to_host(key, user_id),
                kind,
                payload,
                now,
                users=(user_id,),
                about=channel.id,
            ),
        )


def tell_hosts_missed(tx: Session, channel: Channel, due_at: datetime, now: datetime) -> None:
    """The hosts read why a round was not held."""
    zone = channel.settings.cadence.zone
    payload = notices.held_late(channel.id, due_at, zone)
    tell_hosts(tx, channel, keys.missed(channel, due_at), DeliveryKind.MISSED, payload, now)
