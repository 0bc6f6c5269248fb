"""An engine that outlives its database: what it compiled serves the next one too."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import event, make_url

from storage.platform.database import Database
from storage.platform.files import Opened


def lasting(url: str) -> Database:
    """A database that `goes_to` another one of the same kind."""
    db = Database(url)

    def connect(dialect: Any, _record: Any, _arguments: Any, options: Any) -> Any:
        arguments, named = dialect.create_connect_args(db.url)
        return dialect.loaded_dbapi.connect(*arguments, **{**options, **named})

    event.listen(db.engine, "do_connect", connect)
    return db


def goes_to(db: Database, url: str) -> Database:
    """Give all connections back; those from now on lead to `url`."""
    db.close()
    db.url = make_url(url)
    db.file = Opened(Path(db.url.database)) if db.is_sqlite and db.url.database else None
    return db
