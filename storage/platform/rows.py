"""The table of workspaces, and when the heart beat last in each."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select, update
from sqlmodel import Field, Session, SQLModel

from storage.platform.types import Instant


class Workspace(SQLModel, table=True):
    """A Slack workspace that Kettle lives in."""

    __tablename__ = "workspaces"
    team_id: str = Field(primary_key=True)
    name: str = ""
    bot_user_id: str = ""
    next_person_number: int = 0
    beat_at: datetime | None = Field(default=None, sa_type=Instant)


def beat(tx: Session, at: datetime) -> None:
    """The heart, of which all workspaces have one, beats at this instant."""
    tx.execute(update(Workspace).values(beat_at=at))


def last_beat(tx: Session) -> datetime | None:
    """When the heart beat last; None: it never did."""
    return tx.execute(select(func.max(Workspace.beat_at))).scalar()
