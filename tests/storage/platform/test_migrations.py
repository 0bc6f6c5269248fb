"""The migrations build exactly the models."""

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlmodel import SQLModel, text

import storage.tables  # noqa: F401  so that the metadata knows every table
from storage.platform import migrate
from storage.platform.database import Database


def test_migrations_build_exactly_the_models(empty_url: str) -> None:
    db = Database(empty_url)
    migrate.upgrade(db)

    def differences() -> list[object]:
        with db.engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": True})
            return list(compare_metadata(context, SQLModel.metadata))

    assert differences() == []
    with db.engine.begin() as connection:
        connection.execute(text("ALTER TABLE people ADD COLUMN favourite_tea VARCHAR"))
    assert differences() != []  # a stray column would be seen
    db.close()


def test_migrating_twice_changes_nothing(any_db: Database) -> None:
    before = migrate.revision(any_db)
    migrate.upgrade(any_db)
    assert migrate.revision(any_db) == before == migrate.newest()


def test_every_row_is_keyed_by_its_workspace() -> None:
    without = [
        table.name for table in SQLModel.metadata.sorted_tables if "team_id" not in table.columns
    ]
    assert without == []
