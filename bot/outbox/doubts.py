"""Messages that are perhaps in Slack: somebody has looked, and says what becomes of them."""

from __future__ import annotations

from enum import StrEnum

from bot.outbox.errors import NotInDoubt
from bot.outbox.policy import Policies, Posted
from bot.platform.services import Services
from storage.outbox import deliveries, looking
from storage.outbox.deliveries import Delivery


class Found(StrEnum):
    """What somebody who looked for a message says."""

    AGAIN = "again"  # it is not there: send it once more
    ARRIVED = "arrived"  # it is there
    NEVER = "never"  # it is not there, and is not needed any more


def settle(services: Services, policies: Policies, start: str, found: Found) -> Delivery:
    """Act on it; the message is the one in doubt whose id starts like this.

    Raises NotInDoubt when there is none, or more than one.
    """
    with services.db.transaction() as tx:
        fitting = looking.in_doubt(tx, start) if start else []
        if len(fitting) != 1:
            raise NotInDoubt(start, len(fitting))
        (delivery,) = fitting
        policy, now = policies[delivery.kind], services.clock.now()
        match found:
            case Found.AGAIN:
                deliveries.say_again(tx, delivery.id, now)
            case Found.ARRIVED:
                where = Posted(delivery.posted_channel or delivery.channel_id or "", "")
                policy.sent(services, tx, delivery, where)
                deliveries.sent(tx, delivery.id, where.channel, where.ts, now)
            case Found.NEVER:
                policy.lost(services, tx, delivery, "never_arrived")
                deliveries.fail(tx, delivery.id, "never_arrived")
    return delivery
