"""The receipt of a round: what hosts read of it; nobody who was left out is forgotten (P15)."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import Session

from bot.platform.services import Services
from bot.rounds import telling
from bot.rounds.views import notices
from bot.rounds.views import receipts as view
from core.matching import Reason
from core.outbox.kinds import DeliveryKind, DeliveryState
from core.outbox.outgoing import Key, Outgoing
from core.values import Channel
from storage.outbox import deliveries
from storage.rounds import rounds

RECEIPT_PATIENCE = timedelta(hours=2)  # a receipt waits this long for its introductions
WITHOUT = (Reason.SITS_OUT, Reason.ALONE, Reason.NO_PARTNER)


def send_receipts(services: Services, channel: Channel) -> None:
    """Tell the hosts what a round did, once its introductions are out (P15)."""
    now = services.clock.now()
    with services.db.reading() as tx:
        open_rounds = rounds.unreceipted(tx, channel.team_id, channel.id)
    for held in open_rounds:
        with services.db.transaction() as tx:
            sent = deliveries.of_round(tx, held.id, DeliveryKind.INTRODUCTION)
            waiting = any(delivery.state is DeliveryState.WAITING for delivery in sent)
            if waiting and now - held.held_at < RECEIPT_PATIENCE:
                continue
            late = sum(delivery.state is DeliveryState.WAITING for delivery in sent)
            data = {**held.receipt, "failed": failures(sent), "on_their_way": late}
            _tell_those_without(tx, channel, held, now)
            _tell(tx, channel, held, data, now)
            rounds.mark_receipted(tx, held.id)


def failures(sent: list[deliveries.Delivery]) -> list[dict[str, object]]:
    """The introductions that did not arrive, with the cause; re-planned groups do not count."""
    return [
        {"users": list(delivery.users), "cause": delivery.error or "unsure"}
        for delivery in sent
        if delivery.state is DeliveryState.FAILED
    ]


def _tell(
    tx: Session, channel: Channel, held: rounds.Round, data: dict[str, object], now: datetime
) -> None:
    zone = channel.settings.cadence.zone
    if data["groups"] or data.get("replanned"):
        payload = view.receipt(channel.id, zone, held.due_at, data)
    else:
        payload = notices.too_few(channel.id, int(str(data.get("present", 0))))
    telling.tell_hosts(tx, channel, Key(f"receipt:{held.id}"), DeliveryKind.RECEIPT, payload, now)


def _tell_those_without(tx: Session, channel: Channel, held: rounds.Round, now: datetime) -> None:
    """Nobody is forgotten: who was there and is in no group hears it, whatever the cause was."""
    payload = notices.no_introduction(channel)
    for reason in WITHOUT:
        for user_id in held.receipt["left_out"].get(reason.value, ()):
            key = Key(f"without:{held.id}:{user_id}")
            deliveries.put(
                tx,
                Outgoing(
                    channel.team_id, key, DeliveryKind.WITHOUT, payload, now, users=(user_id,)
                ),
            )
