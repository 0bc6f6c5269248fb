"""Fixtures for tests that go through the front door."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.database import Database
from storage.migrate import upgrade
from tests.town import Town


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    """A new SQLite file."""
    return f"sqlite:///{tmp_path}/kettle.db"


@pytest.fixture
def db(database_url: str) -> Iterator[Database]:
    """A new database on the newest schema."""
    database = Database(database_url)
    upgrade(database)
    yield database
    database.close()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def any_url(request: pytest.FixtureRequest, database_url: str) -> str:
    """A new SQLite file, and then a new Postgres database."""
    if request.param == "sqlite":
        return database_url
    return str(request.getfixturevalue("postgres_url"))


@pytest.fixture
def any_db(any_url: str) -> Iterator[Database]:
    """A new database on the newest schema, on SQLite and on Postgres."""
    database = Database(any_url)
    upgrade(database)
    yield database
    database.close()


@pytest.fixture
def any_town(any_url: str) -> Iterator[Town]:
    """A town on SQLite, and one on Postgres."""
    it = Town(any_url)
    yield it
    it.close()


@pytest.fixture
def town(database_url: str) -> Iterator[Town]:
    """A town on a Monday at 9:00 in Berlin, with nobody in it yet."""
    it = Town(database_url)
    yield it
    it.close()
