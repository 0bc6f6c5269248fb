"""Messages that are perhaps in Slack: somebody has looked, and says what becomes of them."""

from __future__ import annotations

from enum import StrEnum

from sqlmodel import Session

from bot.outbox.errors import NotInDoubt
from bot.outbox.policy import Policies, Policy, Posted
from bot.platform.services import Services
from core.outbox.kinds import NEVER_ARRIVED
from storage.outbox import deliveries, looking
from storage.outbox.deliveries import Delivery


class Found(StrEnum):
    """What somebody who looked for a message says."""

    AGAIN = "again"  # it is not there: send it once more
    ARRIVED = "arrived"  # it is there
    NEVER = "never"  # it is not there, and is not needed any more


def settle(services: Services, policies: Policies, start: str, found: Found) -> Delivery:
    """Act on it; the message is the one in doubt whose id starts like this.

    Raises NotInDoubt when there is none, or more than one, or somebody was faster.
    """
    with services.db.transaction() as tx:
        fitting = looking.in_doubt(tx, start) if start else []
        if len(fitting) != 1:
            raise NotInDoubt(start, len(fitting))
        (delivery,) = fitting
        _act(services, tx, policies[delivery.kind], delivery, found)
    if found is Found.ARRIVED:
        policies[delivery.kind].afterwards(services, delivery)
    return delivery


def _act(services: Services, tx: Session, policy: Policy, delivery: Delivery, found: Found) -> None:
    """What the message is about comes first, as when it is sent; the message itself decides."""
    where = Posted(delivery.posted_channel or delivery.channel_id or "", "")
    if found is Found.ARRIVED:
        policy.sent(services, tx, delivery, where)
    elif found is Found.NEVER:
        policy.lost(services, tx, delivery, NEVER_ARRIVED)
    if not looking.is_in_doubt(tx, delivery.id):
        raise NotInDoubt(delivery.id, 0)
    now = services.clock.now()
    match found:
        case Found.AGAIN:
            deliveries.say_again(tx, delivery.id, now)
        case Found.ARRIVED:
            deliveries.sent(tx, delivery.id, where.channel, where.ts, now)
        case Found.NEVER:
            deliveries.fail(tx, delivery.id, NEVER_ARRIVED)
