"""A transaction on either database, for tests of what one query says."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlmodel import Session

from storage.platform.database import Database


@pytest.fixture
def tx(any_db: Database) -> Iterator[Session]:
    """One transaction, kept at the end."""
    with any_db.transaction() as opened:
        yield opened
