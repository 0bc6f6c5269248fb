"""Who reads which message, one by one: what somebody had, and what is still to come for them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, insert, or_
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from core.outbox.kinds import DeliveryKind, DeliveryState
from core.outbox.outgoing import Outgoing
from core.values import Who
from storage.outbox.rows import DeliveryRow, ReaderRow


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
    query = _of(who, kinds).where(or_(was_sent, perhaps))
    return [_had(row, row.sent_at or row.due_at) for row in tx.exec(query)]


def to_come(tx: Session, who: Who, kinds: Collection[DeliveryKind], until: datetime) -> list[Had]:
    """What waits for this person of these kinds and is due before `until`, and of use then."""
    waits = DeliveryRow.state == DeliveryState.WAITING
    query = _of(who, kinds).where(waits, col(DeliveryRow.due_at) < until)
    found = [_had(row, row.due_at) for row in tx.exec(query)]
    return sorted(found, key=lambda one: (one.at, one.id))


def _of(who: Who, kinds: Collection[DeliveryKind]) -> SelectOfScalar[DeliveryRow]:
    return (
        select(DeliveryRow)
        .join(ReaderRow, col(ReaderRow.delivery_id) == col(DeliveryRow.id))
        .where(
            ReaderRow.team_id == who.team,
            ReaderRow.user_id == who.user,
            col(DeliveryRow.kind).in_(sorted(kinds)),
        )
    )


def _had(row: DeliveryRow, at: datetime) -> Had:
    kind, about = DeliveryKind(row.kind), row.about
    return Had(row.id, kind, row.meeting_id, about, row.asked_by, row.round_id, at)
