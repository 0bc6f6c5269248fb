"""The tables of rounds: the rounds themselves, and who met whom, packed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, Index, LargeBinary, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.platform.types import Instant


class RoundRow(SQLModel, table=True):
    """One pairing of one channel at one due time."""

    __tablename__ = "rounds"
    __table_args__ = (
        UniqueConstraint("team_id", "channel_id", "due_at"),
        UniqueConstraint("team_id", "channel_id", "number"),
    )
    id: int | None = Field(default=None, primary_key=True)
    team_id: str
    channel_id: str
    number: int
    due_at: datetime = Field(sa_type=Instant)
    held_at: datetime = Field(sa_type=Instant)
    ends_at: datetime = Field(sa_type=Instant)
    seed: int = 0
    receipt: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    receipted: bool = False  # the hosts have been told


class RoundPack(SQLModel, table=True):
    """A round packed for the matcher: person numbers group after group, sizes, outcomes.

    `members` holds little-endian int32; `sizes` and `outcomes` one byte a group. A pack is
    stale when an answer came after it was written; the next load writes it again.
    """

    __tablename__ = "round_packs"
    __table_args__ = (Index("ix_round_packs_team_id_held_at", "team_id", "held_at"),)
    id: int | None = Field(default=None, primary_key=True)
    team_id: str
    channel_id: str | None = None
    round_id: int | None = Field(default=None, foreign_key="rounds.id", unique=True)
    meeting_id: int | None = Field(default=None, foreign_key="meetings.id", unique=True)
    held_at: datetime = Field(sa_type=Instant)
    members: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    sizes: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    outcomes: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    stale: bool = False
