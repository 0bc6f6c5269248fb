"""The table of workspaces."""

from __future__ import annotations

from sqlmodel import Field, SQLModel


class Workspace(SQLModel, table=True):
    """A Slack workspace that Kettle lives in."""

    __tablename__ = "workspaces"
    team_id: str = Field(primary_key=True)
    name: str = ""
    bot_user_id: str = ""
    next_person_number: int = 0
