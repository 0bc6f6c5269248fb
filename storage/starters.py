"""Which conversation starters a person has had."""

from __future__ import annotations

from collections.abc import Iterable

from sqlmodel import Session, select

from storage.models import StarterSeenRow


def seen_by(tx: Session, team_id: str, user_id: str) -> set[str]:
    """The ids of the starters this person has had."""
    query = select(StarterSeenRow.starter_id).where(
        StarterSeenRow.team_id == team_id, StarterSeenRow.user_id == user_id
    )
    return set(tx.exec(query))


def mark_seen(tx: Session, team_id: str, user_ids: Iterable[str], starter_id: str) -> None:
    """These people have had this starter."""
    for user_id in user_ids:
        if tx.get(StarterSeenRow, (team_id, user_id, starter_id)) is None:
            tx.add(StarterSeenRow(team_id=team_id, user_id=user_id, starter_id=starter_id))
    tx.flush()
