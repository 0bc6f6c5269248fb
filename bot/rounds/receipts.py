"""The receipt of a round: what hosts read of it; nobody who was left out is forgotten (P15)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from sqlmodel import Session

from bot.platform.services import Services
from bot.rounds import keys, telling
from bot.rounds.views import notices
from bot.rounds.views import receipts as view
from bot.views.blocks import Message
from core.matching import Reason
from core.outbox.kinds import UNSURE, DeliveryKind, DeliveryState
from core.outbox.outgoing import Outgoing
from core.receipt import Failed, Receipt
from core.values import Channel, Place, Who
from storage.channels import channels
from storage.outbox import deliveries, looking
from storage.outbox.deliveries import Delivery
from storage.people import memberships, people
from storage.rounds import rounds

RECEIPT_PATIENCE = timedelta(hours=2)  # a receipt waits this long for its introductions
WITHOUT = (Reason.SITS_OUT, Reason.ALONE, Reason.NO_PARTNER)


def send_receipts(services: Services, channel: Channel) -> None:
    """Tell the hosts what a round did, once its introductions are out (P15)."""
    now = services.clock.now()
    with services.db.reading() as tx:
        open_rounds = rounds.unreceipted(tx, channel.place)
    for found in open_rounds:
        with services.db.transaction() as tx:
            channels.hold(tx, channel.place)  # nobody adds to the receipt meanwhile
            held = rounds.get(tx, found.id)
            if held is None or rounds.was_receipted(tx, held.id):
                continue
            sent = looking.of_round(tx, held.id, DeliveryKind.INTRODUCTION)
            waiting = sum(delivery.state is DeliveryState.WAITING for delivery in sent)
            if waiting and now - held.held_at < RECEIPT_PATIENCE:
                continue
            told = replace(held.receipt, failed=failures(sent), on_their_way=waiting)
            _tell_those_without(tx, channel, held, now)
            _tell(tx, channel, held, told, now)
            rounds.mark_receipted(tx, held.id)


def failures(sent: list[deliveries.Delivery]) -> tuple[Failed, ...]:
    """The introductions that did not arrive, or perhaps not, with the cause.

    Groups that were re-planned do not count.
    """
    return tuple(
        Failed(delivery.users, delivery.error or UNSURE)
        for delivery in sent
        if delivery.state in {DeliveryState.FAILED, DeliveryState.IN_DOUBT}
    )


def _tell(tx: Session, channel: Channel, held: rounds.Round, told: Receipt, now: datetime) -> None:
    if told.groups or told.replanned:
        payload = view.receipt(channel, held.due_at, told)
    else:
        payload = notices.too_few(channel.id)
    telling.tell_hosts(tx, channel, keys.receipt(held.id), DeliveryKind.RECEIPT, payload, now)


def _tell_those_without(tx: Session, channel: Channel, held: rounds.Round, now: datetime) -> None:
    """Nobody is forgotten: who was there and is in no group hears it, whatever the cause was."""
    for user_id in _without(held.receipt):
        payload = notices.no_introduction(channel, _by_own_list(tx, held, user_id))
        key = keys.without(held.id, user_id)
        word = Outgoing(channel.team_id, key, DeliveryKind.WITHOUT, payload, now, users=(user_id,))
        word = replace(word, about=channel.id, round_id=held.id, expires_at=held.ends_at)
        deliveries.put(tx, word)
        memberships.change(tx, channel.place, user_id, waiting_since=now)


def without(services: Services, delivery: Delivery) -> Message | None:
    """What somebody without an introduction reads, as it is true when they do."""
    with services.db.reading() as tx:
        channel = channels.get(tx, Place(delivery.team_id, delivery.about or ""))
        if channel is None:
            return None  # of no channel, or of a version before
        held = rounds.get(tx, delivery.round_id) if delivery.round_id else None
        own_list = held is not None and _by_own_list(tx, held, delivery.users[0])
        return notices.no_introduction(channel, own_list)


def _without(told: Receipt) -> list[str]:
    return [user_id for reason in WITHOUT for user_id in told.left_out.get(reason.value, ())]


def _by_own_list(tx: Session, held: rounds.Round, user_id: str) -> bool:
    """Whether everybody who was there is on this person's own list."""
    there = {one for group in held.receipt.groups for one in group} | set(_without(held.receipt))
    others = there - {user_id}
    return bool(others) and others <= set(people.not_with(tx, Who(held.team_id, user_id)))
