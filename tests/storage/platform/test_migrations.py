"""The migrations build exactly the models."""

import re

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import (
    CheckConstraint,
    Column,
    Connection,
    Index,
    MetaData,
    String,
    Table,
    inspect,
)
from sqlmodel import SQLModel, text

import storage.tables  # noqa: F401  so that the metadata knows every table
from storage.platform import migrate
from storage.platform.database import Database
from storage.platform.indexes import of_dialect, postgres_only


def differing(connection: Connection, metadata: MetaData) -> list[object]:
    """What the schema has and the models have not, or the other way round."""
    included = of_dialect(connection.dialect.name)
    options = {"compare_type": True, "include_object": included}
    context = MigrationContext.configure(connection, opts=options)
    return list(compare_metadata(context, metadata))


def test_an_index_for_postgres_alone_is_missed_there_and_nowhere_else(empty_url: str) -> None:
    metadata = MetaData()
    table = Table("teas", metadata, Column("name", String()))
    table.append_constraint(postgres_only(Index("ix_teas", table.c.name)))
    db = Database(empty_url)
    with db.engine.begin() as connection:
        metadata.create_all(connection)
        assert differing(connection, metadata) == []
        if db.is_sqlite:
            assert inspect(connection).get_indexes("teas") == []
        else:
            connection.execute(text("DROP INDEX ix_teas"))
            assert differing(connection, metadata) != []
    db.close()


def test_migrations_build_exactly_the_models(empty_url: str) -> None:
    db = Database(empty_url)
    migrate.upgrade(db)

    def differences() -> list[object]:
        with db.engine.connect() as connection:
            return differing(connection, SQLModel.metadata)

    assert differences() == []
    with db.engine.begin() as connection:
        connection.execute(text("ALTER TABLE people ADD COLUMN favourite_tea VARCHAR"))
    assert differences() != []  # a stray column would be seen
    db.close()


def words(condition: object) -> set[str]:
    """The words that a condition lets pass, however a database writes it."""
    return set(re.findall(r"'(\w+)'", str(condition)))


def test_the_database_lets_the_words_of_the_models_pass_and_no_others(any_db: Database) -> None:
    wanted = {
        (table.name, str(check.name)): words(check.sqltext)
        for table in SQLModel.metadata.sorted_tables
        for check in table.constraints
        if isinstance(check, CheckConstraint)
    }
    found = {
        (table, str(check["name"])): words(check["sqltext"])
        for table in SQLModel.metadata.tables
        for check in inspect(any_db.engine).get_check_constraints(table)
    }
    assert found == wanted


def test_an_index_of_some_rows_is_one_of_the_same_rows_in_the_models(any_db: Database) -> None:
    dialect = any_db.engine.dialect.name
    for table in SQLModel.metadata.sorted_tables:
        wanted = {
            str(index.name): words(index.dialect_options[dialect]["where"])
            for index in table.indexes
            if index.dialect_options[dialect]["where"] is not None
        }
        found = {
            str(index["name"]): words(index["dialect_options"][f"{dialect}_where"])
            for index in inspect(any_db.engine).get_indexes(table.name)
            if f"{dialect}_where" in index.get("dialect_options", {})
        }
        assert found == wanted, table.name


def test_migrating_twice_changes_nothing(any_db: Database) -> None:
    before = migrate.revision(any_db)
    migrate.upgrade(any_db)
    assert migrate.revision(any_db) == before == migrate.newest()


def test_every_row_is_keyed_by_its_workspace() -> None:
    without = [
        table.name for table in SQLModel.metadata.sorted_tables if "team_id" not in table.columns
    ]
    assert without == []
