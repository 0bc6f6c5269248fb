"""How messages around a round end: notices, questions, the first words to somebody new."""

from __future__ import annotations

from sqlmodel import Session

from bot.people import standing
from bot.platform.services import Services
from bot.rounds.views import ended as view
from bot.views.blocks import Message
from core.values import Place
from storage.channels import channels
from storage.outbox.deliveries import Delivery
from storage.people import memberships
from storage.rounds import rounds

LOOKED_AT = 5  # newest rounds of a channel, of which one is what a notice was about


def notice(services: Services, tx: Session, delivery: Delivery) -> Message | None:
    """Whether the round has begun."""
    channel_id, due_at = delivery.channel_id or delivery.about, delivery.expires_at
    if channel_id is None or due_at is None:
        return None
    latest = rounds.latest(tx, Place(delivery.team_id, channel_id), LOOKED_AT)
    return view.notice(channel_id, due_at, any(one.due_at == due_at for one in latest))


def status(services: Services, tx: Session, delivery: Delivery) -> Message | None:
    """They left it open: an answer stands in its place otherwise."""
    return view.status(delivery.about) if delivery.about else None


def silences(services: Services, tx: Session, delivery: Delivery) -> Message | None:
    """They left it open: an answer stands in its place otherwise."""
    return view.silences()


def newcomer(services: Services, tx: Session, delivery: Delivery) -> Message | None:
    """Whether they are in the channel's rounds now."""
    if delivery.about is None:
        return None
    channel = channels.get(tx, Place(delivery.team_id, delivery.about))
    if channel is None:
        return None
    own = memberships.get(tx, channel.place, delivery.users[0])
    return view.standing(channel.id, standing.takes_part(channel, own))
