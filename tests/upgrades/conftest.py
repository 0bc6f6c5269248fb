"""A database of the version before, with its schema and rows: built once, and copied."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import make_url

from storage.platform import migrate
from storage.platform.database import Database
from tests.lasting import goes_to, lasting
from tests.upgrades import rows


@pytest.fixture(scope="session")
def before() -> rows.Version:
    """The version before this one."""
    return rows.version("0_1_0")


class Kept:
    """Databases that nobody writes into, to be copied, each made when it is first asked for."""

    def __init__(self, folder: Path, before: rows.Version) -> None:
        self._folder, self._before = folder, before
        self._made: dict[tuple[str, bool], str] = {}

    def one(self, kind: str, upgraded: bool, place: Callable[[], str]) -> str:
        """The URL of a database of the version before, at `place` when it has to be made."""
        if (kind, upgraded) not in self._made:
            url = self._made[kind, upgraded] = place()
            db = Database(url)
            rows.build(db, self._before)
            if upgraded:
                migrate.upgrade(db)
            db.close()
        return self._made[kind, upgraded]

    def sqlite(self, target: Path, upgraded: bool) -> str:
        """A copy in this file."""
        place = self._folder / f"upgraded-{upgraded}.db"
        url = self.one("sqlite", upgraded, lambda: f"sqlite:///{place}")
        shutil.copy(str(make_url(url).database), target)
        return f"sqlite:///{target}"

    def postgres(self, copied: Callable[[str], str], upgraded: bool) -> str:
        """A copy in a new database."""
        url = self.one("postgres", upgraded, lambda: copied("template1"))
        return copied(str(make_url(url).database))


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory, before: rows.Version) -> Kept:
    return Kept(tmp_path_factory.mktemp("before"), before)


@pytest.fixture(scope="session")
def engines() -> Iterator[dict[str, Database]]:
    """One for each kind, which keeps its compiled statements from copy to copy."""
    made: dict[str, Database] = {}
    yield made
    for db in made.values():
        db.close()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def copy(
    request: pytest.FixtureRequest, kept: Kept, engines: dict[str, Database], tmp_path: Path
) -> Callable[[bool], Database]:
    """Makes a copy, upgraded or as it was left; on SQLite and on Postgres."""

    def made(upgraded: bool) -> Database:
        if request.param == "sqlite":
            url = kept.sqlite(tmp_path / "old.db", upgraded)
        else:
            url = kept.postgres(request.getfixturevalue("copied_postgres"), upgraded)
        if request.param not in engines:
            engines[request.param] = lasting(url)
        return goes_to(engines[request.param], url)

    return made


@pytest.fixture
def old(copy: Callable[[bool], Database]) -> Iterator[Database]:
    """The database as that version left it."""
    db = copy(False)
    yield db
    db.close()


@pytest.fixture
def upgraded(copy: Callable[[bool], Database]) -> Iterator[Database]:
    """The same, brought to the newest schema."""
    db = copy(True)
    yield db
    db.close()
