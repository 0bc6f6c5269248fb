"""How messages about check-ins end; the post itself is drawn anew when the check-in closes."""

from __future__ import annotations

from sqlmodel import Session

from bot.checkins import ids
from bot.checkins.after.views import hands
from bot.checkins.ids import OfCheckIn, OfItem
from bot.checkins.views import ended as view
from bot.platform.services import Services
from bot.views import blocks as b
from bot.views.blocks import Message
from core.actions import Item, ItemKind
from core.checkins import CheckIn
from storage.checkins import checkins
from storage.checkins import items as checkin_items
from storage.outbox.deliveries import Delivery


def note(services: Services, tx: Session, delivery: Delivery) -> Message | None:
    """To its asker: that it has closed, and whether they gave a word back."""
    pressed = b.value_of(dict(delivery.payload), ids.REPLY_OPEN)
    checkin = _checkin(tx, delivery, pressed)
    return view.note(checkin) if checkin else None


def reminder(services: Services, tx: Session, delivery: Delivery) -> Message | None:
    """In the channel that it has closed; to its asker that it has opened."""
    payload = dict(delivery.payload)
    answer, line = b.value_of(payload, ids.ANSWER), b.value_of(payload, ids.LINE_OPEN)
    checkin = _checkin(tx, delivery, answer or line)
    if checkin is None:
        return None
    return view.reminder(checkin) if answer else view.ahead(checkin)


def item(services: Services, tx: Session, delivery: Delivery) -> Message | None:
    """Where an owner's actions stood."""
    pressed = b.value_of(dict(delivery.payload), ids.ITEM_DONE)
    checkin = _checkin(tx, delivery, pressed)
    if checkin is None:
        return None
    came_back = checkin_items.some(tx, checkin.items)
    return view.item(checkin.channel_id, _own(came_back, delivery))


def took_on(services: Services, tx: Session, delivery: Delivery) -> Message | None:
    """What still has its reader's name."""
    pressed = b.value_of(dict(delivery.payload), ids.ITEM_HAND_BACK)
    checkin = _checkin(tx, delivery, pressed)
    if checkin is None:
        return None
    return view.took_on(checkin, _own(checkin_items.of_checkin(tx, checkin.id), delivery))


def hand(services: Services, tx: Session, delivery: Delivery) -> Message | None:
    """The same whatever became of it, and at the same time: who looked learns no sooner."""
    return hands.answered(hands.CLOSED)


def _checkin(tx: Session, delivery: Delivery, pressed: OfCheckIn | OfItem | None) -> CheckIn | None:
    """The one that a button of the message is about."""
    return checkins.get(tx, delivery.team_id, pressed.checkin_id) if pressed else None


def _own(items: list[Item], delivery: Delivery) -> list[Item]:
    return [i for i in items if i.owner == delivery.users[0] and i.kind is ItemKind.ACTION]
