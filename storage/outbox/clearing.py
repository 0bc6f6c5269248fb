"""Messages of long ago are deleted, and the keys of lost ones given back."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CursorResult, delete, update
from sqlmodel import Session, col

from core.outbox.kinds import DeliveryState
from storage.outbox.deliveries import Delivery
from storage.outbox.rows import DeliveryRow


def clear_before(tx: Session, before: datetime) -> int:
    """Delete the messages that wait no more and were due before this; returns how many.

    Not those that are open for an answer still.
    """
    query = delete(DeliveryRow).where(
        col(DeliveryRow.state) != DeliveryState.WAITING,
        col(DeliveryRow.due_at) < before,
        col(DeliveryRow.ends_at).is_(None),
    )
    result = tx.connection().execute(query)
    assert isinstance(result, CursorResult)
    return result.rowcount


def free_key(tx: Session, delivery: Delivery) -> None:
    """It was given up, and may be laid again when somebody presses again."""
    query = update(DeliveryRow).where(col(DeliveryRow.id) == delivery.id)
    tx.connection().execute(query.values(dedupe_key=f"{delivery.key}:gone:{delivery.id}"))
    tx.expire_all()
