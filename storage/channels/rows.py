"""The tables of channels and their hosts; every row is keyed by its workspace (`team_id`)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, TypedDict

from sqlalchemy import JSON, Column, Index, Text
from sqlmodel import Field, SQLModel

from storage.platform.types import Instant


class ChannelRow(SQLModel, table=True):
    """A channel the bot was invited to, and what its hosts decided."""

    __tablename__ = "channels"
    __table_args__ = (Index("ix_channels_next_due_at", "next_due_at"),)
    team_id: str = Field(primary_key=True)
    channel_id: str = Field(primary_key=True)
    name: str = ""
    active: bool = True  # the bot is in it
    started: bool = False  # a host saved the settings: rounds are held
    invited_by: str | None = None
    settings: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    next_due_at: datetime | None = Field(default=None, sa_type=Instant)
    round_count: int = 0
    noticed_for: datetime | None = Field(default=None, sa_type=Instant)
    announced: bool = False
    listed: bool = False  # who is in it was read once: who is new in it can be told from then on
    quiet_until: date | None = None
    kept: str | None = Field(default=None, sa_column=Column(Text))  # the matcher's KeptPlan
    # Where everyone takes part: in rounds that are due from here on. Empty: in all of them.
    everyone_from: datetime | None = Field(default=None, sa_type=Instant)
    # When the next round is announced. Empty: to be reckoned, as after each change of its date.
    notice_at: datetime | None = Field(default=None, sa_type=Instant)


class ChannelChanges(TypedDict, total=False):
    """Columns of channels that change; what a host decides has a query of its own."""

    name: str
    active: bool
    settings: dict[str, Any]  # core.values.ChannelSettings as JSON
    next_due_at: datetime | None
    round_count: int
    noticed_for: datetime | None
    announced: bool
    listed: bool
    quiet_until: date | None
    kept: str | None
    everyone_from: datetime | None
    notice_at: datetime | None


class ChannelMoveRow(SQLModel, table=True):
    """A channel that has another id now: buttons that stand in Slack still carry the old one."""

    __tablename__ = "channel_moves"
    team_id: str = Field(primary_key=True)
    old_id: str = Field(primary_key=True)
    new_id: str


class HostRow(SQLModel, table=True):
    """A person named host of a channel, beyond admins, owners and the inviter (H1)."""

    __tablename__ = "hosts"
    team_id: str = Field(primary_key=True)
    channel_id: str = Field(primary_key=True)
    user_id: str = Field(primary_key=True)
