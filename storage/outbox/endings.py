"""When messages with buttons are over, which of them are, and which stands at a place."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, CursorResult, update
from sqlmodel import Session, col, select

from core.outbox.kinds import DeliveryKind, DeliveryState, Method
from core.outbox.outgoing import Key
from core.values import Place
from storage.outbox import deliveries
from storage.outbox.deliveries import ORDER, Delivery, value
from storage.outbox.rows import DeliveryRow

_OPEN = col(DeliveryRow.ends_at).is_not(None)


def key(delivery_id: str) -> Key:
    """What draws this message as over is known by."""
    return Key(f"ended:{delivery_id}")


def said_at(place: Place, ts: str) -> Key:
    """What was posted at once, without waiting in the outbox, is known by."""
    return Key(f"said:{place.channel}:{ts}")


def teams(tx: Session, now: datetime) -> list[str]:
    """The workspaces in which messages are over by now and do not look so yet."""
    over = col(DeliveryRow.ends_at) <= now
    return sorted(tx.exec(select(DeliveryRow.team_id).where(_OPEN, over).distinct()))


def over(tx: Session, team_id: str, now: datetime, limit: int) -> list[Delivery]:
    """Those of one workspace, the one that has been over for longest first."""
    query = select(DeliveryRow).where(
        _OPEN, col(DeliveryRow.ends_at) <= now, DeliveryRow.team_id == team_id
    )
    return [value(row) for row in tx.exec(query.order_by(col(DeliveryRow.ends_at)).limit(limit))]


def are_waiting(tx: Session, team_id: str) -> bool:
    """Whether some are to be drawn so already, and are not yet."""
    query = select(DeliveryRow.id).where(
        DeliveryRow.state == DeliveryState.WAITING,
        DeliveryRow.kind == DeliveryKind.ENDED,
        DeliveryRow.team_id == team_id,
    )
    return tx.exec(query.limit(1)).first() is not None


def standing_at(tx: Session, place: Place, ts: str) -> Delivery | None:
    """The message that was posted there and has this name in Slack."""
    query = select(DeliveryRow).where(
        col(DeliveryRow.posted_ts) == ts,
        col(DeliveryRow.posted_ts).is_not(None),
        DeliveryRow.team_id == place.team,
        DeliveryRow.posted_channel == place.channel,
        DeliveryRow.method == Method.POST,
    )
    row = tx.exec(query).first()
    return value(row) if row else None


def is_over(tx: Session, delivery: Delivery, now: datetime | None = None) -> bool:
    """Whether it is drawn so, or with `now` whether it has ended by then."""
    if delivery.ends_at is not None:
        return now is not None and delivery.ends_at <= now
    return deliveries.by_key(tx, delivery.team_id, key(delivery.id)) is not None


def settled(tx: Session, delivery: Delivery) -> None:
    """It looks as it shall by now: it is drawn no more."""
    drawn = deliveries.by_key(tx, delivery.team_id, key(delivery.id))
    if drawn is not None:
        deliveries.cancel(tx, drawn.id)
        emptied(tx, drawn.id)
    if delivery.ends_at is not None:
        _end(tx, None, col(DeliveryRow.id) == delivery.id)


def taken(tx: Session, delivery: Delivery, now: datetime) -> bool:
    """Whether it is over and nobody has drawn it so: from here on the caller does."""
    tx.flush()
    own = col(DeliveryRow.id) == delivery.id, _OPEN, col(DeliveryRow.ends_at) <= now
    result = tx.connection().execute(update(DeliveryRow).where(*own).values(ends_at=None))
    assert isinstance(result, CursorResult)
    tx.expire_all()
    return result.rowcount == 1


def emptied(tx: Session, delivery_id: str) -> None:
    """A redraw needs no words any more: it may repeat some that are to be gone sooner than it."""
    own = update(DeliveryRow).where(col(DeliveryRow.id) == delivery_id)
    tx.connection().execute(own.values(payload={}))
    tx.expire_all()


def end(tx: Session, delivery: Delivery, at: datetime) -> None:
    """What it asks is over at `at`, if it is open."""
    _end(tx, at, col(DeliveryRow.id) == delivery.id)


def open_of_meeting(tx: Session, meeting_id: int, *kinds: DeliveryKind) -> list[Delivery]:
    """The messages of these kinds about the meeting that are open, oldest first."""
    return _open(tx, DeliveryRow.meeting_id == meeting_id, col(DeliveryRow.kind).in_(kinds))


def open_in(tx: Session, place: Place, kind: DeliveryKind) -> list[Delivery]:
    """The messages of this kind in the channel that are open, oldest first."""
    own = DeliveryRow.team_id == place.team, DeliveryRow.channel_id == place.channel
    return _open(tx, *own, DeliveryRow.kind == kind)


def open_under(tx: Session, team_id: str, keys: Sequence[Key]) -> list[Delivery]:
    """The messages under these keys that are open, oldest first."""
    known = col(DeliveryRow.dedupe_key).in_(keys)
    return _open(tx, DeliveryRow.team_id == team_id, known)


def _open(tx: Session, *own: ColumnElement[bool] | bool) -> list[Delivery]:
    return [value(row) for row in tx.exec(select(DeliveryRow).where(_OPEN, *own).order_by(*ORDER))]


def _end(tx: Session, at: datetime | None, own: ColumnElement[bool]) -> None:
    tx.flush()
    tx.connection().execute(update(DeliveryRow).where(_OPEN, own).values(ends_at=at))
    tx.expire_all()
