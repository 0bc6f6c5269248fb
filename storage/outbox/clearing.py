"""Messages of long ago are deleted."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CursorResult, delete
from sqlmodel import Session, col

from core.outbox.kinds import DeliveryState
from storage.outbox.rows import DeliveryRow


def clear_before(tx: Session, before: datetime) -> int:
    """Delete the messages that wait no more and were due before this; returns how many."""
    query = delete(DeliveryRow).where(
        col(DeliveryRow.state) != DeliveryState.WAITING, col(DeliveryRow.due_at) < before
    )
    result = tx.connection().execute(query)
    assert isinstance(result, CursorResult)
    return result.rowcount
