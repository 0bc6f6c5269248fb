"""The tables of people: what they chose, where they are in, and whom they would rather not meet."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, TypedDict

from sqlalchemy import JSON, Column, UniqueConstraint
from sqlmodel import Field, SQLModel

from core.values import Mode
from storage.platform.types import Instant, one_of


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
    admin: bool = False  # when last seen: whom to tell something; what one may is asked of Slack
    department: str | None = None
    status_emoji: str = ""
    status_text: str = ""
    status_until: datetime | None = Field(default=None, sa_type=Instant)
    seen_at: datetime | None = Field(default=None, sa_type=Instant)  # when Slack was last asked
    paused_until: date | None = None
    pace: int = 1
    hours: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    mode: Mode | None = Field(default=None, sa_column=one_of("mode", Mode, nullable=True))
    size: int | None = None
    ask_about: str = ""
    obeys_status: bool = False
    open_to_ask: bool = False
    requests: int | None = 2  # in seven days, of those who are open to them; NULL: no limit
    muted: bool = False
    credit: float = 0.0
    organised: int = 0
    unanswered: int = 0
    home_opened: bool = False  # the Home tab is drawn for those who looked at it


class Seen(TypedDict, total=False):
    """Columns of people that are Slack's word."""

    zone: str
    is_bot: bool
    deleted: bool
    guest: bool
    stranger: bool
    admin: bool
    status_emoji: str
    status_text: str
    status_until: datetime | None


class PersonChanges(Seen, total=False):
    """Columns of people that change, what people chose among them."""

    department: str | None
    paused_until: date | None
    pace: int
    hours: dict[str, Any]  # core.values.Hours as JSON
    mode: Mode | None
    size: int | None
    ask_about: str
    obeys_status: bool
    open_to_ask: bool
    requests: int | None
    muted: bool
    organised: int
    unanswered: int
    home_opened: bool


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
    # Came where everyone takes part, and was told so then. Empty: was there before.
    told_at: datetime | None = Field(default=None, sa_type=Instant)
    untold: bool = False  # came after the rounds began, and has to hear yet what happens there


class MembershipChanges(TypedDict, total=False):
    """Columns of memberships that change."""

    present: bool
    opted: bool | None
    skipping: bool
    waiting_since: datetime | None
    last_round: int | None
    told_at: datetime | None
    untold: bool


class NotWithRow(SQLModel, table=True):
    """A private wish not to be introduced to someone; it works both ways and is never shown."""

    __tablename__ = "not_with"
    team_id: str = Field(primary_key=True)
    user_id: str = Field(primary_key=True)
    other_id: str = Field(primary_key=True)
