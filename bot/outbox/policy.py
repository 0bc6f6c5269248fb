"""What is decided for each kind of message: its lane, its end, and what follows it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from bot.platform.services import Services
from bot.views import blocks as b
from bot.views.blocks import Message
from core.outbox.kinds import DeliveryKind, Lane, Late, Method
from storage.outbox.deliveries import Delivery


@dataclass(frozen=True, slots=True)
class Posted:
    """Where a message stands in Slack; `ts` is empty for what has none."""

    channel: str
    ts: str


Sent = Callable[[Services, Session, Delivery, Posted], None]
Lost = Callable[[Services, Session, Delivery, str], None]
Refused = Callable[[Services, Delivery, str], bool]
Afterwards = Callable[[Services, Delivery], None]
Overtaken = Callable[[Services, Delivery], str | None]
Waits = Callable[[Services, Delivery, datetime], datetime]
Looks = Callable[[Services, Session, Delivery], Message | None]
Drawn = Callable[[Services, Delivery], Mapping[str, Any] | None]
OPEN_FOR = timedelta(days=14)  # what says no instant itself is open for an answer so long
TO_READ = timedelta(hours=4)  # and what comes late, if it helps for so long


def _nothing_sent(services: Services, tx: Session, delivery: Delivery, posted: Posted) -> None:
    """Nothing follows."""


def at_once(reason: str) -> Waits:
    """`waits` of what keeps nobody's hours; the reason stands in the table."""
    assert reason

    def waits(services: Services, delivery: Delivery, now: datetime) -> datetime:
        """Now."""
        return now

    return waits


def nobody(reason: str) -> Lost:
    """`lost` of what nobody else has to hear of; the reason stands in the table."""
    assert reason

    def lost(services: Services, tx: Session, delivery: Delivery, code: str) -> None:
        """Nothing follows."""

    return lost


def _nothing_doubted(services: Services, tx: Session, delivery: Delivery, code: str) -> None:
    """Nothing follows before somebody has looked, and says what is so."""


def _not_mended(services: Services, delivery: Delivery, code: str) -> bool:
    return False


def _always(services: Services, delivery: Delivery) -> str | None:
    """Nothing stands against saying it."""


def _as_laid(services: Services, delivery: Delivery) -> None:
    """It says what it said when it was laid down."""


def _nothing_afterwards(services: Services, delivery: Delivery) -> None:
    """Nothing follows."""


def open_until(expires_at: datetime, read_at: datetime, sooner: timedelta) -> datetime:
    """When what stops helping at `expires_at` is over, for one who has it before them since."""
    return min(expires_at, max(expires_at - sooner, read_at + TO_READ))


@dataclass(frozen=True, slots=True)
class Ending:
    """How a message with buttons ends (P17): so long `after` it went, else when it stops helping.

    `sooner`: so long before it stops helping, for one that may still come late; whoever reads it
    later than that has a few hours.

    `looks`: what stands in its place from then on, with nothing to press, from what is recorded;
    None where that is gone: then it only loses its buttons.
    """

    looks: Looks
    after: timedelta | None = None
    sooner: timedelta = timedelta(0)

    def ends_at(self, expires_at: datetime | None, now: datetime) -> datetime:
        """When one that is posted now is over."""
        if self.after is not None or expires_at is None:
            return now + (self.after or OPEN_FOR)
        return open_until(expires_at, now, self.sooner)


@dataclass(frozen=True, slots=True)
class Policy:
    """The decisions about one kind of message.

    `waits`: from now on, the first instant at which it may be said, by somebody's hours.
    `expires`: whether each such message names an instant after which it does not help any more;
    `late` says what becomes of it then. `sent` is called in the transaction that marks the
    message sent, `lost` in the one that gives it up, with Slack's word for why: whoever counts on
    it hears so, and every kind says who that is. `doubted` is called in the
    one that leaves it to a person to find out whether it is there. `refused` is asked when Slack
    says no for good, outside any transaction: True when it has found another way. `overtaken` is
    asked before it is said: why it must not be any more, as for `lost`. `spared` is asked as well:
    why its reader does without it, and nobody else misses it. `drawn` gives what it says when it
    goes out, where that may be something else than when it was laid down. `afterwards` is
    called once the message is marked sent. `ending`: what becomes of one with buttons; every kind
    that draws any has to say.
    """

    lane: Lane
    waits: Waits
    lost: Lost
    expires: bool = False
    late: Late = Late.DROP
    sent: Sent = _nothing_sent
    doubted: Lost = _nothing_doubted
    refused: Refused = _not_mended
    overtaken: Overtaken = _always
    spared: Overtaken = _always
    drawn: Drawn = _as_laid
    afterwards: Afterwards = _nothing_afterwards
    ending: Ending | None = None

    def ends_at(self, delivery: Delivery, posted: Posted, now: datetime) -> datetime | None:
        """When such a message, posted now, is over; None where there is nothing to press in it."""
        live = delivery.method is Method.POST and posted.ts and b.is_live(dict(delivery.payload))
        if self.ending is None or not live:
            return None
        return self.ending.ends_at(delivery.expires_at, now)


Policies = Mapping[DeliveryKind, Policy]
