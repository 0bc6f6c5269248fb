"""The time that a meeting agreed on, and what becomes of it: asked to move, moved, called off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from storage.meetings import meetings
from storage.meetings.rows import MeetingRow


@dataclass(frozen=True, slots=True)
class Plan:
    """How often what is agreed has changed, and the time (UTC) asked for instead, by whom.

    `number` is 0 until the first change, of which the version before had none.
    """

    number: int = 0
    wanted_at: datetime | None = None
    wanted_by: str | None = None


def of(tx: Session, meeting_id: int) -> Plan:
    """The plan as it stands."""
    row = tx.get_one(MeetingRow, meeting_id)
    return Plan(row.plan, row.wanted_at, row.wanted_by)


def want(tx: Session, meeting_id: int, at: datetime, by: str, others: Sequence[str]) -> Plan:
    """Somebody asks for another time, which suits them alone so far; `others` are the rest."""
    meetings.pick(tx, meeting_id, by, [at])
    for user_id in others:
        meetings.pick(tx, meeting_id, user_id, [])
    return _changed(tx, meeting_id, at, by)


def unwant(tx: Session, meeting_id: int) -> Plan:
    """The other time is not asked for any more: the agreed one stands."""
    return _changed(tx, meeting_id)


def agree(tx: Session, meeting_id: int, at: datetime) -> Plan:
    """This time is agreed; the first one is no change."""
    first = of(tx, meeting_id) == Plan() and tx.get_one(MeetingRow, meeting_id).agreed_at is None
    meetings.change(tx, meeting_id, agreed_at=at)
    return Plan() if first else _changed(tx, meeting_id)


def call_off(
    tx: Session, meeting_id: int, user_ids: Sequence[str], proposals: tuple[datetime, ...]
) -> Plan:
    """Nothing is agreed any more, and these times are proposed, which suit nobody so far."""
    meetings.change(tx, meeting_id, agreed_at=None, proposals=proposals)
    for user_id in user_ids:
        meetings.pick(tx, meeting_id, user_id, [])
    return _changed(tx, meeting_id)


def _changed(
    tx: Session, meeting_id: int, at: datetime | None = None, by: str | None = None
) -> Plan:
    row = tx.get_one(MeetingRow, meeting_id)
    row.plan, row.wanted_at, row.wanted_by = row.plan + 1, at, by
    tx.add(row)
    tx.flush()
    return Plan(row.plan, at, by)
