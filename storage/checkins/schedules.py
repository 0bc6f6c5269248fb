"""Check-ins that come again and again (C8)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from core.cadence import Cadence
from core.checkins import Audience, Kind
from storage.checkins.rows import CheckInScheduleRow


@dataclass(frozen=True, slots=True)
class Schedule:
    """A recurring check-in; `question` is empty when the library is asked each time."""

    id: int
    team_id: str
    channel_id: str
    asker: str
    kind: Kind
    line: str
    question: str
    named: bool
    audience: Audience
    open_hours: int
    cadence: Cadence
    next_due_at: datetime | None


def add(tx: Session, team_id: str, channel_id: str, **columns: Any) -> Schedule:
    """A new schedule, by the columns of CheckInScheduleRow."""
    row = CheckInScheduleRow(team_id=team_id, channel_id=channel_id, **columns)
    tx.add(row)
    tx.flush()
    return _value(row)


def get(tx: Session, team_id: str, schedule_id: int) -> Schedule | None:
    """The schedule, if it is of this workspace and was not stopped."""
    row = tx.get(CheckInScheduleRow, schedule_id)
    return _value(row) if row and row.team_id == team_id and row.active else None


def of_channel(tx: Session, team_id: str, channel_id: str) -> list[Schedule]:
    """The channel's schedules, oldest first."""
    query = select(CheckInScheduleRow).where(
        CheckInScheduleRow.team_id == team_id,
        CheckInScheduleRow.channel_id == channel_id,
        col(CheckInScheduleRow.active),
    )
    return [_value(row) for row in tx.exec(query.order_by(col(CheckInScheduleRow.id)))]


def running(tx: Session) -> list[Schedule]:
    """Every schedule of every workspace, the next due first."""
    query = select(CheckInScheduleRow).where(
        col(CheckInScheduleRow.active), col(CheckInScheduleRow.next_due_at).is_not(None)
    )
    return [_value(row) for row in tx.exec(query.order_by(col(CheckInScheduleRow.next_due_at)))]


def change(tx: Session, schedule_id: int, **columns: Any) -> None:
    """Set columns of one schedule, by the names of CheckInScheduleRow."""
    row = tx.get_one(CheckInScheduleRow, schedule_id)
    for name, value in columns.items():
        setattr(row, name, value)
    tx.add(row)
    tx.flush()


def _value(row: CheckInScheduleRow) -> Schedule:
    assert row.id is not None
    return Schedule(
        id=row.id,
        team_id=row.team_id,
        channel_id=row.channel_id,
        asker=row.asker,
        kind=row.kind,
        line=row.line,
        question=row.question,
        named=row.named,
        audience=row.audience,
        open_hours=row.open_hours,
        cadence=Cadence.from_json(row.cadence),
        next_due_at=row.next_due_at,
    )
