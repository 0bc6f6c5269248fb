"""The table of deliveries: every outgoing message is a row first."""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypedDict

from sqlalchemy import JSON, Column, ForeignKey, Index, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from core.outbox.kinds import DeliveryKind, DeliveryState, Method
from storage.platform.types import Instant, one_of

OPEN = text("ends_at IS NOT NULL")
POSTED = text("posted_ts IS NOT NULL")


class DeliveryRow(SQLModel, table=True):
    """One outgoing message: the outbox."""

    __tablename__ = "deliveries"
    __table_args__ = (
        UniqueConstraint("team_id", "dedupe_key"),
        Index("ix_deliveries_state_due_at", "state", "due_at"),
        Index("ix_deliveries_meeting_id", "meeting_id"),
        Index("ix_deliveries_round_id", "round_id"),
        # Few rows each: asked at every beat, and at every press that draws a message anew.
        Index("ix_deliveries_ends_at", "ends_at", sqlite_where=OPEN, postgresql_where=OPEN),
        Index("ix_deliveries_posted_ts", "posted_ts", sqlite_where=POSTED, postgresql_where=POSTED),
    )
    id: str = Field(primary_key=True)
    team_id: str
    dedupe_key: str
    kind: DeliveryKind = Field(sa_column=one_of("kind", DeliveryKind))
    method: Method = Field(default=Method.POST, sa_column=one_of("method", Method))
    users: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    channel_id: str | None = None
    about: str | None = None
    asked_by: str | None = None
    payload: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    meeting_id: int | None = Field(default=None, foreign_key="meetings.id")
    round_id: int | None = Field(default=None, foreign_key="rounds.id")
    state: DeliveryState = Field(
        default=DeliveryState.WAITING, sa_column=one_of("state", DeliveryState)
    )
    doubts: int = 0  # posts whose answer was lost: each may stand in Slack
    due_at: datetime = Field(sa_type=Instant)
    expires_at: datetime | None = Field(default=None, sa_type=Instant)
    attempts: int = 0
    lease_until: datetime | None = Field(default=None, sa_type=Instant)
    error: str | None = Field(default=None, sa_column=Column(Text))
    posted_channel: str | None = None
    posted_ts: str | None = None
    sent_at: datetime | None = Field(default=None, sa_type=Instant)
    # What it asks is over then; empty where it asks nothing, and once it is drawn as over.
    ends_at: datetime | None = Field(default=None, sa_type=Instant)


class ReaderRow(SQLModel, table=True):
    """One person whom a message is for."""

    __tablename__ = "delivery_readers"
    team_id: str = Field(primary_key=True)
    user_id: str = Field(primary_key=True)
    delivery_id: str = Field(
        sa_column=Column(
            ForeignKey("deliveries.id", ondelete="CASCADE"), primary_key=True, index=True
        )
    )


class DeliveryChanges(TypedDict, total=False):
    """What changes of a message once it is laid down, by the names of DeliveryRow."""

    state: DeliveryState
    doubts: int
    attempts: int
    due_at: datetime
    lease_until: datetime | None
    error: str | None
    posted_channel: str
    posted_ts: str
    sent_at: datetime
    ends_at: datetime | None
