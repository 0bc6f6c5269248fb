"""In which order transactions hold and change tables, as the database is told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

from storage.platform.claims import ORDER
from storage.platform.database import Database
from tests.races.racing import listening

_CHANGED = re.compile(r"^(?:UPDATE|DELETE FROM) (\w+)")
_NEW = re.compile(r"^INSERT INTO (\w+)")  # nobody else sees these rows yet
_HELD = re.compile(r"FROM (\w+)(?=.*FOR UPDATE)", re.DOTALL)
_IN_TURN = "kettle_in_turn"


@contextmanager
def kept(db: Database) -> Iterator[None]:
    """Fails when a transaction turns to a table of ORDER after it has turned to a later one.

    A table that it holds rows of already may be changed again, and its own new rows. Looks at
    Postgres alone: on SQLite, whoever writes holds everything.
    """
    broken: set[tuple[str, str]] = set()

    def begin(connection: Connection) -> None:
        connection.info[_IN_TURN] = {}

    def look(connection: Connection, _cursor: object, sent: str, *_rest: object) -> None:
        seen = connection.info.setdefault(_IN_TURN, {})
        if new := _NEW.match(sent):
            seen.setdefault(new[1], -1)
        match = _CHANGED.match(sent) or _HELD.search(sent)
        if match is None or match[1] not in ORDER or match[1] in seen:
            return
        rank = ORDER.index(match[1])
        broken.update((table, match[1]) for table, other in seen.items() if other > rank)
        seen[match[1]] = rank

    if db.is_sqlite:
        yield
        return
    with listening(db, begin=begin, before_cursor_execute=look):
        yield
    assert not broken, f"held in another order than ORDER has: {sorted(broken)}"
