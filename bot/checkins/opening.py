"""Opening: who is asked is read from Slack, receipts are laid out, the post goes on its way."""

from __future__ import annotations

from sqlmodel import Session

from bot import after_delivery
from bot.checkins import access
from bot.log import get
from bot.services import Services
from bot.views import checkin_results, checkin_words
from bot.views import checkins as view
from core.actions import Occasion, comes_back
from core.checkins import ARC, CheckIn, Kind, Phase
from core.values import Channel
from storage import channels, checkin_items, checkins, deliveries, pulses
from storage.deliveries import Delivery

log = get("checkins")
PULSE_SLIP, OTHER_SLIP = 1024, 4096  # bytes of a slip: a comment, or several answers


def slip_bytes(kind: Kind) -> int:
    """How large the slips of such a check-in are."""
    return PULSE_SLIP if kind is Kind.PULSE else OTHER_SLIP


def open_due(services: Services) -> None:
    """Open every planned check-in whose time has come."""
    with services.db.reading() as tx:
        due = checkins.planned_until(tx, services.clock.now())
    for checkin in due:
        try:
            open_one(services, checkin)
        except Exception:  # one broken check-in must not silence the rest
            log.exception("opening failed checkin=%d", checkin.id)


def open_one(services: Services, checkin: CheckIn) -> None:
    """Open a planned check-in, or tell its asker why not. Doing it again does nothing."""
    with services.db.reading() as tx:
        channel = channels.get(tx, checkin.team_id, checkin.channel_id)
    if channel is None or not channel.active or services.clock.now() >= checkin.closes_at:
        with services.db.transaction() as tx:
            checkins.cancel(tx, checkin.id)
        return
    invited = access.invited(services, channel)
    floor = checkin.contract.floor
    with services.db.transaction() as tx:
        if floor is not None and len(invited) < floor:
            _tell_too_small(services, tx, checkin, len(invited), floor)
            return
        _open(services, tx, channel, checkin, invited)
    log.info("check-in opened id=%d kind=%s", checkin.id, checkin.kind)


def _open(
    services: Services, tx: Session, channel: Channel, checkin: CheckIn, invited: list[str]
) -> None:
    before = checkins.of_channel(tx, channel.team_id, channel.id, [Phase.CLOSED], None, 1)
    items = list(checkin.items)  # what owners were asked about; some of it is settled by now
    if checkin.kind in ARC:
        at = Occasion(checkin.kind.value)
        stored = checkin_items.unfinished(tx, channel.team_id, channel.id)
        items += [item.id for item in stored if comes_back(item, at) and item.id not in items]
    opened = checkins.open_it(
        tx,
        checkin.id,
        invited=len(invited),
        items=items,
        before_id=before[0].id if before else None,
    )
    if not opened:
        return
    if not checkin.contract.named:
        pulses.invite(tx, checkin.id, invited, slip_bytes(checkin.kind))
    ready = checkins.get(tx, checkin.team_id, checkin.id)
    assert ready is not None
    delivery_id = deliveries.put(
        tx,
        checkin.team_id,
        f"checkin:{checkin.id}:post",
        "checkin",
        view.post(ready, checkin_items.some(tx, ready.items)),
        services.clock.now(),
        channel_id=checkin.channel_id,
        expires_at=checkin.closes_at,
    )
    checkins.change(tx, checkin.id, delivery_id=delivery_id)


def _tell_too_small(
    services: Services, tx: Session, checkin: CheckIn, people: int, floor: int
) -> None:
    if checkins.cancel(tx, checkin.id):
        text = checkin_words.too_small(people, floor, checkin.kind)
        deliveries.put(
            tx,
            checkin.team_id,
            f"checkin:{checkin.id}:small",
            "checkin_note",
            checkin_results.note(text),
            services.clock.now(),
            users=[checkin.asker],
        )


def _posted(tx: Session, delivery: Delivery, channel: str, ts: str) -> None:
    checkin_id = checkins.of_delivery(tx, delivery.id)
    if checkin_id is not None:
        checkins.change(tx, checkin_id, posted_ts=ts)


after_delivery.when_sent("checkin", _posted)
