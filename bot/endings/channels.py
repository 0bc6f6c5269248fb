"""How messages about a channel end: the greeting, and the post that starts it."""

from __future__ import annotations

from sqlmodel import Session

from bot.channels.ids import SETTINGS_OPEN
from bot.channels.views import ended as view
from bot.outbox.policy import Posted
from bot.platform.services import Services
from bot.views import blocks as b
from bot.views.blocks import Message
from core.values import Place, TakingPart
from storage.channels import channels
from storage.outbox import endings
from storage.outbox.deliveries import Delivery


def greeting(services: Services, tx: Session, delivery: Delivery) -> Message | None:
    """Where the settings are; the button says of which channel."""
    settings = b.value_of(dict(delivery.payload), SETTINGS_OPEN)
    return view.greeting(settings.channel) if settings else None


def opening(services: Services, tx: Session, delivery: Delivery) -> Message | None:
    """How one comes in and goes out."""
    if delivery.channel_id is None:
        return None
    channel = channels.get(tx, Place(delivery.team_id, delivery.channel_id))
    mode = channel.mode_at(services.clock.now()) if channel else TakingPart.OPT_IN
    return view.opening(delivery.channel_id, mode is TakingPart.EVERYONE)


def opened_anew(services: Services, tx: Session, delivery: Delivery, posted: Posted) -> None:
    """How one takes part is told anew: what was said before is over."""
    if delivery.channel_id is None:
        return
    place, now = Place(delivery.team_id, delivery.channel_id), services.clock.now()
    for before in endings.open_in(tx, place, delivery.kind):
        if before.id != delivery.id:
            endings.end(tx, before, now)
