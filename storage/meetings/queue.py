"""The queue of people who have time for a coffee now (P11)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from core.values import Who
from storage.meetings.rows import QueueRow
from storage.platform.claims import found_or_new, held, held_all


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody who has time until `until`."""

    who: Who
    since: datetime
    until: datetime


def join(tx: Session, who: Who, since: datetime, until: datetime) -> None:
    """In the queue until then; asking again moves only the end."""
    blank = QueueRow(team_id=who.team, user_id=who.user, since=since, until=until)
    row = _held(tx, who) or found_or_new(tx, blank)
    row.until = until
    tx.add(row)
    tx.flush()


def leave(tx: Session, who: Who) -> bool:
    """Out of the queue; False when the person was not in it (any more)."""
    return _leave(tx, _held(tx, who))


def leave_when_over(tx: Session, who: Who, now: datetime) -> bool:
    """Out of the queue, if the person's time is over; False when it is not, or they are out."""
    row = _held(tx, who)
    return _leave(tx, row if row and row.until <= now else None)


def _held(tx: Session, who: Who) -> QueueRow | None:
    return held(tx, QueueRow, (who.team, who.user))


def _leave(tx: Session, row: QueueRow | None) -> bool:
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


def hold_those_with_time(tx: Session, team_id: str, now: datetime) -> list[Waiting]:
    """All of the workspace who have time after `now`, longest waiting first; nobody leaves."""
    query = select(QueueRow).where(QueueRow.team_id == team_id, col(QueueRow.until) > now)
    rows = held_all(tx, query.order_by(col(QueueRow.user_id)))
    return [_value(row) for row in sorted(rows, key=lambda row: (row.since, row.user_id))]


def _value(row: QueueRow) -> Waiting:
    return Waiting(Who(row.team_id, row.user_id), row.since, row.until)
