"""Who looks for a second partner in a round, beside the one they were introduced to (P24)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from core.values import Place, Who
from storage.meetings.rows import SearchRow
from storage.platform.claims import found_or_new, held, held_all
from storage.platform.slices import slices


@dataclass(frozen=True, slots=True)
class Search:
    """A search beside a meeting; `until` (UTC) it ends by itself. `found_id`: what it led to."""

    meeting_id: int
    who: Who
    place: Place
    since: datetime
    until: datetime
    ended: bool = False
    found_id: int | None = None


def begin(tx: Session, search: Search) -> None:
    """They look from now on; one that they have stopped begins anew."""
    blank = SearchRow(
        meeting_id=search.meeting_id,
        user_id=search.who.user,
        team_id=search.place.team,
        channel_id=search.place.channel,
        since=search.since,
        until=search.until,
    )
    row = _held(tx, search.meeting_id, search.who.user) or found_or_new(tx, blank)
    row.since, row.until, row.ended = search.since, search.until, False
    tx.add(row)
    tx.flush()


def end(tx: Session, meeting_id: int, user_id: str) -> bool:
    """They look no more; False when they did not (any more)."""
    row = _held(tx, meeting_id, user_id)
    if row is None or row.ended:
        return False
    row.ended = True
    tx.add(row)
    tx.flush()
    return True


def found(tx: Session, place: Place, user_id: str, meeting_id: int) -> None:
    """This meeting is what all their searches in the channel have led to."""
    query = _of(place).where(SearchRow.user_id == user_id, col(SearchRow.ended).is_(False))
    for row in held_all(tx, query.order_by(col(SearchRow.meeting_id))):
        row.ended, row.found_id = True, meeting_id
        tx.add(row)
    tx.flush()


def get(tx: Session, meeting_id: int, user_id: str) -> Search | None:
    """The person's search beside this meeting, also one that has ended."""
    row = tx.get(SearchRow, (meeting_id, user_id))
    return _value(row) if row else None


def going_on(tx: Session, place: Place, now: datetime) -> list[Search]:
    """Everybody in the channel who looks just now, longest first."""
    query = _of(place).where(col(SearchRow.ended).is_(False), col(SearchRow.until) > now)
    rows = tx.exec(query.order_by(col(SearchRow.since), col(SearchRow.user_id)))
    return [_value(row) for row in rows]


def over(tx: Session, now: datetime) -> list[Search]:
    """The searches of all workspaces whose time is over, and that have not ended yet."""
    query = select(SearchRow).where(col(SearchRow.ended).is_(False), col(SearchRow.until) <= now)
    return [_value(row) for row in tx.exec(query.order_by(col(SearchRow.until)))]


def found_since(tx: Session, place: Place, user_id: str, since: datetime) -> bool:
    """Whether this person has found a second partner in the channel since then."""
    query = _of(place).where(
        SearchRow.user_id == user_id,
        col(SearchRow.since) >= since,
        col(SearchRow.found_id).is_not(None),
    )
    return tx.exec(query.limit(1)).first() is not None


def reopen(tx: Session, meeting_id: int) -> None:
    """What they had led to never came about: they look on, as long as they wanted to."""
    query = select(SearchRow).where(SearchRow.found_id == meeting_id)
    order = (col(SearchRow.meeting_id), col(SearchRow.user_id))
    for row in held_all(tx, query.order_by(*order)):
        row.ended, row.found_id = False, None
        tx.add(row)
    tx.flush()


def beside(tx: Session, meeting_ids: Collection[int]) -> set[tuple[int, str]]:
    """Who has ever looked beside which of these meetings."""
    pairs: set[tuple[int, str]] = set()
    for part in slices(set(meeting_ids)):
        query = select(SearchRow.meeting_id, SearchRow.user_id).where(
            col(SearchRow.meeting_id).in_(part)
        )
        pairs.update((meeting_id, user_id) for meeting_id, user_id in tx.exec(query))
    return pairs


def clear_before(tx: Session, before: datetime) -> None:
    """Forget the searches that were over before this."""
    tx.exec(delete(SearchRow).where(col(SearchRow.ended), col(SearchRow.until) < before))


def _of(place: Place) -> SelectOfScalar[SearchRow]:
    return select(SearchRow).where(
        SearchRow.team_id == place.team, SearchRow.channel_id == place.channel
    )


def _held(tx: Session, meeting_id: int, user_id: str) -> SearchRow | None:
    return held(tx, SearchRow, (meeting_id, user_id))


def _value(row: SearchRow) -> Search:
    return Search(
        row.meeting_id,
        Who(row.team_id, row.user_id),
        Place(row.team_id, row.channel_id),
        row.since,
        row.until,
        row.ended,
        row.found_id,
    )
