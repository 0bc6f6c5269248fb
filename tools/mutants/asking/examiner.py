"""A copy of the project with a process in it, of which each question gets a fork."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any

from tools.mutants.asking.imports import foreign
from tools.mutants.asking.scratch import TIMED_OUT, Ended, Scratch, shell
from tools.mutants.house import House

INSIDE = Path(__file__).with_name("inside.py")


class Examiner:
    """Asks the tests of a copy.

    The process has imported what others have written and nothing of the project, so a fork is
    ready sooner, and imports the file with the fault like any other. No thread runs when it forks.
    """

    def __init__(self, copy: Scratch, modules: Sequence[str]) -> None:
        self.copy = copy
        self._started = subprocess.Popen(
            [sys.executable, str(INSIDE), *modules],
            cwd=copy.root,
            env=shell(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=0,
        )

    def ask(self, out: Path, seconds: float | None = None, **order: Any) -> Ended:
        """Have pytest run; what it found is in `out`. All that it starts ends when time is up."""
        said = out.with_suffix(".said")
        paper = {"out": str(out), "said": str(said), "rooms": [], **order}
        _pipe(self._started.stdin).write(json.dumps(paper).encode() + b"\n")
        answers = _pipe(self._started.stdout)
        child = int(answers.readline())
        if select.select([answers], [], [], seconds)[0]:
            return Ended(int(answers.readline()), _text(said))
        os.killpg(child, signal.SIGKILL)
        answers.readline()
        return Ended(TIMED_OUT, _text(said))

    def close(self) -> None:
        """No more questions."""
        _pipe(self._started.stdin).close()
        self._started.wait()
        _pipe(self._started.stdout).close()


@contextmanager
def examiners(house: House, count: int) -> Iterator[list[Examiner]]:
    """This many, each with a copy of its own; all gone afterwards."""
    with TemporaryDirectory(prefix="mutants-") as folder, ExitStack() as open_ones:
        modules = foreign(house)
        yield [
            open_ones.enter_context(closing(Examiner(Scratch.of(house, place / "tree"), modules)))
            for place in (Path(folder) / str(number) for number in range(count))
        ]


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    assert pipe is not None
    return pipe


def _text(said: Path) -> str:
    return said.read_text(encoding="utf-8", errors="replace") if said.exists() else ""
