"""Whether the database is there: told to the log once when it goes, and once when it is back."""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from storage.platform.deadline import InDoubt, Unsaved
from storage.platform.files import FileGone

log = logging.getLogger("kettle.database")
# SQLite's primary result codes (sqlite.org/rescode.html) that tell of the file, not of a statement.
BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
NO_FILE = BUSY | {
    sqlite3.SQLITE_PERM, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PROTOCOL, sqlite3.SQLITE_NOTADB,
}  # fmt: skip
# Postgres' classes (its manual, appendix A): connection, resources, shutdown, system, corruption.
NO_SERVER = ("08", "53", "57P", "58", "XX", "25006")


def is_away(error: BaseException | None) -> bool:
    """Whether it says that the database is away, rather than that something is wrong with us.

    Whoever waits gives up on a SQLite that somebody else writes to long before it counts as away.
    """
    if isinstance(error, Unsaved | InDoubt):
        return is_away(error.__cause__) and _code(error.__cause__) not in BUSY
    if isinstance(error, NoConnectionFree | FileGone):
        return True
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, sqlite3.Error):
        return _code(error) in NO_FILE
    if not isinstance(error, DBAPIError):
        return False
    state = getattr(cause, "sqlstate", None)
    if state is None:  # nobody answered who could have given one
        return type(cause).__name__ in {"OperationalError", "InterfaceError"}
    return str(state).startswith(NO_SERVER)


def _code(error: BaseException | None) -> int | None:
    cause = error.orig if isinstance(error, DBAPIError) else error
    code = getattr(cause, "sqlite_errorcode", None)
    return None if code is None else code & 0xFF  # the rest of it is the extended code


class Presence:
    """What those who asked the database last have found; for any number of threads.

    A database that takes no writes may still be read: only a write shows that it is back.
    """

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._since: float | None = None
        self._unwritable = False

    @property
    def away(self) -> bool:
        """Whether it was away when it was last asked."""
        return self._since is not None

    @contextmanager
    def noted(self, writing: bool) -> Iterator[None]:
        """What happens inside shows whether the database is there."""
        try:
            yield
        except Exception as error:
            if is_away(error):
                self.gone(error, writing)
            elif isinstance(error, Unsaved | InDoubt) and not self.away:
                log.warning("not stored in time error=%r", error.__cause__ or error)
            raise
        if self.away:
            self._there(writing)

    def gone(self, error: Exception, writing: bool) -> None:
        """It is away: somebody who asked it, or was about to, has found this error."""
        with self._lock:
            self._unwritable = self._unwritable or writing or isinstance(error, FileGone)
            if self._since is not None:
                return
            self._since = self._clock()
        log.error("the database is away error=%s", first_line(error))

    def _there(self, writing: bool) -> None:
        with self._lock:
            if self._since is None or (self._unwritable and not writing):
                return
            seconds = self._clock() - self._since
            self._since, self._unwritable = None, False
        log.warning("the database is back seconds=%.0f", seconds)


def first_line(error: BaseException) -> str:
    """The driver's own words, of one line: they know nothing of what was to be stored."""
    if isinstance(error, Unsaved | InDoubt) and error.__cause__ is not None:
        return first_line(error.__cause__)
    cause = error.orig if isinstance(error, DBAPIError) else error
    return (str(cause).splitlines() or [type(cause).__name__])[0]
