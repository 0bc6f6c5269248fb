"""Nobody is enrolled silently: who is new where everyone takes part reads so first (P6)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session

from bot.rounds import keys
from bot.rounds.views import notices
from core.outbox.kinds import DeliveryKind
from core.outbox.outgoing import Outgoing
from core.values import Channel, TakingPart
from storage.outbox import deliveries
from storage.people import memberships, people


def tell(tx: Session, channel: Channel, user_ids: Iterable[str], now: datetime) -> None:
    """Whoever is new in the channel is told, once, by a direct message."""
    if not channel.started or channel.settings.taking_part is not TakingPart.EVERYONE:
        return
    for user_id, person in people.some(tx, channel.team_id, user_ids).items():
        standing = memberships.get(tx, channel.place, user_id)
        closed_to = person.stranger or (person.guest and not channel.settings.guests)
        if standing.opted is None and not (person.is_bot or person.deleted or closed_to):
            key = keys.newcomer(channel, user_id)
            payload = notices.newcomer(channel, user_id)
            deliveries.put(
                tx,
                Outgoing(
                    channel.team_id, key, DeliveryKind.NEWCOMER, payload, now, users=(user_id,)
                ),
            )
