"""The queue of people who have time for a coffee now (P11)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from core.values import Who
from storage.meetings.rows import QueueRow
from storage.platform.claims import found_or_new


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody who has time until `until`."""

    who: Who
    since: datetime
    until: datetime


def join(tx: Session, who: Who, since: datetime, until: datetime) -> None:
    """In the queue until then; asking again moves only the end."""
    blank = QueueRow(team_id=who.team, user_id=who.user, since=since, until=until)
    row = found_or_new(tx, blank)
    row.until = until
    tx.add(row)
    tx.flush()


def leave(tx: Session, who: Who) -> bool:
    """Out of the queue; False when the person was not in it (any more)."""
    row = tx.get(QueueRow, (who.team, who.user))
    if row is None:
        return False
    tx.delete(row)
    tx.flush()
    return True


def get(tx: Session, who: Who) -> Waiting | None:
    """The person's place in the queue."""
    row = tx.get(QueueRow, (who.team, who.user))
    return _value(row) if row else None


def everyone(tx: Session) -> list[Waiting]:
    """All who are in a queue, longest waiting first."""
    query = select(QueueRow).order_by(col(QueueRow.since), col(QueueRow.user_id))
    return [_value(row) for row in tx.exec(query)]


def _value(row: QueueRow) -> Waiting:
    return Waiting(Who(row.team_id, row.user_id), row.since, row.until)
