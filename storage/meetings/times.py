"""The times that people are offered or have agreed to, over all channels of a workspace."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from storage.meetings.rows import MeetingPersonRow, MeetingRow

FEW = 500  # people who are looked for by name; of more, everyone is read
LONGEST = timedelta(days=62)  # a meeting of no channel ends sooner than this


@dataclass(frozen=True, slots=True)
class Promised:
    """What one meeting keeps free for one of its people (UTC): what is agreed, and all offers."""

    user_id: str
    agreed_at: datetime | None
    offered: tuple[datetime, ...]


def promised(
    tx: Session, team_id: str, user_ids: Collection[str], now: datetime, besides: int | None = None
) -> Iterator[Promised]:
    """What these people's meetings that are not over keep free, but for the meeting `besides`."""
    in_channels = col(MeetingRow.channel_id).is_not(None)  # two queries: each has its own index
    elsewhere = (
        col(MeetingRow.channel_id).is_(None),
        col(MeetingRow.created_at) > now - LONGEST,
    )
    for where in ((in_channels,), elsewhere):
        query = (
            select(
                MeetingPersonRow.user_id,
                MeetingRow.agreed_at,
                MeetingRow.proposals,
                MeetingRow.wanted_at,
            )
            .join(MeetingRow, col(MeetingRow.id) == col(MeetingPersonRow.meeting_id))
            .where(
                MeetingRow.team_id == team_id,
                col(MeetingRow.closed).is_(False),
                col(MeetingRow.ends_at) > now,
                col(MeetingRow.id) != (besides or 0),
                *where,
            )
        )
        if len(user_ids) <= FEW:
            query = query.where(col(MeetingPersonRow.user_id).in_(list(user_ids)))
        for user_id, agreed_at, texts, wanted_at in tx.exec(query):
            asked = (wanted_at,) if wanted_at else ()
            offered = asked if agreed_at else tuple(datetime.fromisoformat(text) for text in texts)
            yield Promised(user_id, agreed_at, offered)


def unpick(
    tx: Session, team_id: str, user_ids: Iterable[str], instant: datetime, besides: int
) -> None:
    """These people are promised at that instant: it suits them in none of their other meetings."""
    query = (
        select(MeetingPersonRow)
        .join(MeetingRow, col(MeetingRow.id) == col(MeetingPersonRow.meeting_id))
        .where(
            MeetingPersonRow.team_id == team_id,
            col(MeetingPersonRow.user_id).in_(list(user_ids)),
            col(MeetingRow.id) != besides,
            col(MeetingRow.closed).is_(False),
            col(MeetingRow.agreed_at).is_(None),
            col(MeetingRow.ends_at) > instant,
        )
    )
    for row in tx.exec(query).all():
        kept = [text for text in row.picks if datetime.fromisoformat(text) != instant]
        if kept != row.picks:
            row.picks = kept
            tx.add(row)
    tx.flush()
