"""Answers that carry a name, because the contract said so; those without are in `pulses`."""

from __future__ import annotations

from sqlmodel import Session, col, delete, select

from core.checkins import Answer, Result
from storage.checkins.rows import CheckInAnswerRow, CheckInRow
from storage.platform.claims import claim, held


def put(tx: Session, checkin_id: int, user_id: str, words: Answer) -> Answer | None:
    """Record an answer with its name; returns the earlier one that it takes the place of."""
    row = held(tx, CheckInAnswerRow, (checkin_id, user_id))
    if row is None:
        team_id = tx.get_one(CheckInRow, checkin_id).team_id
        first = CheckInAnswerRow(
            team_id=team_id, checkin_id=checkin_id, user_id=user_id, words=dict(words)
        )
        if claim(tx, first):
            return None
        row = tx.get_one(CheckInAnswerRow, (checkin_id, user_id))
    before, row.words = dict(row.words), dict(words)
    tx.add(row)
    tx.flush()
    return before


def everyone(tx: Session, checkin_id: int) -> dict[str, Answer]:
    """The answers that carry a name, by person."""
    query = select(CheckInAnswerRow).where(CheckInAnswerRow.checkin_id == checkin_id)
    return {row.user_id: dict(row.words) for row in tx.exec(query)}


def of_person(tx: Session, checkin_id: int, user_id: str) -> Answer | None:
    """What this person answered with their name."""
    row = tx.get(CheckInAnswerRow, (checkin_id, user_id))
    return dict(row.words) if row else None


def empty(tx: Session, checkin_id: int) -> None:
    """Delete what people wrote with their names; what is left of the result is counts."""
    tx.exec(delete(CheckInAnswerRow).where(col(CheckInAnswerRow.checkin_id) == checkin_id))
    row = tx.get_one(CheckInRow, checkin_id)
    assert row.result is not None  # it has closed
    row.result, row.emptied = Result.from_json(row.result).without_words().to_json(), True
    tx.add(row)
    tx.flush()
