"""One quarter of one seed: lived day by day, audited every morning."""

from __future__ import annotations

import gc
import logging
import tempfile
import traceback
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from random import Random

from storage.platform.database import Database
from storage.platform.migrate import upgrade
from storage.platform.presence import Presence
from tests.lasting import goes_to, lasting
from tests.soak.audit.auditor import Auditor
from tests.soak.life import asking, day
from tests.soak.life.world import Life
from tests.soak.quick import QuickTown

DAYS = 91
# Mondays three weeks before clocks change: in spring and in autumn, not everywhere on one day.
SEASONS = (datetime(2026, 3, 2, 8, 0, tzinfo=UTC), datetime(2026, 9, 7, 8, 0, tzinfo=UTC))


@dataclass(frozen=True)
class Outcome:
    """What a quarter came to: `findings` is empty when all was well, `acts` tells what was done."""

    seed: int
    days: int
    acts: list[str]
    messages: int
    findings: list[str]


class _Heard(logging.Handler):
    """Whatever the app itself found worth an error."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"the log: {self.format(record)}")


def live(seed: int, db: Database, days: int = DAYS) -> Outcome:
    """Live the quarter in this migrated SQLite database; ends at the first day with a finding."""
    assert db.url.database is not None
    heard, chance = _Heard(), Random(seed)
    logging.getLogger("kettle").addHandler(heard)
    town = QuickTown(db.url.render_as_string(), start=chance.choice(SEASONS), db=db)
    try:
        life = Life(town, chance)
        asking.prepares(life)
        auditor = Auditor(town.sim, Path(db.url.database), life.known)
        findings: list[str] = []
        lived = 0
        while lived < days and not findings:
            lived += 1
            findings = [*_stumbled(life), *heard.lines, *auditor.findings()]
        with town.sim.world.lock:
            said = sum(len(c.messages) for c in town.sim.world.conversations.values())
        return Outcome(seed, lived, life.known.acts, said, findings)
    finally:
        town.close()
        logging.getLogger("kettle").removeHandler(heard)


def _stumbled(life: Life) -> list[str]:
    """Live a day; what went wrong when something broke under somebody's hands."""
    try:
        day.live(life)
    except Exception as error:  # noqa: BLE001  whatever it is, the seed replays it
        at = traceback.extract_tb(error.__traceback__)[-1]
        return [f"life: {type(error).__name__} in {at.name}: {str(error)[:300]}"]
    return []


def one(days: int, seed: int) -> Outcome:
    """A quarter in a folder of its own."""
    engine, migrated = _prepared()
    with tempfile.TemporaryDirectory(prefix="kettle-soak-") as folder:
        file = Path(folder) / "kettle.db"
        file.write_bytes(migrated)
        engine.presence = Presence()
        return live(seed, goes_to(engine, f"sqlite:///{file}"), days)


@cache
def _prepared() -> tuple[Database, bytes]:
    """An engine that keeps what it has compiled from one quarter to the next; an empty database."""
    with tempfile.TemporaryDirectory(prefix="kettle-soak-") as folder:
        file = Path(folder) / "migrated.db"
        engine = lasting(f"sqlite:///{file}")
        upgrade(engine)
        with engine.engine.connect() as connection:
            connection.exec_driver_sql("ROLLBACK")  # a checkpoint wants no transaction
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        engine.close()
        gc.set_threshold(50_000, 20, 20)  # what was imported stays: no need to look through it
        gc.collect()
        gc.freeze()
        return engine, file.read_bytes()
