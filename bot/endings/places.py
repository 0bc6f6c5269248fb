"""What is drawn in the place of a message that was pressed: what is over stays over."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from sqlmodel import Session

from bot.endings import laying
from bot.outbox.policy import Policies
from bot.people.views import home
from bot.platform.errors import tried
from bot.platform.log import get
from bot.platform.services import Services
from bot.views import blocks as b
from bot.views.blocks import Message
from core.outbox.kinds import DeliveryKind
from core.outbox.outgoing import Outgoing
from core.values import Place, Who
from storage.outbox import deliveries, endings
from storage.outbox.deliveries import Delivery

log = get("endings")
FOR_THE_MOMENT = timedelta(days=1)  # what answers a press on Home


@contextmanager
def drawing(
    services: Services, policies: Policies, at: tuple[Place | None, str], drawn: Message
) -> Iterator[Message]:
    """What to draw in the place of the message that was pressed, and what follows once it is."""
    place, ts = at
    if place is None or not ts:
        yield drawn
        return
    shown = instead(services, policies, place, ts, drawn)
    yield shown
    settled(services, place, ts, shown)


def instead(
    services: Services, policies: Policies, place: Place, ts: str, drawn: Message
) -> Message:
    """What to draw where `drawn` was to stand, in the place of the message that Slack calls `ts`.

    What has ended keeps the looks of that, as things are now.
    """
    if not b.is_live(drawn):
        return drawn
    with services.db.reading() as tx:
        delivery = endings.standing_at(tx, place, ts)
        if delivery is None or not endings.is_over(tx, delivery, services.clock.now()):
            return drawn
        return laying.looks(services, tx, policies, delivery)


def said(services: Services, who: Who, at: tuple[Place, str], drawn: Message) -> None:
    """This was posted at once, to one person who pressed on Home: it ends, too, if it has buttons.

    Never raises: they have it. Its words are not kept.
    """
    place, ts = at
    if not (b.is_live(drawn) and ts):
        return
    with tried(log, "noting", f"channel={place.channel}"), services.db.transaction() as tx:
        now, key = services.clock.now(), endings.said_at(place, ts)
        noted = Outgoing(who.team, key, DeliveryKind.SAID, {}, now, users=(who.user,))
        if (laid := deliveries.put(tx, noted)) is not None:
            deliveries.sent(tx, laid, place.channel, ts, now, now + FOR_THE_MOMENT)


def passed(services: Services, tx: Session, delivery: Delivery) -> Message | None:
    """What stands there then."""
    return home.passed()


def settled(services: Services, place: Place, ts: str, drawn: Message) -> None:
    """This was drawn there: with nothing to press any more it stays, and nothing is drawn over it.

    Never raises: all that a person waits for is done.
    """
    if b.is_live(drawn):
        return
    with tried(log, "settling", f"channel={place.channel}"), services.db.transaction() as tx:
        delivery, now = endings.standing_at(tx, place, ts), services.clock.now()
        if delivery is None:
            return
        if endings.is_over(tx, delivery, now):  # that it is over is kept, with nothing to do
            laying.lay(tx, delivery, drawn, now)
        endings.settled(tx, delivery)
