"""Who has looked at the Home tab: it is drawn again for them, and for nobody else."""

from __future__ import annotations

from sqlalchemy import bindparam, select
from sqlmodel import Session, col

from storage.people.rows import PersonRow

# Built once: this is asked after every press of everybody.
_OPENED = select(col(PersonRow.home_opened)).where(
    col(PersonRow.team_id) == bindparam("team"), col(PersonRow.user_id) == bindparam("person")
)


def was_opened(tx: Session, team_id: str, user_id: str) -> bool:
    """Whether the person ever opened the Home tab."""
    found = tx.connection().execute(_OPENED, {"team": team_id, "person": user_id}).first()
    return found is not None and bool(found[0])
