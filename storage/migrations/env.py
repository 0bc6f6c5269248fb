"""Runs migrations on the connection that storage.migrate hands over."""

from alembic import context
from sqlmodel import SQLModel

import storage.tables  # noqa: F401  every table must be known before metadata is compared

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,  # SQLite alters a table by copying it
)
with context.begin_transaction():
    context.run_migrations()
