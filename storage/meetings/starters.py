"""Which conversation starters a person has had."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import delete
from sqlmodel import Session, col, select

from storage.meetings.rows import StarterSeenRow
from storage.platform.claims import add_new


def seen_by_many(tx: Session, team_id: str, user_ids: Iterable[str]) -> dict[str, set[str]]:
    """The ids of the starters that each of these people has had."""
    ordered = sorted(user_ids)
    found: dict[str, set[str]] = {user_id: set() for user_id in ordered}
    for i in range(0, len(ordered), 500):
        query = select(StarterSeenRow.user_id, StarterSeenRow.starter_id).where(
            StarterSeenRow.team_id == team_id,
            col(StarterSeenRow.user_id).in_(ordered[i : i + 500]),
        )
        for user_id, starter_id in tx.exec(query):
            found[user_id].add(starter_id)
    return found


def mark_seen(tx: Session, team_id: str, had: Iterable[tuple[str, str]]) -> None:
    """These people (by user id) have had these starters."""
    rows = [{"team_id": team_id, "user_id": u, "starter_id": s} for u, s in sorted(had)]
    add_new(tx, StarterSeenRow, rows)


def forget(tx: Session, team_id: str, user_id: str, starter_ids: Iterable[str]) -> None:
    """These starters may come to the person again: the list is used up."""
    tx.exec(
        delete(StarterSeenRow).where(
            col(StarterSeenRow.team_id) == team_id,
            col(StarterSeenRow.user_id) == user_id,
            col(StarterSeenRow.starter_id).in_(list(starter_ids)),
        )
    )
