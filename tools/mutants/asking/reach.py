"""Which tests run which lines: measured once, and again only for what has changed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from tools.mutants.asking.examiner import Examiner
from tools.mutants.asking.imports import concerned, importers
from tools.mutants.faults.finding import Mutant
from tools.mutants.house import House

BUNDLE = 6  # files with tests that one process runs: few enough to share the work out
WELL_TRIED = 15  # tests; fewer than this, and those that run the rest of the file are asked too


@dataclass(frozen=True, slots=True)
class Known:
    """A test without any fault: its time, whether it fails all the same, and what it runs."""

    id: str
    seconds: float
    failed: bool
    reached: dict[str, int]

    def runs(self, file: str, lines: range | None = None) -> bool:
        """Whether it runs one of the lines; without lines, anything in the file."""
        bits = self.reached.get(file, 0)
        return any(bits >> line & 1 for line in lines) if lines is not None else bool(bits)

    def worth(self, files: Iterable[str]) -> float:
        """More for a test that is quick, and is about these files more than about others."""
        everything = sum(bits.bit_count() for bits in self.reached.values()) or 1
        here = sum(self.reached.get(file, 0).bit_count() for file in files)
        return here / everything / (self.seconds + 0.05)


@dataclass(frozen=True, slots=True)
class Choice:
    """Which tests there are to ask: the marks of those that are not, and where the others lie."""

    without: str
    among: tuple[str, ...] = ("",)


def measured(
    house: House,
    examiners: list[Examiner],
    kept: Path,
    tests: Choice,
    say: Callable[[str], None],
) -> list[Known]:
    """Each of these tests with what it runs; measured anew where a file has changed since."""
    support = house.digest(f for f in house.files() if _matters(f)) + tests.without
    known = json.loads(kept.read_text(encoding="utf-8")) if kept.exists() else {}
    files = known["files"] if known.get("support") == support else {}
    digests = {file: house.digest([file]) for file in house.tests()}
    old = {f: found for f, found in files.items() if digests.get(f) == found["digest"]}
    wanted = [file for file in digests if file.startswith(tests.among)]
    new = [file for file in wanted if file not in old]
    if new:
        say(f"measuring which lines the tests run: {len(new)} files with tests")
        for file, found in _measure(house, examiners, new, tests.without).items():
            old[file] = {"digest": digests[file], "tests": found}
        kept.write_text(json.dumps({"support": support, "files": old}), encoding="utf-8")
    return [_test(*item) for file in wanted for item in old[file]["tests"].items()]


def _matters(file: str) -> bool:
    return not Path(file).match("test_*.py") and Path(file).suffix not in {".md", ".png"}


def _measure(
    house: House, examiners: list[Examiner], files: list[str], without: str
) -> dict[str, dict[str, Any]]:
    free: SimpleQueue[Examiner] = SimpleQueue()
    for examiner in examiners:
        free.put(examiner)

    def bundle(number: int) -> dict[str, Any]:
        examiner = free.get()
        out = examiner.copy.root.parent / f"reach{number}.json"
        args = ["-m", f"not ({without})"] if without else []
        tests = files[number::bundles]
        rooms = [room.name for room in house.rooms]
        ended = examiner.ask(out, tests=tests, args=args, trace=True, rooms=rooms)
        free.put(examiner)
        if not out.exists():
            raise RuntimeError(f"the tests do not even start:\n{ended.said}")
        found: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
        return found

    bundles = -(-len(files) // BUNDLE)
    tests: dict[str, dict[str, Any]] = {file: {} for file in files}
    with ThreadPoolExecutor(len(examiners)) as pool:
        for found in pool.map(bundle, range(bundles)):
            for id_, test in found.items():
                tests[id_.split("::")[0]][id_] = test
    return tests


def _test(id_: str, found: dict[str, Any]) -> Known:
    reached = {file: int(lines, 16) for file, lines in found["reached"].items()}
    return Known(id_, found["seconds"], found["failed"], reached)


def who_could_notice(
    house: House, tests: list[Known], mutant: Mutant, seconds: float
) -> list[Known]:
    """The tests to ask, the most promising first, for about this many seconds.

    Those that run the line, and where these are few (a fixture or a cache may have run it for all)
    those that run the file. A line that runs at import: whoever runs the file, or one that imports
    it, and whoever imports these.
    """
    sound = [test for test in tests if not test.failed]
    file, lines = mutant.reach.file, mutant.reach.lines
    if lines is None:
        return _within(_at_import(house, sound, file), seconds)
    first = [test for test in sound if test.runs(file, lines)]
    first.sort(key=lambda test: -test.worth([file]))
    if first and len(first) < WELL_TRIED:
        more = [test for test in sound if test not in first and test.runs(file)]
        first += sorted(more, key=lambda test: -test.worth([file]))
    return _within(first, seconds)


def _at_import(house: House, tests: list[Known], file: str) -> list[Known]:
    near = [file, *importers(house, file)]
    files = [file] if any(test.runs(file) for test in tests) else near

    def worth(test: Known) -> float:
        concern = concerned(house, test.id.split("::")[0], near) / (test.seconds + 0.05)
        return max(test.worth(files), concern)

    return sorted((test for test in tests if worth(test)), key=lambda test: -worth(test))


def _within(tests: list[Known], seconds: float) -> list[Known]:
    taken, total = tests[:1], sum(test.seconds for test in tests[:1])
    for test in tests[1:]:
        if total + test.seconds <= seconds:
            taken.append(test)
            total += test.seconds
    return taken
