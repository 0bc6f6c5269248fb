"""The engine and `transaction()`: SQLite made to behave, Postgres as it is."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, DBAPIError
from sqlmodel import Session, create_engine, text

from storage.platform import limited
from storage.platform.deadline import Deadline
from storage.platform.files import FileGone, Opened, keep_private
from storage.platform.presence import Presence, first_line

READ_ONLY = "kettle_read_only"
BUSY_MILLISECONDS = limited.BUSY_MILLISECONDS


class DatabaseUnreachable(Exception):
    """The database in DATABASE_URL cannot be reached."""


class Database:
    """One database; hand it round, and open transactions on it.

    `url` is SQLAlchemy's, `sqlite:///…` or `postgresql+psycopg://…` (a bare `postgres://` or
    `postgresql://` is taken to mean the latter). Raises DatabaseUnreachable for a URL that
    cannot be read.
    """

    _deadline: Deadline | None = None  # of whoever waits; see `within`
    file: Opened | None = None  # SQLite's

    def __init__(self, url: str) -> None:
        try:
            parsed = make_url(url)
        except ArgumentError as error:
            raise DatabaseUnreachable(
                "DATABASE_URL is not a database address, such as sqlite:////var/lib/kettle.db."
            ) from error
        if parsed.drivername in {"postgres", "postgresql"}:
            parsed = parsed.set(drivername="postgresql+psycopg")
        self.url = parsed
        self.is_sqlite = parsed.get_backend_name() == "sqlite"
        if parsed.get_backend_name() not in {"sqlite", "postgresql"}:
            raise DatabaseUnreachable("DATABASE_URL must name a SQLite or a Postgres database.")
        if self.is_sqlite and parsed.database and parsed.database != ":memory:":
            file = Path(parsed.database)
            try:
                keep_private(file)
            except OSError as error:
                what = "file" if str(error.filename) == str(file) else "folder"
                raise DatabaseUnreachable(
                    f"The {what} {error.filename} for the database cannot be made: "
                    f"{error.strerror}."
                ) from error
            self.file = Opened(file)
        self.engine = _engine(parsed, self.is_sqlite)
        self.presence = Presence()
        if self.is_sqlite:
            # SQLite would make a new file where there is none, and write on to one that is gone.
            event.listen(self.engine, "do_connect", self._require_file)
            event.listen(self.engine, "commit", self._require_file)

    def within(self, deadline: Deadline) -> Database:
        """The same database for somebody who waits: what is not stored in time is not stored.

        Until the deadline is lifted its transactions raise Unsaved, or InDoubt, where the database
        is too slow or away, and its reads raise Unsaved.
        """
        hurried = copy(self)
        hurried._deadline = deadline
        return hurried

    def stored_by_another(self) -> None:
        """Somebody else's transaction has stored what was to be stored here."""
        if self._deadline is not None:
            self._deadline.stored += 1

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """Everything inside happens, or none of it. Never open one across a Slack call."""
        with self.presence.noted(writing=True):
            if self._deadline is not None and not self._deadline.lifted:
                with limited.transaction(self.engine, self.is_sqlite, self._deadline) as hurried:
                    yield hurried
                return
            with Session(self.engine, expire_on_commit=False) as session, session.begin():
                yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A consistent look that waits for nobody; nothing written inside is kept."""
        with (
            self.presence.noted(writing=False),
            limited.reading(self._deadline),
            self.engine.connect().execution_options(**{READ_ONLY: True}) as connection,
            Session(connection, expire_on_commit=False) as session,
        ):
            yield session

    def check(self) -> None:
        """Raise DatabaseUnreachable, with one sentence, when no query gets through."""
        try:
            with self.engine.connect() as connection:
                connection.execute(text("SELECT 1"))
        except (DBAPIError, sqlite3.Error) as error:
            place = self.url.render_as_string(hide_password=True)
            what = "is no database" if "not a database" in str(error) else "does not answer"
            raise DatabaseUnreachable(f"The database at {place} {what}.") from error

    def look(self) -> None:
        """Raise FileGone when SQLite's file is not the one any more that was opened."""
        try:
            self._require_file()
        except FileGone as error:
            self.presence.gone(error, writing=True)
            raise

    def damage(self) -> str | None:
        """The first thing that is wrong inside SQLite's file, in its words; None: it is whole."""
        if not self.is_sqlite:
            return None
        try:
            with self.reading() as tx:
                found = str(tx.execute(text("PRAGMA quick_check(1)")).scalar())
        except DatabaseError as error:
            return first_line(error)
        return None if found == "ok" else found

    def refusal(self) -> str | None:
        """Why it takes no writes just now, in the driver's words; None: it does. Keeps nothing."""
        try:
            with self.transaction() as tx:
                tx.execute(text("UPDATE workspaces SET name = name"))
                tx.rollback()
        except (DBAPIError, sqlite3.Error, FileGone) as error:
            return first_line(error)
        return None

    def _require_file(self, *_of_the_event: object) -> None:
        if self.file is not None:
            self.file.require()

    def close(self) -> None:
        """Give all connections back."""
        self.engine.dispose()


def _engine(url: Any, is_sqlite: bool) -> Engine:
    # A statement that fails is logged, but never with what people wrote.
    discreet = partial(create_engine, url, hide_parameters=True)
    if not is_sqlite:
        return discreet(pool_pre_ping=True, pool_size=5, max_overflow=15)
    engine = discreet(
        connect_args={"check_same_thread": False, "timeout": BUSY_MILLISECONDS / 1000}
    )
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)
    return engine


def _on_connect(connection: sqlite3.Connection, _record: object) -> None:
    # Python's driver does not send BEGIN before a savepoint: a rolled-back savepoint would
    # outlive its transaction. Its own BEGIN is switched off; ours is sent in _on_begin.
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        f"busy_timeout={BUSY_MILLISECONDS}",
        "foreign_keys=ON",
        "synchronous=NORMAL",
        "secure_delete=ON",  # what is erased is overwritten, not just unlinked
    ):
        connection.execute(f"PRAGMA {pragma}")


def _on_begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    if options.get(READ_ONLY, False):
        # By the driver alone: nothing can go wrong with it, and it is a good part of a small read.
        connection.connection.cursor().execute("BEGIN")
        return
    # IMMEDIATE takes the write lock at once: two writers queue instead of failing half-way.
    with limited.patience(connection, options.get(limited.PATIENCE)):
        connection.exec_driver_sql("BEGIN IMMEDIATE")
