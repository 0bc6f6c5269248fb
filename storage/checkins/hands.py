"""People who look for somebody to talk to or for a hand, and the volunteers they may ask (C5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Unpack

from sqlmodel import Session, col, delete, select

from core.checkins import HandState
from core.values import Who
from storage.checkins.rows import HandChanges, HandRow
from storage.people.rows import PersonRow
from storage.platform.claims import claim, held


@dataclass(frozen=True, slots=True)
class Hand:
    """Somebody looks for a colleague until `until`; an empty `wish` means: just to talk."""

    id: int
    team_id: str
    user_id: str
    wish: str
    asked: tuple[str, ...]
    state: HandState
    until: datetime

    @property
    def who(self) -> Who:
        """Who looks for somebody."""
        return Who(self.team_id, self.user_id)


def add(tx: Session, who: Who, wish: str, asked: list[str], until: datetime) -> Hand | None:
    """A new one; `asked` are the volunteers who are asked. None for who is looking already."""
    row = HandRow(team_id=who.team, user_id=who.user, wish=wish, asked=asked, until=until)
    return _value(row) if claim(tx, row) else None


def hold(tx: Session, team_id: str, hand_id: int) -> Hand | None:
    """The search as it is now, for who is about to change it; whoever else wants to waits."""
    row = held(tx, HandRow, hand_id)
    return _value(row) if row and row.team_id == team_id else None


def waiting_of(tx: Session, who: Who) -> Hand | None:
    """What this person is still looking for."""
    query = select(HandRow).where(
        HandRow.team_id == who.team,
        HandRow.user_id == who.user,
        HandRow.state == HandState.WAITING,
    )
    row = tx.exec(query.order_by(col(HandRow.id).desc())).first()
    return _value(row) if row else None


def over(tx: Session, now: datetime) -> list[Hand]:
    """Searches that nobody answered in time."""
    query = select(HandRow).where(HandRow.state == HandState.WAITING, col(HandRow.until) <= now)
    return [_value(row) for row in tx.exec(query.order_by(col(HandRow.id)))]


def change(tx: Session, hand_id: int, **columns: Unpack[HandChanges]) -> None:
    """Set columns of one search."""
    row = tx.get_one(HandRow, hand_id)
    for name, value in columns.items():
        setattr(row, name, value)
    tx.add(row)
    tx.flush()


def forget_before(tx: Session, moment: datetime) -> None:
    """Delete searches that ended before then: what was wished for, and who was asked."""
    tx.exec(
        delete(HandRow).where(col(HandRow.state) != HandState.WAITING, col(HandRow.until) < moment)
    )


def volunteers(tx: Session, team_id: str) -> list[str]:
    """Everyone of the workspace who agreed to be asked."""
    query = select(PersonRow.user_id).where(
        PersonRow.team_id == team_id,
        col(PersonRow.open_to_ask),
        col(PersonRow.deleted).is_(False),
        col(PersonRow.is_bot).is_(False),
        col(PersonRow.stranger).is_(False),
    )
    return list(tx.exec(query.order_by(PersonRow.user_id)))


def _value(row: HandRow) -> Hand:
    assert row.id is not None
    asked = tuple(row.asked)
    return Hand(row.id, row.team_id, row.user_id, row.wish, asked, row.state, row.until)
