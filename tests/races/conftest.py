"""A town on Postgres, where two connections write at once; on SQLite one waits for the other."""

import pytest

from storage.platform.database import Database
from tests.still import Still
from tests.town import Town


@pytest.fixture(params=[pytest.param("postgres", marks=pytest.mark.postgres)])
def town(fresh_postgres: Database):
    """The app with a database in which somebody else may be faster."""
    it = Town(fresh_postgres.url.render_as_string(hide_password=False), db=fresh_postgres)
    yield it
    it.close()
    fresh_postgres.close()


@pytest.fixture(params=[pytest.param("postgres", marks=pytest.mark.postgres)])
def still(fresh_postgres: Database):
    """One channel and its people in such a database."""
    yield Still(fresh_postgres)
    fresh_postgres.close()
