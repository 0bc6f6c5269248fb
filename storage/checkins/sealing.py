"""Taking turns at writing answers without names, so that no step between states is kept.

The change from one state of the database file to the next would link a person to what they said.
So answers that come together are written together, and the write-ahead log, which holds the
steps, is emptied after each turn. What is written stands in `pulses`, and what an operator
can still learn in docs/privacy.md.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from sqlalchemy import Engine
from sqlmodel import Session

from storage.platform.database import BUSY_MILLISECONDS, Database

PATIENCE_MILLISECONDS = 200
TABLES = ("checkin_people", "checkin_slips", "pulse_counters")

Look = Callable[[Session], Callable[[], None]]
"""Looks whether an answer may be recorded (and raises if not); returns what writes it."""


@dataclass(slots=True)
class _Job:
    """One answer that waits to be recorded, and what came of it."""

    look: Look
    done: bool = False
    trouble: Exception | None = None


@dataclass(slots=True)
class _Turns:
    """Who writes when in this process, and whether the log holds steps."""

    writing: threading.Lock = field(default_factory=threading.Lock)
    waiting: deque[_Job] = field(default_factory=deque)
    written: bool = True  # a log left behind by a process that died counts as written


_TURNS: WeakKeyDictionary[Engine, _Turns] = WeakKeyDictionary()
_TURNS_LOCK = threading.Lock()


def record(db: Database, look: Look) -> None:
    """Record one answer; returns when it is safe, or raises what `look` or its writing raises.

    Answers that wait for each other are written and sealed together: the more people answer at
    once, the fewer steps there are, and the less each of them costs.
    """
    turns, job = _turns(db), _Job(look)
    turns.waiting.append(job)
    with turns.writing:
        written_for_us = job.done
        if not job.done:
            jobs = [turns.waiting.popleft() for _ in range(len(turns.waiting))]
            if not _write(db, jobs):
                for one in jobs:  # one of them broke: each by itself, so that it breaks alone
                    _write(db, [one])
            for one in jobs:
                one.done = True
            turns.written = True
            _seal(db, turns)
    if job.trouble is not None:
        raise job.trouble
    if written_for_us:
        db.stored_by_another()


def _write(db: Database, jobs: list[_Job]) -> bool:
    """All of them in one transaction; False when nothing was recorded because one broke."""
    try:
        with db.transaction() as tx:
            for job in jobs:
                job.trouble = None
                try:
                    write = job.look(tx)
                except Exception as refusal:  # noqa: BLE001  raised again where it belongs
                    job.trouble = refusal
                else:
                    write()
    except Exception as trouble:  # noqa: BLE001  raised again where it belongs
        for job in jobs:
            job.trouble = trouble
        return False
    return True


@contextmanager
def answering(db: Database) -> Iterator[Session]:
    """A transaction about answers without names; afterwards the file does not show the step."""
    turns = _turns(db)
    with turns.writing:
        with db.transaction() as tx:
            yield tx
        turns.written = True
        _seal(db, turns)


def seal(db: Database) -> bool:
    """Move every step into the main file and empty the write-ahead log (SQLite).

    False when a reader is in the way: the next answer or heartbeat tries again. On Postgres
    nothing happens here (see `sweep`).
    """
    turns = _turns(db)
    with turns.writing:
        return _seal(db, turns)


def _seal(db: Database, turns: _Turns) -> bool:
    if db.is_sqlite and turns.written:
        turns.written = not _emptied_log(db)
    return not (db.is_sqlite and turns.written)


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
