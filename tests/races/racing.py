"""Two at once, without chance: somebody else comes at one point of what the first one does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, event, text
from sqlmodel import Session

from bot.platform.services import Services
from storage.platform.database import Database

LOOKING = "FOR UPDATE"  # the statement with which somebody looks at what they are about to change
PATIENCE = 20  # seconds, for one who should have ended or be waiting long ago
_WAITING = text(
    "SELECT count(*) FROM pg_stat_activity"
    " WHERE datname = current_database() AND wait_event_type = 'Lock'"
)


class _Stopped(NamedTuple):
    at: datetime

    def now(self) -> datetime:
        return self.at


def as_of(services: Services, at: datetime) -> Services:
    """For somebody who looked at the clock then, and was kept waiting since."""
    return replace(services, clock=_Stopped(at))


@contextmanager
def listening(db: Database, **listeners: Callable[..., object]) -> Iterator[None]:
    """Each is told of the engine's events of its name."""
    for name, listener in listeners.items():
        event.listen(db.engine, name, listener)
    try:
        yield
    finally:
        for name, listener in listeners.items():
            event.remove(db.engine, name, listener)


class AfterLook(Database):
    """The same database, in which `other` happens once after a look, before anything is written.

    Also on SQLite, where whoever writes is alone, and whoever only looks is not.
    """

    def __init__(self, db: Database, other: Callable[[], object]) -> None:
        self.url, self.is_sqlite, self.engine = db.url, db.is_sqlite, db.engine
        self.presence = db.presence
        self._others = [other]

    @contextmanager
    def reading(self) -> Iterator[Session]:
        with super().reading() as tx:
            yield tx
        if self._others:
            self._others.pop()()


@contextmanager
def just_before(db: Database, statement: str, other: Callable[[], object]) -> Iterator[None]:
    """Once, just before a statement with these words is sent, `other` happens, whole.

    It happens on another connection, in transactions of its own. Fails when no such statement
    was sent.
    """
    with _once(db, statement, other):
        yield


@contextmanager
def in_the_midst(
    db: Database, statement: str, other: Callable[[], object], done: bool = False
) -> Iterator[Future[object]]:
    """Once, just before a statement with these words is sent, `other` begins beside the first one.

    With `done` it begins when the first one has sent all its statements, just before they count.
    The first one goes on as soon as `other` has ended, or waits for what the first one holds.
    Yields what becomes of `other`; at the end both are done. Fails when no such statement was
    sent, and with whatever `other` raises.
    """
    came: Future[object] = Future()
    with ThreadPoolExecutor(1) as beside:

        def begin() -> None:
            running = beside.submit(other)
            running.add_done_callback(lambda ended: _pass_on(ended, came))
            _ended_or_waits(db, running)

        with _once(db, statement, begin, done):
            yield came
    came.result(PATIENCE)


@contextmanager
def _once(
    db: Database, statement: str, do: Callable[[], object], done: bool = False
) -> Iterator[None]:
    waiting, firsts = [do], []

    def look(connection: Connection, _cursor: object, sent: str, *_rest: object) -> None:
        if waiting and statement in sent:
            if done:
                firsts.append(connection)
            else:
                waiting.pop()()

    def end(connection: Connection) -> None:
        if waiting and connection in firsts:
            waiting.pop()()

    with listening(db, before_cursor_execute=look, commit=end):
        yield
    assert not waiting, f"nothing was sent with {statement!r}"


def _pass_on(ended: Future[object], came: Future[object]) -> None:
    trouble = ended.exception()
    if trouble is None:
        came.set_result(ended.result())
    else:
        came.set_exception(trouble)


def _ended_or_waits(db: Database, running: Future[object]) -> None:
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as watch:
        for _ in range(PATIENCE * 100):
            if wait([running], timeout=0.01).done or watch.scalar(_WAITING):
                return
    raise AssertionError("the other one neither ended nor waits for a lock")
