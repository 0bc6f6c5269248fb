"""`python -m tests.soak --quarters 20`: many seeds; `--seed 7` replays one and tells each act."""

from __future__ import annotations

import argparse
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context

from tests.soak.quarter import DAYS, Outcome, one


def main() -> int:
    """Play the quarters; 1 when one of them has a finding."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("--quarters", type=int, default=20)
    parser.add_argument("--first", type=int, default=1, help="the first seed")
    parser.add_argument("--days", type=int, default=DAYS)
    parser.add_argument("--seed", type=int, help="replay this one, and tell each act")
    parser.add_argument("--processes", type=int, default=2)
    asked = parser.parse_args()
    if asked.seed is not None:
        return told(one(asked.days, asked.seed), acts=True)
    began, bad, said, lived = time.perf_counter(), 0, 0, 0
    seeds = range(asked.first, asked.first + asked.quarters)
    context = get_context("forkserver")
    with ProcessPoolExecutor(asked.processes, context) as pool:
        for outcome in pool.map(partial(one, asked.days), seeds):
            bad += told(outcome)
            said, lived = said + outcome.messages, lived + outcome.days
    took = time.perf_counter() - began
    print(f"{asked.quarters} quarters, {lived} days, {said} messages, {took:.0f} s, {bad} failed")
    return int(bad > 0)


def told(outcome: Outcome, acts: bool = False) -> int:
    """Print what was found; 1 when there was anything."""
    for act in outcome.acts if acts else ():
        print(act)
    for finding in outcome.findings:
        print(f"seed {outcome.seed}, day {outcome.days}: {finding}")
    if acts:
        print(f"{outcome.days} days, {outcome.messages} messages, {len(outcome.findings)} findings")
    return int(bool(outcome.findings))


if __name__ == "__main__":
    sys.exit(main())
