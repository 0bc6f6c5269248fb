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


def tell_hosts(
    tx: Session,
    channel: Channel,
    key: Key,
    kind: DeliveryKind,
    payload: Message,
    now: datetime,
) -> None:
    """A direct message to whoever invited the bot and to each named host."""
    named = channels.hosts(tx, channel.place)
    for user_id in dict.fromkeys([*([channel.invited_by] if channel.invited_by else []), *named]):
        deliveries.put(
            tx,
            Outgoing(
                channel.team_id, keys.to_host(key, user_id), kind, payload, now, users=(user_id,)
            ),
        )


def tell_hosts_missed(tx: Session, channel: Channel, due_at: datetime, now: datetime) -> None:
    """The hosts read why a round was not held."""
    zone = channel.settings.cadence.zone
    payload = notices.held_late(channel.id, due_at, zone)
    tell_hosts(tx, channel, keys.missed(channel, due_at), DeliveryKind.MISSED, payload, now)
