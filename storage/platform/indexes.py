"""Indexes that one kind of database has and the other has not."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Index

ONLY = "only"  # in an index's `info`: the dialect that has it


def postgres_only(index: Index) -> Index:
    """This index is made on Postgres alone; its migration asks for the dialect as well."""
    index.info[ONLY] = "postgresql"
    return index.ddl_if(dialect="postgresql")


def of_dialect(dialect: str) -> Callable[[object, str | None, str, bool, object], bool]:
    """Alembic's `include_object`: everything that a database of this dialect should have."""

    def included(thing: object, *_: object) -> bool:
        return not isinstance(thing, Index) or thing.info.get(ONLY, dialect) == dialect

    return included
