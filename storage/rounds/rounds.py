"""Rounds: claimed by their due time, so that none is held twice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from core.receipt import Receipt
from core.values import Place
from storage.platform.claims import claim
from storage.rounds.rows import RoundRow


@dataclass(frozen=True, slots=True)
class Round:
    """One pairing of one channel at one due time, with its receipt."""

    id: int
    team_id: str
    channel_id: str
    number: int
    due_at: datetime
    held_at: datetime
    ends_at: datetime
    seed: int
    receipt: Receipt


@dataclass(frozen=True, slots=True)
class NewRound:
    """A round that begins; instants are UTC."""

    number: int
    due_at: datetime
    held_at: datetime
    ends_at: datetime
    seed: int


def open_round(tx: Session, place: Place, new: NewRound) -> int | None:
    """Claim this due time and number and return the round's id; None when somebody else did."""
    row = RoundRow(
        team_id=place.team,
        channel_id=place.channel,
        number=new.number,
        due_at=new.due_at,
        held_at=new.held_at,
        ends_at=new.ends_at,
        seed=new.seed,
    )
    return row.id if claim(tx, row) else None


def keep_receipt(tx: Session, round_id: int, receipt: Receipt) -> None:
    """Store the account of what the round did."""
    row = tx.get_one(RoundRow, round_id)
    row.receipt = receipt.to_json()
    tx.add(row)
    tx.flush()


def get(tx: Session, round_id: int) -> Round | None:
    """The round with this id."""
    row = tx.get(RoundRow, round_id)
    return _value(row) if row else None


def latest(tx: Session, place: Place, count: int = 10) -> list[Round]:
    """The channel's newest rounds, newest first."""
    query = select(RoundRow).where(
        RoundRow.team_id == place.team, RoundRow.channel_id == place.channel
    )
    return [_value(r) for r in tx.exec(query.order_by(col(RoundRow.due_at).desc()).limit(count))]


def unreceipted(tx: Session, place: Place) -> list[Round]:
    """The channel's rounds whose hosts have not been told yet, oldest first."""
    query = select(RoundRow).where(
        RoundRow.team_id == place.team,
        RoundRow.channel_id == place.channel,
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
        receipt=Receipt.from_json(row.receipt),
    )
