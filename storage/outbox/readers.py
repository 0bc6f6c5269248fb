"""Who reads which message, one by one: what somebody had, and what is still to come for them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, insert, or_, select
from sqlmodel import Session, col

from core.outbox.kinds import DeliveryKind, DeliveryState
from core.outbox.outgoing import Outgoing
from core.values import Who
from storage.outbox.rows import DeliveryRow, ReaderRow
from storage.platform.slices import slices
from storage.platform.types import Instant


@dataclass(frozen=True, slots=True)
class Had:
    """One message to a person: which, of what kind, about what, and when (UTC)."""

    id: str
    kind: DeliveryKind
    meeting_id: int | None
    about: str | None
    asked_by: str | None
    round_id: int | None
    at: datetime  # it was sent, or is due


_COLUMNS = (
    col(DeliveryRow.id),
    col(DeliveryRow.kind),
    col(DeliveryRow.meeting_id),
    col(DeliveryRow.about),
    col(DeliveryRow.asked_by),
    col(DeliveryRow.round_id),
    col(DeliveryRow.sent_at),
    col(DeliveryRow.due_at),
)


def note(tx: Session, laid: Sequence[tuple[str, Outgoing]]) -> None:
    """These messages, by their ids, are for the people whom they name."""
    rows = [
        {"team_id": message.team_id, "user_id": user_id, "delivery_id": delivery_id}
        for delivery_id, message in laid
        for user_id in dict.fromkeys(message.users)
    ]
    if rows:
        tx.connection().execute(insert(ReaderRow), rows)


def had(
    tx: Session, who: Who, kinds: Collection[DeliveryKind], since: datetime, until: datetime
) -> list[Had]:
    """What this person was sent of these kinds in [since, until), or perhaps was."""
    sent, due = col(DeliveryRow.sent_at), col(DeliveryRow.due_at)
    was_sent = and_(col(DeliveryRow.state) == DeliveryState.SENT, sent >= since, sent < until)
    perhaps = and_(
        col(DeliveryRow.state).in_([DeliveryState.WAITING, DeliveryState.IN_DOUBT]),
        col(DeliveryRow.doubts) > 0,
        due >= since,
        due < until,
    )
    return _found(tx, who, kinds, or_(was_sent, perhaps))


def to_come(tx: Session, who: Who, kinds: Collection[DeliveryKind], until: datetime) -> list[Had]:
    """What waits for this person of these kinds and is due before `until`, and of use then.

    What is due first, first.
    """
    due, expires = col(DeliveryRow.due_at), col(DeliveryRow.expires_at)
    waits = and_(col(DeliveryRow.state) == DeliveryState.WAITING, due < until)
    return _found(tx, who, kinds, and_(waits, or_(expires.is_(None), expires > due)))


def each(
    tx: Session,
    team_id: str,
    user_ids: Iterable[str],
    kinds: Collection[DeliveryKind],
    now: datetime,
) -> dict[str, list[datetime]]:
    """When each of these people had a message of these kinds, or perhaps had, or will have.

    As far back as messages are kept; what waits and is of use still counts for when it is due.
    """
    state, expires = col(DeliveryRow.state), col(DeliveryRow.expires_at)
    at = func.coalesce(DeliveryRow.sent_at, DeliveryRow.due_at, type_=Instant)
    helps = or_(expires.is_(None), and_(expires > now, expires > col(DeliveryRow.due_at)))
    waits = and_(state == DeliveryState.WAITING, or_(helps, col(DeliveryRow.doubts) > 0))
    there = state.in_([DeliveryState.SENT, DeliveryState.IN_DOUBT])
    found: dict[str, list[datetime]] = {user_id: [] for user_id in user_ids}
    for part in slices(found):
        query = (
            select(col(ReaderRow.user_id), at)
            .join(DeliveryRow, col(ReaderRow.delivery_id) == col(DeliveryRow.id))
            .where(col(ReaderRow.team_id) == team_id, col(ReaderRow.user_id).in_(part))
            .where(col(DeliveryRow.kind).in_(sorted(kinds)), or_(there, waits))
        )
        for user_id, when in tx.execute(query):
            found[user_id].append(when)
    return found


def _found(
    tx: Session, who: Who, kinds: Collection[DeliveryKind], which: ColumnElement[bool]
) -> list[Had]:
    """Without what they say: it is asked before each message, of all that its reader had."""
    query = (
        select(*_COLUMNS)
        .join(ReaderRow, col(ReaderRow.delivery_id) == col(DeliveryRow.id))
        .where(col(ReaderRow.team_id) == who.team, col(ReaderRow.user_id) == who.user)
        .where(col(DeliveryRow.kind).in_(sorted(kinds)), which)
        .order_by(col(DeliveryRow.due_at), col(DeliveryRow.dedupe_key))
    )
    return [
        Had(id_, DeliveryKind(kind), meeting_id, about, asked_by, round_id, sent_at or due_at)
        for id_, kind, meeting_id, about, asked_by, round_id, sent_at, due_at in tx.execute(query)
    ]
