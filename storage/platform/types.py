"""Column types: instants that stay aware of UTC, words of a closed list; names for constraints."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Column,
    DateTime,
    Dialect,
    Index,
    String,
    Table,
    TextClause,
    TypeDecorator,
    event,
)
from sqlmodel import SQLModel

# Named from the first migration on, so that later migrations can drop what they must.
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Instant(TypeDecorator[datetime]):
    """An aware UTC datetime; a naive one is refused, because it could mean any hour."""

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        return dialect.type_descriptor(DateTime(timezone=dialect.name != "sqlite"))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a stored instant needs a time zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Word(TypeDecorator[StrEnum]):
    """A word of a closed list: a member of the enum here, its value in the column.

    Raises ValueError for any other word.
    """

    impl = String
    cache_ok = True

    def __init__(self, words: type[StrEnum]) -> None:
        super().__init__()
        self.words = words

    def process_bind_param(self, value: StrEnum | None, dialect: Dialect) -> str | None:
        return None if value is None else self.words(value).value

    def process_result_value(self, value: str | None, dialect: Dialect) -> StrEnum | None:
        return None if value is None else self.words(value)


def one_of(name: str, words: type[StrEnum], nullable: bool = False) -> Column[Any]:
    """A column of such words; the database itself refuses others, whoever writes them."""
    listed = ", ".join(f"'{word}'" for word in words)
    column: Column[Any] = Column(name, Word(words), nullable=nullable)

    def check(_: Column[Any], table: Table) -> None:
        table.append_constraint(CheckConstraint(f"{name} IN ({listed})", name=name))

    event.listen(column, "after_parent_attach", check)  # a check belongs to a table
    return column


def only_one(name: str, *columns: str, where: TextClause) -> Index:
    """Of the rows that meet this condition, the database takes one for each value of `columns`."""
    return Index(name, *columns, unique=True, sqlite_where=where, postgresql_where=where)
