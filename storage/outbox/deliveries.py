"""The outbox: every outgoing message is a row first, and is spoken later."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta
from typing import Any, Unpack
from uuid import uuid4

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    CursorResult,
    Executable,
    Integer,
    bindparam,
    insert,
    or_,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select

from core.outbox.kinds import DeliveryKind, DeliveryState, Method
from core.outbox.outgoing import Key, Outgoing, Prefix
from storage.outbox import readers
from storage.outbox.rows import DeliveryChanges, DeliveryRow

LEASE = timedelta(minutes=2)  # far longer than one Slack call may take (30 s)
_PLAIN = DeliveryRow(
    id="",
    team_id="",
    dedupe_key="",
    kind=DeliveryKind.NOTICE,
    due_at=datetime.min.replace(tzinfo=UTC),
).model_dump()
# Built once: a round of thousands lays several messages a group.
_PUT = {
    name: dialect.insert(DeliveryRow)
    .on_conflict_do_nothing(index_elements=["team_id", "dedupe_key"])
    .returning(col(DeliveryRow.id))
    for name, dialect in (("sqlite", sqlite), ("postgresql", postgresql))
}
ORDER = (col(DeliveryRow.due_at), col(DeliveryRow.dedupe_key))  # not by chance, as ids would be


def _free(
    now: datetime | BindParameter[datetime], longest: datetime | BindParameter[datetime]
) -> tuple[ColumnElement[bool], ...]:
    """What a message is like that is due by then and that nobody holds.

    A lease beyond the `longest` that can be taken now is from before the clock was set back.
    """
    lease = col(DeliveryRow.lease_until)
    return (
        col(DeliveryRow.state) == DeliveryState.WAITING,
        col(DeliveryRow.due_at) <= now,
        or_(lease.is_(None), lease <= now, lease > longest),
    )


# Asked at each beat, so made once.
_DUE = (
    select(DeliveryRow)
    .where(*_free(bindparam("now"), bindparam("longest")))
    .order_by(*ORDER)
    .limit(bindparam("most", type_=Integer()))
)


@dataclass(frozen=True, slots=True)
class Delivery:
    """One outgoing message, as the worker needs it."""

    id: str
    team_id: str
    kind: DeliveryKind
    method: Method
    users: tuple[str, ...]
    channel_id: str | None
    about: str | None
    asked_by: str | None
    key: Key
    payload: Mapping[str, Any]
    meeting_id: int | None
    round_id: int | None
    doubts: int
    due_at: datetime
    attempts: int
    posted_channel: str | None
    posted_ts: str | None
    state: DeliveryState
    error: str | None
    expires_at: datetime | None
    ends_at: datetime | None


def put(tx: Session, message: Outgoing) -> str | None:
    """Lay a message in the outbox and return its id; None when its key is there already."""
    tx.flush()  # what the message is about comes first
    made: str | None = tx.connection().scalar(_PUT[tx.get_bind().dialect.name], _row(message))
    if made is not None:
        readers.note(tx, [(made, message)])
    return made


def put_new(tx: Session, messages: Sequence[Outgoing]) -> None:
    """Lay many messages in the outbox at once, under keys that are new."""
    if messages:
        rows = [_row(message) for message in messages]
        tx.execute(insert(DeliveryRow), rows)
        readers.note(tx, [(row["id"], one) for row, one in zip(rows, messages, strict=True)])


def _row(message: Outgoing) -> dict[str, Any]:
    given = {field.name: getattr(message, field.name) for field in fields(Outgoing)}
    more = {"dedupe_key": given.pop("key"), "payload": dict(message.payload)}
    return {**_PLAIN, **given, **more, "id": uuid4().hex, "users": list(message.users)}


def due(tx: Session, now: datetime, limit: int) -> list[Delivery]:
    """Messages whose time has come and that no other worker holds, oldest first."""
    asked = {"now": now, "longest": now + LEASE, "most": limit}
    return [value(row) for row in tx.scalars(_DUE, asked)]


def claim(tx: Session, delivery: Delivery, now: datetime, posting: bool = False) -> bool:
    """Hold this message for a while; False when somebody else was faster.

    `posting`: the next thing is the post itself, as `about_to_post` says.
    """
    doubt = {"doubts": delivery.doubts + 1} if posting else {}
    query = update(DeliveryRow).where(*_as_seen(delivery, now))
    more = query.values(lease_until=now + LEASE, attempts=delivery.attempts + 1, **doubt)
    return _changed(tx, more) == 1


def put_off(tx: Session, delivery: Delivery, now: datetime, until: datetime) -> None:
    """Not before `until`, unless somebody holds the message since it was seen."""
    query = update(DeliveryRow).where(*_as_seen(delivery, now))
    _changed(tx, query.values(due_at=until, lease_until=None))


def opened(tx: Session, delivery_id: str, conversation_id: str) -> None:
    """The conversation is open; a crash from here on need not open it again."""
    _set(tx, delivery_id, posted_channel=conversation_id)


def about_to_post(tx: Session, delivery: Delivery) -> None:
    """The next thing is the post itself: from now on a crash leaves it in doubt."""
    _set(tx, delivery.id, doubts=delivery.doubts + 1)


def sent(
    tx: Session,
    delivery_id: str,
    channel: str,
    ts: str,
    at: datetime,
    ends_at: datetime | None = None,
) -> None:
    """Slack has it; what it asks is over at `ends_at`."""
    _set(
        tx,
        delivery_id,
        state=DeliveryState.SENT,
        doubts=0,
        posted_channel=channel,
        posted_ts=ts,
        sent_at=at,
        ends_at=ends_at,
        lease_until=None,
        error=None,
    )


def postpone(
    tx: Session,
    delivery_id: str,
    until: datetime,
    error: str | None,
    doubts: int | None = None,
) -> None:
    """Try again at `until`; `doubts` is what is known of earlier attempts, None leaves it."""
    changes = DeliveryChanges(due_at=until, lease_until=None, error=error)
    if doubts is not None:
        changes["doubts"] = doubts
    _set(tx, delivery_id, **changes)


def doubt(tx: Session, delivery_id: str, error: str) -> None:
    """It may be there, perhaps twice: it is not said again before somebody has looked."""
    _set(tx, delivery_id, state=DeliveryState.IN_DOUBT, lease_until=None, error=error)


def say_again(tx: Session, delivery_id: str, at: datetime) -> None:
    """Somebody has looked, and it is not there: as if it had never been tried."""
    _set(tx, delivery_id, state=DeliveryState.WAITING, due_at=at, doubts=0, attempts=0, error=None)


def fail(tx: Session, delivery_id: str, error: str) -> None:
    """Give up, with the cause kept for the receipt."""
    _set(tx, delivery_id, state=DeliveryState.FAILED, lease_until=None, error=error)


def cancel(tx: Session, delivery_id: str, error: str | None = None) -> None:
    """This message is not needed any more; one that was sent meanwhile stays sent."""
    changes = DeliveryChanges(state=DeliveryState.CANCELLED, lease_until=None, error=error)
    _write(tx, [delivery_id], changes, col(DeliveryRow.state) != DeliveryState.SENT)


def cancel_for_meeting(
    tx: Session, meeting_id: int, kinds: Sequence[DeliveryKind], user_id: str | None = None
) -> None:
    """Waiting messages of these kinds are moot; only those to `user_id` alone when given."""
    waiting = col(DeliveryRow.state) == DeliveryState.WAITING  # also when it is written
    query = select(DeliveryRow.id, DeliveryRow.users).where(
        DeliveryRow.meeting_id == meeting_id, waiting, col(DeliveryRow.kind).in_(list(kinds))
    )
    moot = [one for one, users in tx.exec(query) if user_id is None or users == [user_id]]
    _write(tx, moot, DeliveryChanges(state=DeliveryState.CANCELLED), waiting)


def waiting_for_meeting(tx: Session, meeting_id: int, kind: DeliveryKind) -> list[Delivery]:
    """The meeting's waiting messages of a kind, the next due first."""
    query = select(DeliveryRow).where(
        DeliveryRow.meeting_id == meeting_id,
        DeliveryRow.state == DeliveryState.WAITING,
        DeliveryRow.kind == kind,
    )
    return [value(row) for row in tx.exec(query.order_by(col(DeliveryRow.due_at)))]


def cancel_by_key(tx: Session, team_id: str, prefix: Prefix) -> None:
    """Waiting messages whose key starts like this are moot."""
    tx.connection().execute(
        update(DeliveryRow)
        .where(
            col(DeliveryRow.team_id) == team_id,
            col(DeliveryRow.dedupe_key).startswith(prefix, autoescape=True),
            col(DeliveryRow.state) == DeliveryState.WAITING,
        )
        .values(state=DeliveryState.CANCELLED)
    )
    tx.expire_all()


def by_key(tx: Session, team_id: str, dedupe_key: Key) -> Delivery | None:
    """The message laid under this key."""
    query = select(DeliveryRow).where(
        DeliveryRow.team_id == team_id, DeliveryRow.dedupe_key == dedupe_key
    )
    row = tx.exec(query).first()
    return value(row) if row else None


def _changed(tx: Session, query: Executable) -> int:
    result = tx.connection().execute(query)
    assert isinstance(result, CursorResult)
    return result.rowcount


def _as_seen(delivery: Delivery, now: datetime) -> tuple[ColumnElement[bool], ...]:
    """It is as it was when it was seen: no worker has claimed it, or had it, since."""
    attempts = col(DeliveryRow.attempts) == delivery.attempts
    return (col(DeliveryRow.id) == delivery.id, attempts, *_free(now, now + LEASE))


def _set(tx: Session, delivery_id: str, **columns: Unpack[DeliveryChanges]) -> None:
    _write(tx, [delivery_id], columns)


def _write(
    tx: Session,
    delivery_ids: Sequence[str],
    changes: DeliveryChanges,
    *conditions: ColumnElement[bool],
) -> None:
    # One statement, without loading the row first: this is done two or three times a message.
    tx.flush()
    for one in sorted(delivery_ids):
        query = update(DeliveryRow).where(col(DeliveryRow.id) == one, *conditions)
        tx.connection().execute(query.values(**changes))
    tx.expire_all()


def value(row: DeliveryRow) -> Delivery:
    """The message that a row holds."""
    columns = {f.name: getattr(row, f.name) for f in fields(Delivery) if f.name != "key"}
    words = {
        "key": Key(row.dedupe_key),
        "kind": DeliveryKind(row.kind),
        "users": tuple(row.users),
    }
    return Delivery(**{**columns, **words})
