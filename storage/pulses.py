"""Answers without a name: receipts, counters and slips, and a database file that tells no order.

Three things could link a person to what they said: rows beside each other, rows in the order in
which they came, and the change from one state of the file to the next. So receipts, counters and
slips are apart; every receipt and slip is there from the start and keeps its place and size; and
the write-ahead log, which holds the steps between states, is emptied after every answer (`seal`).
What an operator can still learn stands in docs/privacy.md.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from random import Random
from weakref import WeakKeyDictionary

from sqlalchemy import CursorResult, Engine, Update, update
from sqlmodel import Session, col, delete, func, select

from core.pulse import Counters
from storage.checkin_models import CheckInPersonRow, CheckInSlipRow, PulseCounterRow
from storage.database import BUSY_MILLISECONDS, Database

PATIENCE_MILLISECONDS = 200
PROBES = 32  # blind picks of a slip before the blank ones are looked up
TABLES = ("checkin_people", "checkin_slips", "pulse_counters")


class SlipTooLong(ValueError):
    """The words do not fit on a slip."""


def invite(tx: Session, checkin_id: int, user_ids: Iterable[str], slip_bytes: int) -> int:
    """Write everybody's receipt (not ticked) and as many blank slips; returns how many."""
    invited = sorted(set(user_ids))
    tx.add(PulseCounterRow(checkin_id=checkin_id))
    tx.flush()
    tx.add_all(CheckInPersonRow(checkin_id=checkin_id, user_id=user_id) for user_id in invited)
    tx.add_all(_blank(checkin_id, slip, slip_bytes) for slip in range(len(invited)))
    tx.flush()
    return len(invited)


def invite_late(tx: Session, checkin_id: int, user_id: str, slip_bytes: int) -> bool:
    """Somebody joined after the question was posted: a receipt and a slip more.

    Done when they open the form and not when they answer. False when they are on the list.
    """
    if tx.get(CheckInPersonRow, (checkin_id, user_id)) is not None:
        return False
    slips = select(func.count()).where(CheckInSlipRow.checkin_id == checkin_id)
    tx.add(CheckInPersonRow(checkin_id=checkin_id, user_id=user_id))
    tx.add(_blank(checkin_id, int(tx.exec(slips).one()), slip_bytes))
    tx.flush()
    return True


def tick(tx: Session, checkin_id: int, user_id: str) -> bool:
    """This person has answered; False when they had already, or are not on the list."""
    return _one(
        tx,
        update(CheckInPersonRow)
        .where(
            col(CheckInPersonRow.checkin_id) == checkin_id,
            col(CheckInPersonRow.user_id) == user_id,
            col(CheckInPersonRow.answered).is_(False),
        )
        .values(answered=True),
    )


def has_answered(tx: Session, checkin_id: int, user_id: str) -> bool | None:
    """Whether the person's receipt is ticked; None when they have none."""
    row = tx.get(CheckInPersonRow, (checkin_id, user_id))
    return row.answered if row else None


def count_mood(tx: Session, checkin_id: int, mood: int) -> None:
    """One more person gave this mood (1 to 5)."""
    counter = {1: "mood_1", 2: "mood_2", 3: "mood_3", 4: "mood_4", 5: "mood_5"}[mood]
    column = col(getattr(PulseCounterRow, counter))
    _one(
        tx,
        update(PulseCounterRow)
        .where(col(PulseCounterRow.checkin_id) == checkin_id)
        .values({column: column + 1}),
    )


def put_slip(tx: Session, checkin_id: int, words: str, slip_bytes: int, chance: Random) -> None:
    """Write on a blank slip that chance picks. Raises SlipTooLong."""
    body = words.encode()
    if len(body) > slip_bytes:
        raise SlipTooLong(len(body))
    body = body.ljust(slip_bytes)
    query = select(func.count()).where(CheckInSlipRow.checkin_id == checkin_id)
    number = int(tx.exec(query).one())
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


@dataclass(slots=True)
class _Turns:
    """Who writes when, and up to which answer the log was emptied, in this process."""

    writing: threading.Lock = field(default_factory=threading.Lock)
    sealing: threading.Lock = field(default_factory=threading.Lock)
    written: int = 1  # a log left behind by a process that died counts as written
    sealed: int = 0


_TURNS: WeakKeyDictionary[Engine, _Turns] = WeakKeyDictionary()
_TURNS_LOCK = threading.Lock()


@contextmanager
def answering(db: Database) -> Iterator[Session]:
    """A transaction for one answer without a name; afterwards the file does not show the step.

    Answers of this process wait for each other in line, which SQLite would do by guessing.
    """
    turns = _turns(db)
    with turns.writing:
        with db.transaction() as tx:
            yield tx
        turns.written += 1
        mine = turns.written
    seal(db, mine)


def seal(db: Database, up_to: int | None = None) -> bool:
    """Move every step into the main file and empty the write-ahead log (SQLite).

    Answers that wait for it together are sealed together. False when a reader is in the way:
    the next answer or heartbeat tries again. On Postgres nothing happens here (see `sweep`).
    """
    if not db.is_sqlite:
        return True
    turns = _turns(db)
    with turns.sealing:
        goal = turns.written
        if turns.sealed >= (goal if up_to is None else up_to):
            return True
        if not _emptied_log(db):
            return False
        turns.sealed = goal
    return True


def _emptied_log(db: Database) -> bool:
    connection = db.engine.raw_connection()  # a checkpoint runs outside transactions
    try:
        cursor = connection.cursor()
        # While it waits for readers nobody can write: people are answering, so not for long.
        cursor.execute(f"PRAGMA busy_timeout={PATIENCE_MILLISECONDS}")
        busy = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        cursor.execute(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}")
    finally:
        connection.close()
    return not busy


def sweep(db: Database) -> None:
    """Have Postgres clear away the old versions of rows, which keep the steps between states."""
    if db.is_sqlite:
        return
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for table in TABLES:
            connection.exec_driver_sql(f"VACUUM {table}")


def _turns(db: Database) -> _Turns:
    with _TURNS_LOCK:
        return _TURNS.setdefault(db.engine, _Turns())


def _blank(checkin_id: int, slip: int, slip_bytes: int) -> CheckInSlipRow:
    return CheckInSlipRow(checkin_id=checkin_id, slip=slip, body=b" " * slip_bytes)


def _fill(tx: Session, checkin_id: int, slip: int, body: bytes) -> bool:
    return _one(
        tx,
        update(CheckInSlipRow)
        .where(
            col(CheckInSlipRow.checkin_id) == checkin_id,
            col(CheckInSlipRow.slip) == slip,
            col(CheckInSlipRow.filled).is_(False),
        )
        .values(filled=True, body=body),
    )


def _one(tx: Session, query: Update) -> bool:
    result = tx.connection().execute(query)
    assert isinstance(result, CursorResult)
    return result.rowcount == 1
