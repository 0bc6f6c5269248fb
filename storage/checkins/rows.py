"""The tables of check-ins. Where rows could betray who wrote what, their order says nothing.

Kinds of check-in are no closed list for the database: a new one needs no migration.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypedDict

from sqlalchemy import JSON, Column, Index, LargeBinary, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from core.actions import ItemKind, State
from core.checkins import Audience, HandState, Kind, Phase
from storage.platform.types import Instant, Word, one_of, only_one

_PULSE = text(
    f"kind = '{Kind.PULSE}' AND phase IN ('{Phase.PLANNED}', '{Phase.OPEN}')"
)  # a channel has one at a time
_WAITING = text(f"state = '{HandState.WAITING}'")  # and a person looks for one colleague


class CheckInRow(SQLModel, table=True):
    """One check-in of one channel, with everything but its answers."""

    __tablename__ = "checkins"
    __table_args__ = (
        UniqueConstraint("schedule_id", "opens_at"),
        Index("ix_checkins_channel", "team_id", "channel_id", "opens_at"),
        Index("ix_checkins_phase", "phase", "closes_at"),
        only_one("uq_checkins_pulse", "team_id", "channel_id", where=_PULSE),
    )
    id: int | None = Field(default=None, primary_key=True)
    team_id: str
    channel_id: str
    kind: Kind = Field(sa_column=Column(Word(Kind), nullable=False))
    asker: str
    line: str = Field(default="", sa_column=Column(Text, nullable=False))
    questions: list[Any] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    contract: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    phase: Phase = Field(default=Phase.PLANNED, sa_column=one_of("phase", Phase))
    opens_at: datetime = Field(sa_type=Instant)
    closes_at: datetime = Field(sa_type=Instant)
    schedule_id: int | None = None
    invited: int = 0
    answers: int = 0
    delivery_id: str | None = None  # of the post
    posted_ts: str | None = None
    changes: int = 0  # how often what the post shows has changed
    shown: int = 0  # up to which change the post was drawn
    refreshed_at: datetime | None = Field(default=None, sa_type=Instant)
    reminded: bool = False
    before_id: int | None = None
    items: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    result: dict[str, Any] | None = Field(
        default=None, sa_column=Column(JSON(none_as_null=True), nullable=True)
    )
    reply: dict[str, Any] | None = Field(
        default=None, sa_column=Column(JSON(none_as_null=True), nullable=True)
    )
    traced: bool = False  # a shown pulse whose receipts the guard still needs
    emptied: bool = False  # what people wrote was deleted when its time was over


class CheckInChanges(TypedDict, total=False):
    """Columns of one check-in that change while it lives."""

    line: str
    invited: int
    items: list[str]
    delivery_id: str | None
    posted_ts: str
    reminded: bool
    reply: dict[str, str]
    traced: bool


class CheckInPersonRow(SQLModel, table=True):
    """Somebody who was asked without names: their receipt. Written for all at once, then ticked.

    Every row is there from the start and keeps its size and place, so that neither the order of
    rows nor their place in the file says who answered when.
    """

    __tablename__ = "checkin_people"
    __table_args__ = ({"sqlite_with_rowid": False},)
    team_id: str
    checkin_id: int = Field(primary_key=True, foreign_key="checkins.id")
    user_id: str = Field(primary_key=True)
    answered: bool = False


class CheckInSlipRow(SQLModel, table=True):
    """A slip of paper in the box: blank, or something written without a name.

    All slips of a check-in have the same number of bytes and are there from the start; one is
    picked by chance and overwritten.
    """

    __tablename__ = "checkin_slips"
    __table_args__ = ({"sqlite_with_rowid": False},)
    team_id: str
    checkin_id: int = Field(primary_key=True, foreign_key="checkins.id")
    slip: int = Field(primary_key=True)
    filled: bool = False
    body: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class PulseCounterRow(SQLModel, table=True):
    """How many gave each mood: all that is kept about moods."""

    __tablename__ = "pulse_counters"
    team_id: str
    checkin_id: int = Field(primary_key=True, foreign_key="checkins.id")
    mood_1: int = 0
    mood_2: int = 0
    mood_3: int = 0
    mood_4: int = 0
    mood_5: int = 0


class CheckInAnswerRow(SQLModel, table=True):
    """An answer that carries a name, because the contract said so."""

    __tablename__ = "checkin_answers"
    team_id: str
    checkin_id: int = Field(primary_key=True, foreign_key="checkins.id")
    user_id: str = Field(primary_key=True)
    words: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))


class CheckInItemRow(SQLModel, table=True):
    """A worry or an action of a channel that comes back (C7)."""

    __tablename__ = "checkin_items"
    __table_args__ = (Index("ix_checkin_items_channel", "team_id", "channel_id"),)
    id: str = Field(primary_key=True)
    team_id: str
    channel_id: str
    checkin_id: int | None = Field(default=None, foreign_key="checkins.id")
    kind: ItemKind = Field(sa_column=one_of("kind", ItemKind))
    text: str = Field(sa_column=Column(Text, nullable=False))
    owner: str | None = None
    state: State = Field(default=State.OPEN, sa_column=one_of("state", State))
    carried: int = 0
    asked: bool = False


class CheckInScheduleRow(SQLModel, table=True):
    """A check-in that comes again and again (C8)."""

    __tablename__ = "checkin_schedules"
    __table_args__ = (Index("ix_checkin_schedules_next_due_at", "next_due_at"),)
    id: int | None = Field(default=None, primary_key=True)
    team_id: str
    channel_id: str
    asker: str
    kind: Kind = Field(sa_column=Column(Word(Kind), nullable=False))
    line: str = Field(default="", sa_column=Column(Text, nullable=False))
    question: str = Field(default="", sa_column=Column(Text, nullable=False))
    named: bool = True
    audience: Audience = Field(default=Audience.ASKER, sa_column=one_of("audience", Audience))
    open_hours: int = 24
    cadence: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    next_due_at: datetime | None = Field(default=None, sa_type=Instant)
    active: bool = True


class CheckInScheduleChanges(TypedDict, total=False):
    """Columns of a schedule that change while it lives."""

    line: str
    next_due_at: datetime | None
    active: bool


class CheckInSettingsRow(SQLModel, table=True):
    """What a host decided about check-ins in a channel."""

    __tablename__ = "checkin_settings"
    team_id: str = Field(primary_key=True)
    channel_id: str = Field(primary_key=True)
    pulse: bool = False
    floor: int | None = None


class CheckInPromptRow(SQLModel, table=True):
    """A host's own prompt, their wording of a library prompt, or (no text) only its retirement."""

    __tablename__ = "checkin_prompts"
    team_id: str = Field(primary_key=True)
    channel_id: str = Field(primary_key=True)
    prompt_id: str = Field(primary_key=True)
    kind: Kind = Field(sa_column=Column(Word(Kind), nullable=False))
    section: str | None = None
    text: str | None = Field(default=None, sa_column=Column(Text, nullable=True))
    retired: bool = False


class HandRow(SQLModel, table=True):
    """Somebody looks for a colleague to talk to, or for a hand with something (C5)."""

    __tablename__ = "hands"
    __table_args__ = (only_one("uq_hands_waiting", "team_id", "user_id", where=_WAITING),)
    id: int | None = Field(default=None, primary_key=True)
    team_id: str
    user_id: str
    wish: str = Field(default="", sa_column=Column(Text, nullable=False))  # empty: just to talk
    asked: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    state: HandState = Field(default=HandState.WAITING, sa_column=one_of("state", HandState))
    meeting_id: int | None = Field(default=None, foreign_key="meetings.id")
    until: datetime = Field(sa_type=Instant)


class HandChanges(TypedDict, total=False):
    """Columns of a search that change while it lives."""

    asked: list[str]
    state: HandState
    meeting_id: int
