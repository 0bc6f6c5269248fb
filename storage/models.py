"""The tables of rounds and deliveries; every row is keyed by its workspace (`team_id`)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Column, Index, LargeBinary, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from storage.types import Instant

_OPEN = text("closed IS false AND channel_id IS NOT NULL")


class Workspace(SQLModel, table=True):
    """A Slack workspace that Kettle lives in."""

    __tablename__ = "workspaces"
    team_id: str = Field(primary_key=True)
    name: str = ""
    bot_user_id: str = ""
    next_person_number: int = 0


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
    quiet_until: date | None = None
    kept: str | None = Field(default=None, sa_column=Column(Text))  # the matcher's KeptPlan


class HostRow(SQLModel, table=True):
    """A person named host of a channel, beyond admins, owners and the inviter (H1)."""

    __tablename__ = "hosts"
    team_id: str = Field(primary_key=True)
    channel_id: str = Field(primary_key=True)
    user_id: str = Field(primary_key=True)


class PersonRow(SQLModel, table=True):
    """A colleague: Slack's flags as last seen, and what they chose."""

    __tablename__ = "people"
    __table_args__ = (UniqueConstraint("team_id", "number"),)
    team_id: str = Field(primary_key=True)
    user_id: str = Field(primary_key=True)
    number: int  # names the person in packed rounds
    zone: str = "UTC"
    is_bot: bool = False
    deleted: bool = False
    guest: bool = False
    stranger: bool = False
    department: str | None = None
    status_emoji: str = ""
    status_text: str = ""
    status_until: datetime | None = Field(default=None, sa_type=Instant)
    seen_at: datetime | None = Field(default=None, sa_type=Instant)  # when Slack was last asked
    paused_until: date | None = None
    pace: int = 1
    hours: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    mode: str | None = None
    size: int | None = None
    ask_about: str = ""
    obeys_status: bool = False
    open_to_ask: bool = False
    credit: float = 0.0
    organised: int = 0
    unanswered: int = 0
    home_opened: bool = False  # the Home tab is drawn for those who looked at it


class MembershipRow(SQLModel, table=True):
    """One person in one channel: in or out of the rounds, skipping the next one."""

    __tablename__ = "memberships"
    team_id: str = Field(primary_key=True)
    channel_id: str = Field(primary_key=True)
    user_id: str = Field(primary_key=True)
    present: bool = True
    opted: bool | None = None
    skipping: bool = False
    waiting_since: datetime | None = Field(default=None, sa_type=Instant)
    last_round: int | None = None  # number of the round the person was last introduced in


class NotWithRow(SQLModel, table=True):
    """A private wish not to be introduced to someone; it works both ways and is never shown."""

    __tablename__ = "not_with"
    team_id: str = Field(primary_key=True)
    user_id: str = Field(primary_key=True)
    other_id: str = Field(primary_key=True)


class RoundRow(SQLModel, table=True):
    """One pairing of one channel at one due time."""

    __tablename__ = "rounds"
    __table_args__ = (UniqueConstraint("team_id", "channel_id", "due_at"),)
    id: int | None = Field(default=None, primary_key=True)
    team_id: str
    channel_id: str
    number: int = 0
    due_at: datetime = Field(sa_type=Instant)
    held_at: datetime = Field(sa_type=Instant)
    ends_at: datetime = Field(sa_type=Instant)
    seed: int = 0
    receipt: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    receipted: bool = False  # the hosts have been told


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
    kind: str = "round"
    organiser: str = ""
    odd: bool = False
    created_at: datetime = Field(sa_type=Instant)
    ends_at: datetime = Field(sa_type=Instant)
    conversation_id: str | None = None
    message_ts: str | None = None
    starter_id: str | None = None
    starter_tag: str | None = None
    proposals: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    agreed_at: datetime | None = Field(default=None, sa_type=Instant)
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
    outcome: str | None = None
    picks: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))


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


class StarterSeenRow(SQLModel, table=True):
    """A conversation starter that a person has had, so that it does not come twice."""

    __tablename__ = "starters_seen"
    team_id: str = Field(primary_key=True)
    user_id: str = Field(primary_key=True)
    starter_id: str = Field(primary_key=True)


class QueueRow(SQLModel, table=True):
    """Somebody who has time for a coffee now (P11)."""

    __tablename__ = "impromptu_queue"
    team_id: str = Field(primary_key=True)
    user_id: str = Field(primary_key=True)
    since: datetime = Field(sa_type=Instant)
    until: datetime = Field(sa_type=Instant)


class DeliveryRow(SQLModel, table=True):
    """One outgoing message: the outbox."""

    __tablename__ = "deliveries"
    __table_args__ = (
        UniqueConstraint("team_id", "dedupe_key"),
        Index("ix_deliveries_state_due_at", "state", "due_at"),
        Index("ix_deliveries_meeting_id", "meeting_id"),
        Index("ix_deliveries_round_id", "round_id"),
    )
    id: str = Field(primary_key=True)
    team_id: str
    dedupe_key: str
    kind: str  # what it is for: introduction, ask, nudge, notice, receipt …
    method: str = "post"  # post | ephemeral | update | file
    users: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    channel_id: str | None = None
    payload: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    meeting_id: int | None = Field(default=None, foreign_key="meetings.id")
    round_id: int | None = Field(default=None, foreign_key="rounds.id")
    state: str = "waiting"  # waiting | sent | failed | cancelled
    uncertain: bool = False  # an attempt's answer was lost: it may have been posted
    due_at: datetime = Field(sa_type=Instant)
    expires_at: datetime | None = Field(default=None, sa_type=Instant)
    attempts: int = 0
    lease_until: datetime | None = Field(default=None, sa_type=Instant)
    error: str | None = Field(default=None, sa_column=Column(Text))
    posted_channel: str | None = None
    posted_ts: str | None = None
    sent_at: datetime | None = Field(default=None, sa_type=Instant)
