"""Transactions that somebody waits for: stored in time, or not at all, or said to be in doubt."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from sqlmodel import Session

from storage.platform.deadline import Deadline, InDoubt, Unsaved
from storage.platform.files import FileGone

BUSY_MILLISECONDS = 10_000  # how long a writer waits for another before giving up
PATIENCE = "kettle_patience"  # the same for one transaction, in milliseconds
LOOKS = 20  # how often what became of a commit is asked
AWAY = (OperationalError, InterfaceError, NoConnectionFree, FileGone)
_HURRY = text(
    "SELECT set_config('lock_timeout', :left, true), set_config('statement_timeout', :left, true),"
    " pg_current_xact_id()::text"
)
_BECAME = text("SELECT pg_xact_status(CAST(:number AS xid8))")  # Postgres 13 and newer


@contextmanager
def transaction(engine: Engine, is_sqlite: bool, deadline: Deadline) -> Iterator[Session]:
    """Everything inside happens by the deadline, or nothing does. Raises Unsaved and InDoubt.

    The deadline is looked at inside, after the last write: whoever is told "not saved" may rely
    on it. When the connection breaks while it commits, the database is asked what became of it.
    """
    with Session(engine, expire_on_commit=False) as session:
        number = _begin(session, is_sqlite, deadline)
        try:
            yield session
            session.flush()
            deadline.require()
        except AWAY as error:
            session.rollback()
            raise Unsaved(str(error.__class__.__name__)) from error
        except BaseException:
            session.rollback()
            raise
        try:
            session.commit()
        except FileGone as error:
            session.rollback()
            raise Unsaved("not committed") from error
        except DBAPIError as error:
            session.invalidate()  # a connection with an open transaction goes back to nobody
            _look(engine, number, error)
        deadline.stored += 1


@contextmanager
def reading(deadline: Deadline | None) -> Iterator[None]:
    """A database that is away is told as Unsaved to whoever waits."""
    if deadline is None or deadline.lifted:
        yield
        return
    try:
        yield
    except AWAY as error:
        raise Unsaved(str(error.__class__.__name__)) from error


@contextmanager
def patience(connection: Connection, milliseconds: int | None) -> Iterator[None]:
    """Wait no longer than this for SQLite's one writer."""
    if milliseconds is None:
        yield
        return
    connection.exec_driver_sql(f"PRAGMA busy_timeout={milliseconds}")
    try:
        yield
    finally:
        connection.exec_driver_sql(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}")


def _begin(session: Session, is_sqlite: bool, deadline: Deadline) -> str:
    """Start the transaction; its number on Postgres."""
    left = deadline.require()
    milliseconds = BUSY_MILLISECONDS if left is None else max(1, int(left * 1000))
    try:
        if is_sqlite:
            session.connection(execution_options={PATIENCE: milliseconds})
            return ""
        return str(session.execute(_HURRY, {"left": str(milliseconds)}).one()[2])
    except (*AWAY, sqlite3.OperationalError) as error:
        session.rollback()
        raise Unsaved(str(error.__class__.__name__)) from error


def _look(engine: Engine, number: str, error: DBAPIError) -> None:
    """Return when the transaction is stored. Raises Unsaved when it is not, InDoubt otherwise."""
    if not number:
        raise Unsaved("not committed") from error  # SQLite: a commit that fails changes nothing
    became: object = "in progress"
    for _ in range(LOOKS):
        if became != "in progress":  # else Postgres has yet to notice that nobody is there
            break
        try:
            with engine.connect() as connection:
                became = connection.execute(_BECAME, {"number": number}).scalar()
        except AWAY as silence:
            raise InDoubt from silence
    if became == "aborted":
        raise Unsaved("not committed") from error
    if became != "committed":
        raise InDoubt from error
