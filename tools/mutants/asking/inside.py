"""Runs in a copy of the project: pytest, noting which test reaches which lines, or until one fails.

Started as a file, with the names of modules to import first; it knows nothing of this folder. For
each line that it reads, an order, it forks; it answers with the fork's number, then its exit code.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import sys
import threading
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from coverage import Coverage

QUIET = ["-n", "0", "-q", "-p", "no:cacheprovider", "--tb=no", "--no-header", "--no-summary"]


class Quick:
    """Property tests end at the first example that fails, instead of looking for a small one."""

    @pytest.hookimpl(trylast=True)
    def pytest_configure(self) -> None:
        from hypothesis import Phase, settings

        settings.register_profile("quick", phases=[Phase.explicit, Phase.generate])
        settings.load_profile("quick")


class Noting:
    """Writes down the test that is running, so that it is known even when the process is ended."""

    def __init__(self, out: Path) -> None:
        self._out = out

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        self._out.write_text(nodeid, encoding="utf-8")


class Tracing:
    """Notes for each test how much work it was, whether it passed, and which lines it ran."""

    def __init__(self, rooms: list[str]) -> None:
        self._root = Path.cwd()
        self._coverage = Coverage(
            data_file=None,
            config_file=False,
            source=[str(self._root / room) for room in rooms],
            concurrency=["thread"],
        )
        self._coverage.start()
        self._seconds: dict[str, float] = {}
        self._failed: set[str] = set()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        self._coverage.switch_context(item.nodeid)
        started = _work()
        try:
            return (yield)
        finally:
            self._seconds[item.nodeid] = round(_work() - started, 3)
            self._coverage.switch_context("")

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self._failed.add(report.nodeid)

    def found(self) -> dict[str, Any]:
        """For each test: seconds, whether it failed, and each file's lines as bits of a number."""
        self._coverage.stop()
        data = self._coverage.get_data()
        reached: dict[str, dict[str, int]] = {test: {} for test in self._seconds}
        for path in data.measured_files():
            file = Path(path).relative_to(self._root).as_posix()
            for line, tests in data.contexts_by_lineno(path).items():
                for test in filter(None, tests):
                    reached[test][file] = reached[test].get(file, 0) | 1 << line
        return {
            test: {
                "seconds": seconds,
                "failed": test in self._failed,
                "reached": {file: f"{lines:x}" for file, lines in reached[test].items()},
            }
            for test, seconds in self._seconds.items()
        }


def _work() -> float:
    """Seconds of work so far, also by processes it started: the same on a busy machine."""
    return sum(os.times()[:4])


def main(order: dict[str, Any]) -> int:
    """Do what the order says; the exit code is pytest's."""
    out = Path(order["out"])
    tests = out.with_suffix(".tests")
    tests.write_text("\n".join(order["tests"]), encoding="utf-8")
    args = [*QUIET, f"--basetemp={out.with_suffix('.tmp')}", *order["args"], f"@{tests}"]
    if not order["trace"]:
        return int(pytest.main([*args, "-x"], plugins=[Quick(), Noting(out)]))
    tracing = Tracing(order["rooms"])
    code = int(pytest.main(args, plugins=[tracing]))
    out.write_text(json.dumps(tracing.found()), encoding="utf-8")
    return code


def serve(modules: list[str]) -> None:
    """Fork for every order, until there are no more."""
    sys.path[0] = os.getcwd()  # this copy's rooms, and not the folder of this file
    for name in modules:
        with contextlib.suppress(Exception):  # then the tests will say so
            importlib.import_module(name)
    gc.freeze()
    assert threading.active_count() == 1, threading.enumerate()
    answers = os.dup(1)
    for line in sys.stdin.buffer:
        if not (child := os.fork()):
            os.close(answers)
            os._exit(_alone(json.loads(line)))  # what a test left running must not keep it
        os.write(answers, f"{child}\n".encode())
        _, status = os.waitpid(child, 0)
        os.write(answers, f"{os.waitstatus_to_exitcode(status)}\n".encode())


def _alone(order: dict[str, Any]) -> int:
    """In the fork: a session of its own, and what is said goes into a file."""
    os.setsid()
    said = os.open(order["said"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for ours, theirs in ((nothing, 0), (said, 1), (said, 2)):
        os.dup2(ours, theirs)
    try:
        return main(order)
    except BaseException:  # noqa: BLE001  whatever it is, this fork ends here
        traceback.print_exc()
        return 3
    finally:
        sys.stdout.flush()
        sys.stderr.flush()


if __name__ == "__main__":
    serve(sys.argv[1:])
