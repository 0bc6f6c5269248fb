"""Check-ins in the database, laid there as rows or as drafts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlmodel import Session

from core.checkins import Audience, CheckIn, Contract, Draft, Kind, Question
from core.values import Place
from storage.checkins import checkins
from storage.checkins.rows import CheckInRow

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
HERE, THERE, ELSEWHERE = Place("T1", "C1"), Place("T1", "C2"), Place("T2", "C1")


def draft(kind: Kind = Kind.OPEN, **fields: Any) -> Draft:
    contract = Contract(kind, named=False, audience=Audience.CHANNEL, floor=4)
    questions = fields.pop("questions", (Question("How are you?", "p1"),))
    opens_at = fields.pop("opens_at", NOW)
    closes_at = fields.pop("closes_at", opens_at + HOUR)
    return Draft("U1", "I am fine.", questions, contract, opens_at, closes_at, **fields)


def planned(tx: Session, place: Place = HERE, kind: Kind = Kind.OPEN, **fields: Any) -> CheckIn:
    made = checkins.plan(tx, place, draft(kind, **fields))
    assert made is not None
    return made


def row(tx: Session, place: Place = HERE, kind: Kind = Kind.OPEN, **columns: Any) -> int:
    """A check-in with these columns; its id."""
    made = planned(tx, place, kind)
    found = tx.get_one(CheckInRow, made.id)
    for name, value in columns.items():
        setattr(found, name, value)
    tx.flush()
    return made.id


def found(tx: Session, checkin_id: int) -> CheckIn:
    checkin = checkins.get(tx, "T1", checkin_id)
    assert checkin is not None
    return checkin
