"""Answers without a name: receipts, counters and slips, and a database file that tells no order.

Three things could link a person to what they said: rows beside each other, rows in the order in
which they came, and the change from one state of the file to the next. So receipts, counters and
slips are apart; every receipt and slip is there from the start and keeps its place and size; and
the write-ahead log, which holds the steps between states, is emptied after every answer
(`sealing`).
What an operator can still learn stands in docs/privacy.md.
"""

from __future__ import annotations

from collections.abc import Iterable
from random import Random

from sqlalchemy import CursorResult, Update, bindparam, update
from sqlmodel import Session, col, delete, func, select

from core.pulse import MOODS, Counters
from storage.checkins.rows import CheckInPersonRow, CheckInRow, CheckInSlipRow, PulseCounterRow
from storage.platform.claims import held

PROBES = 32  # blind picks of a slip before the blank ones are looked up

# Built once: thousands may answer within seconds, and building costs more than running.
_RECEIPT = (
    col(CheckInPersonRow.checkin_id) == bindparam("of"),
    col(CheckInPersonRow.user_id) == bindparam("person"),
)
_TICK = (
    update(CheckInPersonRow)
    .where(*_RECEIPT, col(CheckInPersonRow.answered).is_(False))
    .values(answered=True)
)
_ANSWERED = select(col(CheckInPersonRow.answered)).where(*_RECEIPT)
_MOODS = {mood: col(getattr(PulseCounterRow, f"mood_{mood}")) for mood in MOODS}
_COUNT = {
    mood: update(PulseCounterRow)
    .where(col(PulseCounterRow.checkin_id) == bindparam("of"))
    .values({counter: counter + 1})
    for mood, counter in _MOODS.items()
}
_SLIPS = col(CheckInSlipRow.checkin_id) == bindparam("of")
_HIGHEST = select(func.max(col(CheckInSlipRow.slip))).where(_SLIPS)
_FILL = (
    update(CheckInSlipRow)
    .where(
        _SLIPS,
        col(CheckInSlipRow.slip) == bindparam("number"),
        col(CheckInSlipRow.filled).is_(False),
    )
    .values(filled=True, body=bindparam("words"))
)


class SlipTooLong(ValueError):
    """The words do not fit on a slip."""


def invite(tx: Session, checkin_id: int, user_ids: Iterable[str], slip_bytes: int) -> int:
    """Write everybody's receipt (not ticked) and as many blank slips; returns how many."""
    invited = sorted(set(user_ids))
    team_id = tx.get_one(CheckInRow, checkin_id).team_id
    tx.add(PulseCounterRow(team_id=team_id, checkin_id=checkin_id))
    tx.flush()
    tx.add_all(
        CheckInPersonRow(team_id=team_id, checkin_id=checkin_id, user_id=user_id)
        for user_id in invited
    )
    tx.add_all(_blank(team_id, checkin_id, slip, slip_bytes) for slip in range(len(invited)))
    tx.flush()
    return len(invited)


def invite_late(tx: Session, checkin_id: int, user_id: str, slip_bytes: int) -> bool:
    """Somebody joined after the question was posted: a receipt and a slip more.

    Done when they open the form and not when they answer. False when they are on the list.
    """
    of = held(tx, CheckInRow, checkin_id)  # of two at once, the second takes the next slip
    if of is None or tx.get(CheckInPersonRow, (checkin_id, user_id)) is not None:
        return False
    team_id = of.team_id
    tx.add(CheckInPersonRow(team_id=team_id, checkin_id=checkin_id, user_id=user_id))
    tx.add(_blank(team_id, checkin_id, _slips(tx, checkin_id), slip_bytes))
    tx.flush()
    return True


def tick(tx: Session, checkin_id: int, user_id: str) -> bool:
    """This person has answered; False when they had already, or are not on the list."""
    return _one(tx, _TICK, of=checkin_id, person=user_id)


def has_answered(tx: Session, checkin_id: int, user_id: str) -> bool | None:
    """Whether the person's receipt is ticked; None when they have none."""
    found = tx.connection().execute(_ANSWERED, {"of": checkin_id, "person": user_id}).first()
    return bool(found[0]) if found is not None else None


def count_mood(tx: Session, checkin_id: int, mood: int) -> None:
    """One more person gave this mood (1 to 5)."""
    _one(tx, _COUNT[mood], of=checkin_id)


def put_slip(tx: Session, checkin_id: int, words: str, slip_bytes: int, chance: Random) -> None:
    """Write on a blank slip that chance picks. Raises SlipTooLong."""
    body = words.encode()
    if len(body) > slip_bytes:
        raise SlipTooLong(len(body))
    body = body.ljust(slip_bytes)
    number = _slips(tx, checkin_id)
    if any(
        _fill(tx, checkin_id, chance.randrange(number), body)
        for _ in range(PROBES if number else 0)
    ):
        return
    blank = select(CheckInSlipRow.slip).where(
        CheckInSlipRow.checkin_id == checkin_id, col(CheckInSlipRow.filled).is_(False)
    )
    if not _fill(tx, checkin_id, chance.choice(list(tx.exec(blank))), body):
        raise LookupError(f"check-in {checkin_id} has no blank slip")


def counters(tx: Session, checkin_id: int) -> Counters:
    """How many gave each mood."""
    row = tx.get_one(PulseCounterRow, checkin_id)
    return Counters(row.mood_1, row.mood_2, row.mood_3, row.mood_4, row.mood_5)


def slips(tx: Session, checkin_id: int) -> tuple[str, ...]:
    """What was written, sorted by its words: the order says nothing."""
    query = select(CheckInSlipRow.body).where(
        CheckInSlipRow.checkin_id == checkin_id, col(CheckInSlipRow.filled)
    )
    return tuple(sorted(body.decode().rstrip() for body in tx.exec(query)))


def answered(tx: Session, checkin_id: int) -> frozenset[str]:
    """Who has answered. For the guard of core.pulse alone; it is never shown to anyone."""
    query = select(CheckInPersonRow.user_id).where(
        CheckInPersonRow.checkin_id == checkin_id, col(CheckInPersonRow.answered)
    )
    return frozenset(tx.exec(query))


def discard(tx: Session, checkin_id: int, receipts: bool) -> None:
    """Delete slips and counters, and the receipts too when nothing needs them any more."""
    tx.exec(delete(CheckInSlipRow).where(col(CheckInSlipRow.checkin_id) == checkin_id))
    tx.exec(delete(PulseCounterRow).where(col(PulseCounterRow.checkin_id) == checkin_id))
    if receipts:
        tx.exec(delete(CheckInPersonRow).where(col(CheckInPersonRow.checkin_id) == checkin_id))


def _blank(team_id: str, checkin_id: int, slip: int, slip_bytes: int) -> CheckInSlipRow:
    body = b" " * slip_bytes
    return CheckInSlipRow(team_id=team_id, checkin_id=checkin_id, slip=slip, body=body)


def _slips(tx: Session, checkin_id: int) -> int:
    # The highest number is found in the key; counting would read every slip.
    highest = tx.connection().execute(_HIGHEST, {"of": checkin_id}).scalar()
    return 0 if highest is None else int(highest) + 1


def _fill(tx: Session, checkin_id: int, slip: int, body: bytes) -> bool:
    return _one(tx, _FILL, of=checkin_id, number=slip, words=body)


def _one(tx: Session, query: Update, **values: object) -> bool:
    result = tx.connection().execute(query, values)
    assert isinstance(result, CursorResult)
    return result.rowcount == 1
