"""A database of the version before, with its schema and rows."""

import pytest

from storage.platform.database import Database
from tests.upgrades import rows


@pytest.fixture
def before() -> rows.Version:
    """The version before this one."""
    return rows.version("0_1_0")


@pytest.fixture
def old(empty_url: str, before: rows.Version):
    """The database as that version left it."""
    db = Database(empty_url)
    rows.build(db, before)
    yield db
    db.close()
