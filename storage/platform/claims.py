"""Writing where somebody else may be faster: the database says who was, and only that is caught.

What is looked at in order to be changed is held first (`held`): a second one waits, and then reads
what the first one wrote. Whoever holds several things takes them in one order (`ORDER`), so that
no two wait for each other (docs/decisions/0010-one-at-a-time.md).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any, TypeVar

from sqlalchemy import inspect
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, SQLModel
from sqlmodel.sql.expression import SelectOfScalar

Row = TypeVar("Row", bound=SQLModel)
ORDER = (
    "channels",
    "checkins",
    "checkin_answers",
    "checkin_items",
    "hands",
    "meetings",
    "round_packs",
    "people",
    "impromptu_queue",
    "searches",
    "deliveries",
)
"""In which order tables are held and changed; several rows of one in the order of their keys."""
# What SQLite and Postgres call a second row where there may be one.
_TWICE = {"SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY", "23505"}


def claim(tx: Session, row: SQLModel) -> bool:
    """Write this new row; False when one that excludes it is there already."""
    try:
        with tx.begin_nested():  # only this insert may lose the race
            tx.add(row)
    except IntegrityError as error:
        if not _is_second(error):
            raise
        return False
    return True


def found_or_new(tx: Session, blank: Row) -> Row:
    """The row with the key of `blank`, which is written when there is none."""
    key = inspect(type(blank)).primary_key_from_instance(blank)
    row = tx.get(type(blank), tuple(key))
    if row is None and not claim(tx, blank):
        row = tx.get_one(type(blank), tuple(key))
    return row or blank


def add_new(tx: Session, table: type[SQLModel], rows: Sequence[dict[str, Any]]) -> None:
    """Write these rows, but for those that are there already."""
    dialect = {"sqlite": sqlite, "postgresql": postgresql}[tx.get_bind().dialect.name]
    if rows:
        tx.execute(dialect.insert(table).on_conflict_do_nothing(), list(rows))


def held(tx: Session, table: type[Row], key: Any) -> Row | None:
    """The row as it is now, held until the transaction ends: who wants to hold it too waits.

    For what is looked at in order to be changed. On SQLite a transaction that writes is alone
    anyway.
    """
    return tx.get(table, key, populate_existing=True, with_for_update=True)


def held_all(tx: Session, query: SelectOfScalar[Row]) -> list[Row]:
    """The same for many rows; the query has them in the order of their keys."""
    fresh = query.with_for_update().execution_options(populate_existing=True)
    return list(tx.exec(fresh))


def _is_second(error: IntegrityError) -> bool:
    if isinstance(error.orig, sqlite3.IntegrityError):
        return error.orig.sqlite_errorname in _TWICE
    return getattr(error.orig, "sqlstate", None) in _TWICE
