"""Rounds: claimed by their due time, so that none is held twice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from storage.rounds.rows import RoundRow


@dataclass(frozen=True, slots=True)
class Round:
    """One pairing of one channel at one due time, with its receipt as plain data."""

    id: int
    team_id: str
    channel_id: str
    number: int
    due_at: datetime
    held_at: datetime
    ends_at: datetime
    seed: int
    receipt: dict[str, Any]


def open_round(
    tx: Session,
    team_id: str,
    channel_id: str,
    number: int,
    due_at: datetime,
    held_at: datetime,
    ends_at: datetime,
    seed: int,
) -> int | None:
    """Claim this due time and return the round's id; None when somebody else holds it."""
    row = RoundRow(
        team_id=team_id,
        channel_id=channel_id,
        number=number,
        due_at=due_at,
        held_at=held_at,
        ends_at=ends_at,
        seed=seed,
    )
    try:
        with tx.begin_nested():  # only this insert may lose the race
            tx.add(row)
    except IntegrityError:
        return None
    return row.id


def keep_receipt(tx: Session, round_id: int, receipt: dict[str, Any]) -> None:
    """Store the account of what the round did."""
    row = tx.get_one(RoundRow, round_id)
    row.receipt = receipt
    tx.add(row)
    tx.flush()


def get(tx: Session, round_id: int) -> Round | None:
    """The round with this id."""
    row = tx.get(RoundRow, round_id)
    return _value(row) if row else None


def latest(tx: Session, team_id: str, channel_id: str, count: int = 10) -> list[Round]:
    """The channel's newest rounds, newest first."""
    query = select(RoundRow).where(RoundRow.team_id == team_id, RoundRow.channel_id == channel_id)
    return [_value(r) for r in tx.exec(query.order_by(col(RoundRow.due_at).desc()).limit(count))]


def unreceipted(tx: Session, team_id: str, channel_id: str) -> list[Round]:
    """The channel's rounds whose hosts have not been told yet, oldest first."""
    query = select(RoundRow).where(
        RoundRow.team_id == team_id,
        RoundRow.channel_id == channel_id,
        col(RoundRow.receipted).is_(False),
    )
    return [_value(row) for row in tx.exec(query.order_by(col(RoundRow.due_at)))]


def was_receipted(tx: Session, round_id: int) -> bool:
    """Whether the hosts have been told already."""
    return tx.get_one(RoundRow, round_id).receipted


def mark_receipted(tx: Session, round_id: int) -> None:
    """The hosts have been told."""
    row = tx.get_one(RoundRow, round_id)
    row.receipted = True
    tx.add(row)
    tx.flush()


def _value(row: RoundRow) -> Round:
    assert row.id is not None
    return Round(
        id=row.id,
        team_id=row.team_id,
        channel_id=row.channel_id,
        number=row.number,
        due_at=row.due_at,
        held_at=row.held_at,
        ends_at=row.ends_at,
        seed=row.seed,
        receipt=row.receipt,
    )
