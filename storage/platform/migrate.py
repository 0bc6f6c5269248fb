"""Bringing a database to the newest schema, and saying which one it has."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from storage.platform.database import Database

MIGRATIONS = Path(__file__).parents[1] / "migrations"


def upgrade(db: Database) -> None:
    """Run every migration that this database has not seen; does nothing when it is up to date."""
    if revision(db) == newest():
        return
    with db.engine.connect() as connection, _foreign_keys_off(db, connection):
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        connection.commit()


@contextmanager
def _foreign_keys_off(db: Database, connection: Connection) -> Iterator[None]:
    """SQLite alters a table by copying it: meanwhile, rows that refer to it refer to nothing."""
    if not db.is_sqlite:
        yield
        return
    raw = connection.connection.dbapi_connection
    assert isinstance(raw, sqlite3.Connection)
    raw.execute("PRAGMA foreign_keys=OFF")  # it is deaf to this inside a transaction
    try:
        yield
    finally:
        connection.rollback()
        raw.execute("PRAGMA foreign_keys=ON")


def revision(db: Database) -> str | None:
    """The revision this database has; None for an empty one."""
    with db.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


@cache
def newest() -> str | None:
    """The revision this version of Kettle needs."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config
