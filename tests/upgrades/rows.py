"""Databases of versions before: built from their files, and their rows read on any schema."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import JSON, Connection, Date, DateTime, LargeBinary, MetaData, Table, null, text

from storage.platform.database import Database
from storage.platform.migrate import MIGRATIONS

HERE = Path(__file__).parent
Row = Mapping[str, Any]
Rows = Mapping[str, list[Row]]
"""The rows of every table, by the table's name, in the order of their keys."""


@dataclass(frozen=True, slots=True)
class Version:
    """What one version left: its schema, its rows, and what Slack held at that instant."""

    revision: str
    at: datetime
    rows: Rows
    slack: Mapping[str, list[dict[str, Any]]]


def version(name: str) -> Version:
    """The version whose file has this name, such as "0_1_0"."""
    told = json.loads((HERE / f"{name}.json").read_text(encoding="utf-8"))
    rows: Rows = {
        table: [dict(zip(held["columns"], row, strict=True)) for row in held["rows"]]
        for table, held in told["tables"].items()
    }
    return Version(told["revision"], datetime.fromisoformat(told["at"]), rows, told["slack"])


def build(db: Database, of: Version) -> None:
    """Fill an empty database with the schema and the rows of that version."""
    with db.engine.connect() as connection:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["connection"] = connection
        command.upgrade(config, of.revision)
        for table in _tables(connection):
            if table.name in of.rows:
                rows = [_typed(table, row) for row in of.rows[table.name]]
                connection.execute(table.insert(), rows)
        if not db.is_sqlite:
            _count_on(connection)
        connection.commit()


def add_like(db: Database, of: Version, table: str, key: Row, **other: Any) -> None:
    """One more row, like the one of that version with this key but for these columns."""
    (like_this,) = [row for row in of.rows[table] if key.items() <= row.items()]
    with db.engine.begin() as connection:
        (there,) = [each for each in _tables(connection) if each.name == table]
        connection.execute(there.insert(), _typed(there, {**like_this, **other}))


def downgrade(db: Database, to: str) -> None:
    """Bring it back to this revision."""
    with db.engine.connect() as connection:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["connection"] = connection
        command.downgrade(config, to)
        connection.commit()


def rows_of(db: Database) -> Rows:
    """Every row of every table, as plain values that are the same on both databases."""
    with db.engine.connect() as connection:
        return {
            table.name: [
                {name: _plain(value) for name, value in row.items()}
                for row in connection.execute(
                    table.select().order_by(*table.primary_key.columns)
                ).mappings()
            ]
            for table in _tables(connection)
        }


def like(rows: Rows, before: Rows) -> Rows:
    """These rows, with the tables and columns of `before` only, if they are still there."""
    return {
        table: [
            {name: value for name, value in row.items() if name in before[table][0]}
            for row in found
        ]
        for table, found in rows.items()
        if table in before
    }


def _tables(connection: Connection) -> list[Table]:
    """The tables as they stand, whatever the models say; those that are referred to come first."""
    found = MetaData()
    found.reflect(connection)
    return [table for table in found.sorted_tables if table.name != "alembic_version"]


def _count_on(connection: Connection) -> None:
    # A sequence of Postgres does not know of the ids that were given by hand.
    for table in _tables(connection):
        if "id" in table.columns and table.columns["id"].autoincrement is True:
            sequence = f"pg_get_serial_sequence('{table.name}', 'id')"
            connection.execute(text(f"SELECT setval({sequence}, max(id)) FROM {table.name}"))


def _typed(table: Table, row: Row) -> dict[str, Any]:
    return {name: _value(table, name, value) for name, value in row.items()}


def _value(table: Table, name: str, value: Any) -> Any:
    kind = table.columns[name].type
    match kind:
        case JSON():
            return null() if value is None else value
        case _ if value is None:
            return None
        case DateTime():
            instant = datetime.fromisoformat(value)
            return instant if kind.timezone else instant.replace(tzinfo=None)
        case Date():
            return date.fromisoformat(value)
        case LargeBinary():
            return _bytes(value)
    return value


def _bytes(told: Mapping[str, Any]) -> bytes:
    """Bytes in hexadecimal, or words with blanks behind them up to a length (a slip)."""
    if "hex" in told:
        return bytes.fromhex(told["hex"])
    return str(told["words"]).encode().ljust(told["bytes"])


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(UTC)
    return bytes(value) if isinstance(value, memoryview) else value
