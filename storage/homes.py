"""Who has looked at the Home tab: it is drawn again for them, and for nobody else."""

from __future__ import annotations

from sqlmodel import Session

from storage.models import PersonRow


def was_opened(tx: Session, team_id: str, user_id: str) -> bool:
    """Whether the person ever opened the Home tab."""
    row = tx.get(PersonRow, (team_id, user_id))
    return row is not None and row.home_opened
