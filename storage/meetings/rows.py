"""The tables of meetings: groups, who waits for one, starters that people have had."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, Index, text
from sqlmodel import Field, SQLModel

from core.starters import Tag
from core.values import MeetingKind, Outcome
from storage.platform.types import Instant, one_of

_OPEN = text("closed IS false AND channel_id IS NOT NULL")
_LOOKING = text("ended IS false")


class MeetingRow(SQLModel, table=True):
    """A group of people put together. This is the history."""

    __tablename__ = "meetings"
    __table_args__ = (
        Index("ix_meetings_round_id", "round_id"),
        Index("ix_meetings_channel", "team_id", "channel_id", "created_at"),
        # The heartbeat asks for the next meeting that ends; years of closed ones are not in it.
        Index("ix_meetings_open", "ends_at", sqlite_where=_OPEN, postgresql_where=_OPEN),
    )
    id: int | None = Field(default=None, primary_key=True)
    team_id: str
    channel_id: str | None = None
    round_id: int | None = Field(default=None, foreign_key="rounds.id")
    position: int = 0  # the group's place in the packed round
    kind: MeetingKind = Field(default=MeetingKind.ROUND, sa_column=one_of("kind", MeetingKind))
    organiser: str = ""
    odd: bool = False
    created_at: datetime = Field(sa_type=Instant)
    ends_at: datetime = Field(sa_type=Instant)
    conversation_id: str | None = None
    message_ts: str | None = None
    starter_id: str | None = None
    starter_tag: Tag | None = Field(
        default=None, sa_column=one_of("starter_tag", Tag, nullable=True)
    )
    proposals: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    agreed_at: datetime | None = Field(default=None, sa_type=Instant)
    wanted_at: datetime | None = Field(default=None, sa_type=Instant)  # instead of agreed_at
    wanted_by: str | None = None
    plan: int = 0  # how often what is agreed has changed: it tells its messages apart
    why: list[Any] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    closed: bool = False


class MeetingPersonRow(SQLModel, table=True):
    """One person of one meeting, and what they answered."""

    __tablename__ = "meeting_people"
    __table_args__ = (Index("ix_meeting_people_person", "team_id", "user_id", "meeting_id"),)
    meeting_id: int = Field(primary_key=True, foreign_key="meetings.id")
    user_id: str = Field(primary_key=True)
    team_id: str
    place: int = 0
    outcome: Outcome | None = Field(
        default=None, sa_column=one_of("outcome", Outcome, nullable=True)
    )
    picks: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))


class QueueRow(SQLModel, table=True):
    """Somebody who has time for a coffee now (P11)."""

    __tablename__ = "impromptu_queue"
    team_id: str = Field(primary_key=True)
    user_id: str = Field(primary_key=True)
    since: datetime = Field(sa_type=Instant)
    until: datetime = Field(sa_type=Instant)


class SearchRow(SQLModel, table=True):
    """Somebody who looks for a second partner beside a meeting, once in a round (P24)."""

    __tablename__ = "searches"
    __table_args__ = (
        # The heartbeat asks for the next search that ends; those that have are not in it.
        Index("ix_searches_open", "until", sqlite_where=_LOOKING, postgresql_where=_LOOKING),
        Index("ix_searches_person", "team_id", "channel_id", "user_id"),
        Index("ix_searches_found", "found_id"),
    )
    meeting_id: int = Field(primary_key=True, foreign_key="meetings.id")
    user_id: str = Field(primary_key=True)
    team_id: str
    channel_id: str
    since: datetime = Field(sa_type=Instant)
    until: datetime = Field(sa_type=Instant)
    ended: bool = False
    found_id: int | None = Field(default=None, foreign_key="meetings.id")  # the second meeting


class StarterSeenRow(SQLModel, table=True):
    """A conversation starter that a person has had, so that it does not come twice."""

    __tablename__ = "starters_seen"
    team_id: str = Field(primary_key=True)
    user_id: str = Field(primary_key=True)
    starter_id: str = Field(primary_key=True)
