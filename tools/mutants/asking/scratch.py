"""A copy of the project in a folder of its own, where a fault can be planted and commands run."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tools.mutants.faults.finding import Mutant
from tools.mutants.house import House

TIMED_OUT = -1


def shell() -> dict[str, str]:
    """This shell's variables; but compiled code is kept: each start is seconds quicker."""
    return {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended: its exit code, or TIMED_OUT, and what it said."""

    code: int
    said: str


@dataclass(frozen=True, slots=True)
class Scratch:
    """The copy. It is a repository of its own, with nothing committed."""

    root: Path

    @classmethod
    def of(cls, house: House, folder: Path) -> Scratch:
        """Copy what git knows of, and what it would take; the folder must not exist or be empty."""
        for name in house.files():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(house.root / name, folder / name)
        subprocess.run(["git", "init", "--quiet"], cwd=folder, check=True)
        return cls(folder)

    def plant(self, mutant: Mutant) -> None:
        """Write the fault into the copy, for good."""
        self._write(mutant.file, mutant.code)

    @contextmanager
    def planted(self, mutant: Mutant | None) -> Iterator[None]:
        """The fault is there for as long as the context is entered; without one nothing is."""
        if mutant is None:
            yield
            return
        before = (self.root / mutant.file).read_text(encoding="utf-8")
        self.plant(mutant)
        try:
            yield
        finally:
            self._write(mutant.file, before)

    def run(self, command: Sequence[str], seconds: float | None = None) -> Ended:
        """Run it here, with all that it starts ended when the time is up."""
        started = subprocess.Popen(
            command,
            cwd=self.root,
            env=shell(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,
        )
        try:
            said, _ = started.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            os.killpg(started.pid, signal.SIGKILL)
            said, _ = started.communicate()
            return Ended(TIMED_OUT, said)
        return Ended(started.returncode, said)

    def _write(self, file: str, text: str) -> None:
        path = self.root / file
        path.write_text(text, encoding="utf-8")
        # Compiled code is told apart by size and by the second: both may be the same.
        for compiled in (path.parent / "__pycache__").glob(f"{path.stem}.*.pyc"):
            compiled.unlink()
