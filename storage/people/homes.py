"""Who has looked at the Home tab: it is drawn again for them, and for nobody else."""

from __future__ import annotations

from sqlalchemy import bindparam, select
from sqlmodel import Session, col

from core.values import Who
from storage.people.rows import PersonRow

# Built once: this is asked after every press of everybody.
_OPENED = select(col(PersonRow.home_opened)).where(
    col(PersonRow.team_id) == bindparam("team"), col(PersonRow.user_id) == bindparam("person")
)


def was_opened(tx: Session, who: Who) -> bool:
    """Whether the person ever opened the Home tab."""
    found = tx.connection().execute(_OPENED, {"team": who.team, "person": who.user}).first()
    return found is not None and bool(found[0])
