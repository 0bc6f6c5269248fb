"""Planting the faults one at a time, and asking the tests."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from queue import SimpleQueue

from tools.mutants.asking.examiner import Examiner
from tools.mutants.asking.reach import Known
from tools.mutants.asking.scratch import TIMED_OUT, Ended
from tools.mutants.faults.finding import Mutant

OVERHEAD = 120.0  # seconds that a busy machine may need to start pytest and to end it


class Outcome(StrEnum):
    """What became of a fault."""

    KILLED = "killed"
    TIMED_OUT = "timed out"
    SURVIVED = "survived"
    EQUIVALENT = "equivalent"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a fault, after how many seconds; the test that noticed, or the reason."""

    outcome: Outcome
    seconds: float = 0.0
    asked: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class Trial:
    """A fault, or none to see that the tests pass without, and the tests to ask."""

    name: str
    mutant: Mutant | None
    tests: Sequence[str]
    seconds: float
    patience: float  # seconds that one test may take, on a busy machine

    @classmethod
    def by(cls, name: str, mutant: Mutant | None, tests: Sequence[Known]) -> Trial:
        """Ask these tests."""
        times = [test.seconds for test in tests] or [0.0]
        patience = max(60.0, 30 * max(times))
        return cls(name, mutant, [test.id for test in tests], sum(times), patience)


def tried(
    examiners: list[Examiner], trials: Iterable[Trial], done: Callable[[str, Verdict], None]
) -> None:
    """Try them all, as many at a time as there are examiners; `done` is told of each one."""
    free: SimpleQueue[Examiner] = SimpleQueue()
    for examiner in examiners:
        free.put(examiner)

    def one(trial: Trial) -> tuple[str, Verdict]:
        examiner = free.get()
        try:
            return trial.name, verdict(examiner, trial)
        finally:
            free.put(examiner)

    with ThreadPoolExecutor(len(examiners)) as pool:
        try:
            for ended in as_completed([pool.submit(one, trial) for trial in trials]):
                done(*ended.result())
        finally:
            pool.shutdown(
                cancel_futures=True
            )  # whoever stops a run waits for one fault, not for all


def verdict(examiner: Examiner, trial: Trial) -> Verdict:
    """Plant the fault and ask the tests until one fails."""
    if not trial.tests:
        return Verdict(Outcome.SURVIVED, note="no test runs this line")
    out = examiner.copy.root.parent / "failed"
    out.unlink(missing_ok=True)
    started = time.monotonic()
    with examiner.copy.planted(trial.mutant):
        ended = _ask(examiner, trial, out, trial.tests)
        if ended.code == 4 and "not found:" in ended.said:  # the fault renames what tests run over
            ended = _ask(examiner, trial, out, sorted({id_.split("::")[0] for id_ in trial.tests}))
    seconds = round(time.monotonic() - started, 1)
    running = out.read_text(encoding="utf-8") if out.exists() else "it does not even start"
    return _judged(ended, running, seconds, len(trial.tests))


def _ask(examiner: Examiner, trial: Trial, out: Path, tests: Sequence[str]) -> Ended:
    args = [f"--timeout={trial.patience:.0f}", "--timeout-method=thread"]
    most = OVERHEAD + 10 * trial.seconds + trial.patience
    return examiner.ask(out, most, tests=list(tests), args=args, trace=False)


def _judged(ended: Ended, running: str, seconds: float, asked: int) -> Verdict:
    if ended.code == 0:
        return Verdict(Outcome.SURVIVED, seconds, asked, f"{asked} tests passed")
    if ended.code == TIMED_OUT or "+ Timeout +" in ended.said:
        return Verdict(Outcome.TIMED_OUT, seconds, asked, running)
    if ended.code == 5 or "No module named pytest" in ended.said:
        raise RuntimeError(f"no test was run:\n{ended.said}")
    return Verdict(Outcome.KILLED, seconds, asked, running)
