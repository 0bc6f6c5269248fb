"""Fixtures for tests that go through the front door."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.platform.database import Database
from storage.platform.migrate import upgrade
from storage.platform.presence import Presence
from tests.lasting import goes_to, lasting
from tests.races import order
from tests.town import Town


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file on the newest schema, migrated once and copied for each test."""
    file = tmp_path_factory.mktemp("schema") / "migrated.db"
    database = Database(f"sqlite:///{file}")
    upgrade(database)
    with database.engine.connect() as connection:
        connection.exec_driver_sql("ROLLBACK")  # a checkpoint wants no transaction
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    return file


@pytest.fixture
def database_url(tmp_path: Path, migrated_file: Path) -> str:
    """A new SQLite file on the newest schema."""
    shutil.copy(migrated_file, tmp_path / "kettle.db")
    return f"sqlite:///{tmp_path}/kettle.db"


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database with nothing in it, on SQLite and on Postgres."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/empty.db"
    return str(request.getfixturevalue("empty_postgres_url"))


@pytest.fixture(scope="session")
def lasting_db(migrated_file: Path) -> Iterator[Database]:
    """An engine that keeps its compiled statements from test to test, each with its own file."""
    db = lasting(f"sqlite:///{migrated_file}")
    yield db
    db.close()


@pytest.fixture
def fresh_db(lasting_db: Database, database_url: str) -> Database:
    """A new SQLite file on the newest schema, behind the lasting engine."""
    lasting_db.presence = Presence()
    return goes_to(lasting_db, database_url)


@pytest.fixture
def db(fresh_db: Database) -> Iterator[Database]:
    """A new database on the newest schema."""
    yield fresh_db
    fresh_db.close()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def any_db(request: pytest.FixtureRequest) -> Iterator[Database]:
    """A database on the newest schema with nothing in it, on SQLite and on Postgres."""
    which = "fresh_db" if request.param == "sqlite" else "fresh_postgres"
    database: Database = request.getfixturevalue(which)
    yield database
    database.close()


@pytest.fixture
def any_town(any_db: Database) -> Iterator[Town]:
    """A town on SQLite, and one on Postgres."""
    it = Town(any_db.url.render_as_string(hide_password=False), db=any_db)
    with order.kept(any_db):
        yield it
    it.close()


@pytest.fixture
def town(fresh_db: Database) -> Iterator[Town]:
    """A town on a Monday at 9:00 in Berlin, with nobody in it yet."""
    it = Town(fresh_db.url.render_as_string(), db=fresh_db)
    yield it
    it.close()
