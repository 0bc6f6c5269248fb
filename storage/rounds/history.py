"""The matcher's input: rounds packed into bytes, never one object per past pair."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Sequence
from datetime import datetime
from itertools import chain
from typing import Any

from sqlalchemy import and_, bindparam, delete, select, update
from sqlmodel import Session, col
from sqlmodel import select as select_rows

from core.matching import PastRound
from core.values import Meeting, Outcome, Place, joint_outcome
from storage.meetings.rows import MeetingPersonRow, MeetingRow
from storage.people.rows import PersonRow
from storage.platform.claims import held_all
from storage.rounds.rows import RoundPack

UNKNOWN, MET, NOT_MET = 0, 1, 2
FETCHED = 8  # packs in memory at once besides those unpacked: a driver keeps them twice over
_BYTE = {
    None: UNKNOWN,
    Outcome.MET: MET,
    Outcome.PLANNING: UNKNOWN,
    Outcome.NOT_THIS_TIME: NOT_MET,
}


def pack_round(
    tx: Session, place: Place, round_id: int, groups: Sequence[Sequence[int]], held_at: datetime
) -> None:
    """Write a round as one row; groups are person numbers."""
    members, sizes = _packed(groups)
    tx.add(
        RoundPack(
            team_id=place.team,
            channel_id=place.channel,
            round_id=round_id,
            held_at=held_at,
            members=members,
            sizes=sizes,
            outcomes=bytes(len(sizes)),
        )
    )
    tx.flush()


def pack_meeting(tx: Session, meeting: Meeting, group: Sequence[int]) -> None:
    """Write a meeting outside the rounds as one row; the group is person numbers."""
    members, sizes = _packed([group])
    tx.add(
        RoundPack(
            team_id=meeting.team_id,
            channel_id=meeting.channel_id,
            meeting_id=meeting.id,
            held_at=meeting.created_at,
            members=members,
            sizes=sizes,
            outcomes=bytes(len(sizes)),
        )
    )
    tx.flush()


def _packed(groups: Sequence[Sequence[int]]) -> tuple[bytes, bytes]:
    """The members group after group, and the size of each group."""
    members: array[int] = array("i", chain.from_iterable(groups))
    return _little_endian(members).tobytes(), bytes(map(len, groups))


def load(tx: Session, team_id: str, channel_id: str | None = None) -> list[PastRound]:
    """Every round and impromptu meeting of the workspace, oldest first (P4).

    The rounds of `channel_id` are marked as its own: they alone make "rounds ago" older.

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
            col(RoundPack.channel_id),
            col(RoundPack.round_id),
        )
        .where(col(RoundPack.team_id) == team_id)
        .order_by(col(RoundPack.held_at), col(RoundPack.id))
    )
    rounds = []
    rows = tx.connection().execute(query, execution_options={"yield_per": FETCHED})
    for pack_id, members, sizes, outcomes, stale, where, held in rows:
        if stale:
            outcomes = _outcomes_now(tx, tx.get_one(RoundPack, pack_id))
        own = held is not None and where == channel_id
        rounds.append(PastRound(_numbers(members), bytes(sizes), bytes(outcomes), own))
    return rounds


def hold(tx: Session, meeting_id: int, round_id: int | None) -> None:
    """The pack of a meeting, its round's if it has one: nobody else changes it meanwhile."""
    own = RoundPack.meeting_id == meeting_id if round_id is None else RoundPack.round_id == round_id
    held_all(tx, select_rows(RoundPack).where(own))


def rewrite(tx: Session, round_id: int) -> None:
    """Pack a round again after its groups were changed."""
    query: Any = (
        select(col(MeetingRow.id), col(PersonRow.number))
        .join(MeetingPersonRow, col(MeetingPersonRow.meeting_id) == col(MeetingRow.id))
        .join(
            PersonRow,
            and_(
                col(PersonRow.team_id) == col(MeetingPersonRow.team_id),
                col(PersonRow.user_id) == col(MeetingPersonRow.user_id),
            ),
        )
        .where(col(MeetingRow.round_id) == round_id)
        .order_by(col(MeetingRow.position), col(MeetingPersonRow.place))
    )
    groups: dict[int, list[int]] = {}
    for meeting_id, number in tx.connection().execute(query):
        groups.setdefault(meeting_id, []).append(number)
    [row] = held_all(tx, select_rows(RoundPack).where(RoundPack.round_id == round_id))
    members: array[int] = array("i")
    for position, meeting_id in enumerate(sorted(groups)):
        meeting = tx.get_one(MeetingRow, meeting_id)
        meeting.position = position
        tx.add(meeting)
        members.extend(groups[meeting_id])
    row.members = _little_endian(members).tobytes()
    row.sizes = bytes(len(groups[meeting_id]) for meeting_id in sorted(groups))
    row.outcomes = bytes(len(groups))
    row.stale = True
    tx.add(row)
    tx.flush()


def remove(tx: Session, meeting_id: int) -> None:
    """A meeting outside the rounds did not come about: it never was."""
    tx.execute(delete(RoundPack).where(col(RoundPack.meeting_id) == meeting_id))


def repack(tx: Session, team_id: str) -> None:
    """Store the outcomes of every stale pack of the workspace."""
    query = select_rows(RoundPack).where(RoundPack.team_id == team_id, col(RoundPack.stale))
    # Held before the answers are read: one that comes now waits, and makes its pack stale again.
    stale = held_all(tx, query.order_by(col(RoundPack.id)))
    fresh = [{"pack_id": row.id, "now": _outcomes_now(tx, row)} for row in stale]
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
        answers.setdefault(position, []).append(outcome)
    result = bytearray(len(pack_row.sizes))
    for position, given in answers.items():
        result[position if pack_row.round_id is not None else 0] = _BYTE[joint_outcome(given)]
    return bytes(result)


def _numbers(raw: bytes) -> array[int]:
    numbers: array[int] = array("i")
    numbers.frombytes(raw)
    return _little_endian(numbers)


def _little_endian(numbers: array[int]) -> array[int]:
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers
