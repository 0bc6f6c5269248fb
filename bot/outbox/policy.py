"""What is decided for each kind of message: its lane, its end, and what follows it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from bot.platform.services import Services
from core.outbox.kinds import DeliveryKind, Lane, Late
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


def _never_overtaken(services: Services, delivery: Delivery) -> str | None:
    return None


def _nothing_afterwards(services: Services, delivery: Delivery) -> None:
    """Nothing follows."""


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
    asked before it is said: why it must not be any more, as for `lost`. `afterwards` is
    called once the message is marked sent.
    """

    lane: Lane
    waits: Waits
    lost: Lost
    expires: bool = False
    late: Late = Late.DROP
    sent: Sent = _nothing_sent
    doubted: Lost = _nothing_doubted
    refused: Refused = _not_mended
    overtaken: Overtaken = _never_overtaken
    afterwards: Afterwards = _nothing_afterwards


Policies = Mapping[DeliveryKind, Policy]
