"""`python -m tests.soak.planted`: which of the planted faults does the soak see, by what, and when?

Each fault is planted in a copy of the project outside of it, where a few quarters are played until
the auditor finds something. Without any fault the same quarters have to pass.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.soak.planted.faults import Fault, by_hand, drawn
from tools.mutants.asking.scratch import Scratch
from tools.mutants.house import House

ROOT = Path(__file__).resolve().parents[3]
ENOUGH = 17 / 20
FINDING = re.compile(r"^seed (\d+), day (\d+): ([\w ]+?): (.*)$", re.MULTILINE)
SECONDS = 900.0  # then it hangs, which is noticed, too


@dataclass(frozen=True)
class Verdict:
    """By which check it was found, at which seed and day; nothing when it was not."""

    found_by: str
    where: str
    what: str
    seconds: float


def main() -> int:
    """Plant them one after another; 0 when enough of them are found."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak.planted", description=__doc__)
    parser.add_argument("--seed", default="quarter", help="for what is drawn")
    parser.add_argument("--count", type=int, default=14, help="of faults that are drawn")
    parser.add_argument("--quarters", type=int, default=4, help="played for each, at most")
    parser.add_argument("--only", help="those whose name has this in it")
    parser.add_argument("--list", action="store_true", help="tell which, and play nothing")
    asked = parser.parse_args()
    chance, redrawn = drawn(ROOT, asked.seed, asked.count)
    faults = [f for f in (*by_hand(ROOT), *chance) if (asked.only or "") in f.name + f.room]
    for redraw in redrawn:
        print(f"drawn anew: {redraw}")
    if asked.list:
        for fault in faults:
            print(f"{fault.room}:{fault.mutant.line}  {fault.name}")
        return 0
    return tried(faults, asked.quarters, bool(asked.only))


def tried(faults: list[Fault], quarters: int, some: bool) -> int:
    """Play all of them, and tell as it goes."""
    seen = 0
    with TemporaryDirectory(prefix="kettle-planted-") as folder:
        copy = Scratch.of(House.at(ROOT), Path(folder) / "tree")
        if not some:
            clean = played(copy, None, quarters)
            print(f"without any fault: {clean.what or 'nothing found'}, {clean.seconds:.0f} s")
            if clean.found_by:
                return 2
        print("| fault | room | by | found by | seed, day | s |\n|---|---|---|---|---|---|")
        for fault in faults:
            verdict = played(copy, fault, quarters)
            seen += bool(verdict.found_by)
            by = "hand" if fault.by_hand else "chance"
            print(
                f"| {fault.name.replace('|', '¦')} | {fault.room}:{fault.mutant.line} | {by} | "
                f"{verdict.found_by or 'NOT FOUND'} | {verdict.where} | {verdict.seconds:.0f} |",
                flush=True,
            )
    print(f"{seen} of {len(faults)} found")
    return int(seen < ENOUGH * len(faults))


def played(copy: Scratch, fault: Fault | None, quarters: int) -> Verdict:
    """Play quarters in the copy, with the fault if there is one, until something is found."""
    command = [sys.executable, "-m", "tests.soak", "--quarters", str(quarters)]
    began = time.perf_counter()
    with copy.planted(fault.mutant if fault else None):
        ended = copy.run([*command, "--processes", "1", "--stop"], SECONDS)
    took = time.perf_counter() - began
    if first := FINDING.search(ended.said):
        seed, day, check, what = first.groups()
        return Verdict(check, f"{seed}, {day}", what, took)
    if ended.code:
        last = (ended.said.strip().splitlines() or ["it hangs"])[-1]
        return Verdict("it does not run", "", last, took)
    return Verdict("", "", "", took)


if __name__ == "__main__":
    sys.exit(main())
