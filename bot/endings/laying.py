"""What is over is drawn so, a few at a time: redraws are the last thing that anybody waits for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlmodel import Session

from bot.outbox.policy import Policies, Posted
from bot.platform.errors import tried
from bot.platform.log import get
from bot.platform.services import Services
from bot.views import blocks as b
from bot.views.blocks import Message
from core.outbox.kinds import DeliveryKind, Method
from core.outbox.outgoing import Outgoing
from storage.outbox import deliveries, endings
from storage.outbox.deliveries import Delivery

log = get("endings")
# In one workspace, at most so many in so long, and no more before these are out: about half of
# what Slack allows of chat.update, and more than 20,000 a day.
AT_ONCE, APART = 8, timedelta(seconds=15)
# Slack's answers where there is nothing left to draw.
GONE = {
    "message_not_found", "channel_not_found", "cant_update_message", "edit_window_closed",
    "is_inactive", "is_archived", "not_in_channel", "user_disabled",
}  # fmt: skip


def run_due(services: Services, policies: Policies) -> None:
    """Lay the redraws of the next few messages that are over, in each workspace."""
    now = services.clock.now()
    with services.db.reading() as tx:
        teams = [team for team in endings.teams(tx, now) if not endings.are_waiting(tx, team)]
    for team_id in teams:
        with tried(log, "ending", f"team={team_id}"), services.db.transaction() as tx:
            for delivery in endings.over(tx, team_id, now, AT_ONCE):
                if endings.taken(tx, delivery, now):  # else another beat was faster
                    lay(tx, delivery, looks(services, tx, policies, delivery), now)


def lay(tx: Session, delivery: Delivery, shown: Message, now: datetime) -> None:
    """The redraw of a message that is over, to look like this."""
    assert delivery.posted_ts is not None, "only what was posted ends"
    redraw = Outgoing(
        delivery.team_id,
        endings.key(delivery.id),
        DeliveryKind.ENDED,
        {**shown, "ts": delivery.posted_ts},
        now + APART,
        channel_id=delivery.posted_channel,
        method=Method.UPDATE,
    )
    deliveries.put(tx, redraw)


def looks(services: Services, tx: Session, policies: Policies, delivery: Delivery) -> Message:
    """What stands in the place of a message that is over: never anything to press."""
    ending, shown = policies[delivery.kind].ending, None
    if ending is not None:
        try:
            shown = ending.looks(services, tx, delivery)
        except Exception:  # one that cannot be drawn must not keep the others
            log.exception("not drawn as over id=%s kind=%s", delivery.id, delivery.kind)
    return b.still(shown or _payload(delivery.payload))


def _payload(payload: Mapping[str, object]) -> Message:
    return dict(payload)


def drawn(services: Services, tx: Session, delivery: Delivery, posted: Posted) -> None:
    """Slack has the redraw: its words are kept there alone."""
    endings.emptied(tx, delivery.id)


def nothing_left(services: Services, delivery: Delivery, code: str) -> bool:
    """What was to be drawn as over is not there any more: nobody misses it."""
    if code not in GONE:
        return False
    with services.db.transaction() as tx:
        deliveries.cancel(tx, delivery.id, code)
        endings.emptied(tx, delivery.id)
    return True
