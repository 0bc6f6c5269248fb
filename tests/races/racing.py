"""Two at once, without chance: somebody else is faster at one point of what the first one does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import event

from storage.platform.database import Database

LOOKING = "FOR UPDATE"  # the statement with which somebody looks at what they are about to change


@contextmanager
def just_before(db: Database, statement: str, other: Callable[[], object]) -> Iterator[None]:
    """Once, just before a statement with these words is sent, `other` happens, whole.

    It happens on another connection, in transactions of its own. Fails when no such statement
    was sent.
    """
    waiting = [other]

    def look(_connection: object, _cursor: object, sent: str, *_rest: object) -> None:
        if waiting and statement in sent:
            waiting.pop()()

    event.listen(db.engine, "before_cursor_execute", look)
    try:
        yield
    finally:
        event.remove(db.engine, "before_cursor_execute", look)
    assert not waiting, f"nothing was sent with {statement!r}"
