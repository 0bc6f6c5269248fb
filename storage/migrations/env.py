"""Runs migrations on the connection that storage.migrate hands over."""

from typing import Literal

from alembic import context
from sqlmodel import AutoString, SQLModel

import storage.tables  # noqa: F401  every table must be known before metadata is compared
from storage.platform.indexes import of_dialect
from storage.platform.types import Word


def _plain_names(kind: str, thing: object, _context: object) -> str | Literal[False]:
    """Strings of SQLModel and words of ours are plain Strings to a migration: it needs neither."""
    if kind == "type" and isinstance(thing, AutoString | Word):
        return "sa.String()"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_item=_plain_names,
    include_object=of_dialect(context.config.attributes["connection"].dialect.name),
    render_as_batch=True,  # SQLite alters a table by copying it
)
with context.begin_transaction():
    context.run_migrations()
