"""One quarter of one seed: lived day by day, audited every morning."""

from __future__ import annotations

import logging
import tempfile
from dataclasses import dataclass
from pathlib import Path
from random import Random

from storage.platform.database import Database
from storage.platform.migrate import upgrade
from tests.soak.auditor import Auditor
from tests.soak.life import Life
from tests.town import Town

DAYS = 91


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
        self.lines.append(f"the log says: {self.format(record)}")


def live(seed: int, file: Path, days: int = DAYS) -> Outcome:
    """Live the quarter on the migrated SQLite `file`; ends at the first day with a finding."""
    heard = _Heard()
    logging.getLogger("kettle").addHandler(heard)
    town = Town(f"sqlite:///{file}")
    try:
        life = Life(town, Random(seed))
        auditor = Auditor(town.sim, file, life.known)
        findings: list[str] = []
        day = 0
        while day < days and not findings:
            life.day()
            day += 1
            findings = [*auditor.findings(), *heard.lines]
        with town.sim.world.lock:
            said = sum(len(c.messages) for c in town.sim.world.conversations.values())
        return Outcome(seed, day, life.known.acts, said, findings)
    finally:
        town.close()
        logging.getLogger("kettle").removeHandler(heard)


def one(days: int, seed: int) -> Outcome:
    """A quarter in a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="kettle-soak-") as folder:
        file = Path(folder) / "kettle.db"
        db = Database(f"sqlite:///{file}")
        upgrade(db)
        db.close()
        return live(seed, file, days)
