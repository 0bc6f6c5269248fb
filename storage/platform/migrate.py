"""Bringing a database to the newest schema, and saying which one it has."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from storage.platform.database import Database

MIGRATIONS = Path(__file__).parents[1] / "migrations"


def upgrade(db: Database) -> None:
    """Run every migration that this database has not seen; does nothing when it is up to date."""
    if revision(db) == newest():
        return
    with db.engine.connect() as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        connection.commit()


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
