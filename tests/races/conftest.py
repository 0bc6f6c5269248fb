"""A town on Postgres, where two connections write at once; on SQLite one waits for the other."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.platform.services import Services
from storage.platform.database import Database
from tests.races import order
from tests.still import Still
from tests.town import Town


@pytest.fixture(params=[pytest.param("postgres", marks=pytest.mark.postgres)])
def town(fresh_postgres: Database):
    """The app with a database in which somebody else may be faster."""
    it = Town(fresh_postgres.url.render_as_string(hide_password=False), db=fresh_postgres)
    with order.kept(fresh_postgres):
        yield it
    it.close()
    fresh_postgres.close()


@pytest.fixture(params=[pytest.param("postgres", marks=pytest.mark.postgres)])
def still(fresh_postgres: Database):
    """One channel and its people in such a database."""
    with order.kept(fresh_postgres):
        yield Still(fresh_postgres)
    fresh_postgres.close()


@pytest.fixture
def elsewhere(still: Still) -> Iterator[Services]:
    """The same for another process: within one, those who answer take turns by themselves."""
    db = Database(still.db.url.render_as_string(hide_password=False))
    yield replace(still.services, db=db)
    db.close()


@pytest.fixture
def any_still(any_db: Database) -> Still:
    """One channel and its people, on SQLite and on Postgres."""
    return Still(any_db)
