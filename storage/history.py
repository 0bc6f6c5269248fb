"""The matcher's input: rounds packed into bytes, never one object per past pair."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlmodel import Session, col

from core.matching import PastRound
from core.values import Outcome, joint_outcome
from storage.models import MeetingPersonRow, MeetingRow, RoundPack

UNKNOWN, MET, NOT_MET = 0, 1, 2
_BYTE = {
    None: UNKNOWN,
    Outcome.MET: MET,
    Outcome.PLANNING: UNKNOWN,
    Outcome.NOT_THIS_TIME: NOT_MET,
}


def pack(
    tx: Session,
    team_id: str,
    groups: Iterable[Sequence[int]],
    held_at: datetime,
    *,
    channel_id: str | None = None,
    round_id: int | None = None,
    meeting_id: int | None = None,
) -> None:
    """Write a round (or an impromptu meeting) as one row; groups are person numbers."""
    members: array[int] = array("i")
    sizes = bytearray()
    for group in groups:
        members.extend(group)
        sizes.append(len(group))
    tx.add(
        RoundPack(
            team_id=team_id,
            channel_id=channel_id,
            round_id=round_id,
            meeting_id=meeting_id,
            held_at=held_at,
            members=_little_endian(members).tobytes(),
            sizes=bytes(sizes),
            outcomes=bytes(len(sizes)),
        )
    )
    tx.flush()


def load(tx: Session, team_id: str) -> list[PastRound]:
    """Every round and impromptu meeting of the workspace, oldest first (P4).

    Packs that an answer made stale are read with the outcomes as they are now; call
    `repack` in a writing transaction to store them.
    """
    query: Any = (
        select(
            col(RoundPack.id),
            col(RoundPack.members),
            col(RoundPack.sizes),
            col(RoundPack.outcomes),
            col(RoundPack.stale),
        )
        .where(col(RoundPack.team_id) == team_id)
        .order_by(col(RoundPack.held_at), col(RoundPack.id))
    )
    rounds = []
    for pack_id, members, sizes, outcomes, stale in tx.connection().execute(query):
        if stale:
            outcomes = _outcomes_now(tx, tx.get_one(RoundPack, pack_id))
        rounds.append(PastRound(_numbers(members), bytes(sizes), bytes(outcomes)))
    return rounds


def repack(tx: Session, team_id: str) -> None:
    """Store the outcomes of every stale pack of the workspace."""
    query = select(RoundPack).where(col(RoundPack.team_id) == team_id, col(RoundPack.stale))
    fresh = [
        {"pack_id": row.id, "now": _outcomes_now(tx, row)} for row in tx.execute(query).scalars()
    ]
    if fresh:
        tx.connection().execute(
            update(RoundPack.__table__)  # type: ignore[attr-defined]
            .where(col(RoundPack.id) == bindparam("pack_id"))
            .values(outcomes=bindparam("now"), stale=False),
            fresh,
        )
        tx.expire_all()


def _outcomes_now(tx: Session, pack_row: RoundPack) -> bytes:
    query = select(col(MeetingRow.position), col(MeetingPersonRow.outcome)).join(
        MeetingPersonRow, col(MeetingPersonRow.meeting_id) == col(MeetingRow.id)
    )
    if pack_row.round_id is not None:
        query = query.where(col(MeetingRow.round_id) == pack_row.round_id)
    else:
        query = query.where(col(MeetingRow.id) == pack_row.meeting_id)
    answers: dict[int, list[Outcome | None]] = {}
    for position, outcome in tx.connection().execute(query):
        answers.setdefault(position, []).append(Outcome(outcome) if outcome else None)
    result = bytearray(len(pack_row.sizes))
    for position, given in answers.items():
        result[position] = _BYTE[joint_outcome(given)]
    return bytes(result)


def _numbers(raw: bytes) -> array[int]:
    numbers: array[int] = array("i")
    numbers.frombytes(raw)
    return _little_endian(numbers)


def _little_endian(numbers: array[int]) -> array[int]:
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers
