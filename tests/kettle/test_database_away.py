"""A database that goes away for a while: one line in the log when it goes, one when it is back."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress

import pytest
from sqlalchemy import make_url
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from bot import trouble
from core.values import Place
from handlers.platform.door import explain
from kettle.scheduler import jobs
from storage.channels import channels
from storage.platform.database import Database
from storage.platform.presence import Presence, is_away
from tests.gathering import a_channel
from tests.lasting import goes_to

Away = Callable[[], AbstractContextManager[None]]


@contextmanager
def locked(db: Database) -> Iterator[None]:
    """Somebody else has the file for themselves; whoever wants it gives up soon."""
    url = db.url
    goes_to(db, f"{url}?timeout=0.01")
    other = sqlite3.connect(str(url.database), isolation_level=None)
    other.execute("PRAGMA locking_mode=EXCLUSIVE")
    other.execute("BEGIN EXCLUSIVE")
    try:
        yield
    finally:
        other.close()
        goes_to(db, str(url))


@contextmanager
def turned_away(db: Database, server) -> Iterator[None]:
    """The server hangs up, and takes no more connections to this database."""
    name = make_url(db.url).database
    server.psql(f"alter database {name} allow_connections false;")
    server.psql(f"select pg_terminate_backend(pid) from pg_stat_activity where datname='{name}';")
    try:
        yield
    finally:
        server.psql(f"alter database {name} allow_connections true;")


@pytest.fixture
def away(any_db: Database, request: pytest.FixtureRequest) -> Away:
    """Takes the database away for as long as one is inside."""
    if any_db.is_sqlite:
        return lambda: locked(any_db)
    server = request.getfixturevalue("postgres_server")
    return lambda: turned_away(any_db, server)


def beats(town, times: int = 3) -> None:
    for _ in range(times):
        for job in jobs(town.parts.worker):
            job()


def told(caplog: pytest.LogCaptureFixture) -> list[tuple[int, str, bool]]:
    """What an operator reads from INFO on: level, the first words, whether with a traceback."""
    return [
        (record.levelno, record.getMessage()[:24], record.exc_info is not None)
        for record in caplog.records
        if record.levelno >= logging.INFO
    ]


GOES = (logging.ERROR, "the database is away err", False)
COMES = (logging.WARNING, "the database is back sec", False)


def test_it_is_told_once_when_it_goes_and_once_when_it_is_back(any_town, away, caplog):
    _, (ana, bo, *_) = a_channel(any_town, 4)
    any_town.sim.settle = any_town.parts.executor.wait_idle
    caplog.clear()
    with away():
        beats(any_town)
        ana.types("/coffee pause 2w")
        bo.types("/coffee me")
        any_town.person("dee")  # Slack tells of it
        beats(any_town)
        assert told(caplog) == [GOES]
    beats(any_town)
    ana.types("/coffee pause 2w")
    assert told(caplog) == [GOES, COMES]


def test_who_presses_while_it_goes_is_told_what_is_known(any_db, away):
    with away(), pytest.raises(DBAPIError) as caught, any_db.transaction() as tx:
        channels.get(tx, Place("T1", "C1"))
    assert explain(caught.value) == trouble.in_doubt()


@pytest.mark.parametrize("writing", [False, True])
def test_only_a_write_shows_that_what_took_no_writes_is_back(writing):
    presence = Presence()
    with suppress(NoConnectionFree), presence.noted(writing=True):
        raise NoConnectionFree
    with presence.noted(writing=writing):
        pass
    assert presence.away is not writing


@pytest.mark.parametrize("state", ["40P01", "23505", "55P03", "57014"])
def test_a_statement_that_postgres_refused_is_no_database_that_is_away(state):
    class Refused(Exception):
        sqlstate = state

    assert not is_away(OperationalError("UPDATE", {}, Refused()))
