"""Check-ins that come again and again (C8)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Unpack

from sqlmodel import Session, col, select

from core.cadence import Cadence
from core.checkins import Kind, Recurring
from core.values import Place
from storage.checkins.rows import CheckInScheduleChanges, CheckInScheduleRow


@dataclass(frozen=True, slots=True)
class Schedule:
    """A recurring check-in of a channel, and when it comes next (UTC)."""

    id: int
    place: Place
    wanted: Recurring
    next_due_at: datetime | None

    @property
    def asker(self) -> str:
        """Who asks it, and goes first."""
        return self.wanted.asker

    @property
    def kind(self) -> Kind:
        """What it is about."""
        return self.wanted.kind


def add(tx: Session, place: Place, wanted: Recurring, first: datetime | None) -> Schedule:
    """A new schedule; `first` (UTC) is when it comes the first time."""
    row = CheckInScheduleRow(
        team_id=place.team,
        channel_id=place.channel,
        asker=wanted.asker,
        kind=wanted.kind,
        line=wanted.line,
        question=wanted.question,
        named=wanted.named,
        audience=wanted.audience,
        open_hours=int(wanted.open_for.total_seconds() // 3600),
        cadence=wanted.cadence.to_json(),
        next_due_at=first,
    )
    tx.add(row)
    tx.flush()
    return _value(row)


def get(tx: Session, team_id: str, schedule_id: int) -> Schedule | None:
    """The schedule, if it is of this workspace and was not stopped."""
    row = tx.get(CheckInScheduleRow, schedule_id)
    return _value(row) if row and row.team_id == team_id and row.active else None


def of_channel(tx: Session, place: Place) -> list[Schedule]:
    """The channel's schedules, oldest first."""
    query = select(CheckInScheduleRow).where(
        CheckInScheduleRow.team_id == place.team,
        CheckInScheduleRow.channel_id == place.channel,
        col(CheckInScheduleRow.active),
    )
    return [_value(row) for row in tx.exec(query.order_by(col(CheckInScheduleRow.id)))]


def running(tx: Session) -> list[Schedule]:
    """Every schedule of every workspace, the next due first."""
    query = select(CheckInScheduleRow).where(
        col(CheckInScheduleRow.active), col(CheckInScheduleRow.next_due_at).is_not(None)
    )
    return [_value(row) for row in tx.exec(query.order_by(col(CheckInScheduleRow.next_due_at)))]


def change(tx: Session, schedule_id: int, **columns: Unpack[CheckInScheduleChanges]) -> None:
    """Set columns of one schedule."""
    row = tx.get_one(CheckInScheduleRow, schedule_id)
    for name, value in columns.items():
        setattr(row, name, value)
    tx.add(row)
    tx.flush()


def _value(row: CheckInScheduleRow) -> Schedule:
    assert row.id is not None
    wanted = Recurring(
        asker=row.asker,
        kind=row.kind,
        line=row.line,
        question=row.question,
        named=row.named,
        audience=row.audience,
        open_for=timedelta(hours=row.open_hours),
        cadence=Cadence.from_json(row.cadence),
    )
    return Schedule(row.id, Place(row.team_id, row.channel_id), wanted, row.next_due_at)
