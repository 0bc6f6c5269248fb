"""`python -m tests.soak --quarters 20`: many seeds; `--seed 7` replays one and tells each act."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
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
    parser.add_argument("--stop", action="store_true", help="at the first seed with a finding")
    asked = parser.parse_args()
    began = time.perf_counter()
    if asked.seed is not None:
        return told(one(asked.days, asked.seed), began, acts=True)
    bad, said, lived, done = 0, 0, 0, 0
    seeds = range(asked.first, asked.first + asked.quarters)
    with _played(asked.processes, asked.days, seeds) as outcomes:
        for outcome in outcomes:
            bad += told(outcome, began)
            said, lived, done = said + outcome.messages, lived + outcome.days, done + 1
            if bad and asked.stop:
                break
    took = time.perf_counter() - began
    print(f"{done} quarters, {lived} days, {said} messages, {took:.0f} s, {bad} failed")
    return int(bad > 0)


@contextmanager
def _played(processes: int, days: int, seeds: Iterable[int]) -> Iterator[Iterable[Outcome]]:
    play = partial(one, days)
    if processes == 1:
        yield map(play, seeds)
        return
    with ProcessPoolExecutor(processes, get_context("forkserver")) as pool:
        yield pool.map(play, seeds)


def told(outcome: Outcome, began: float, acts: bool = False) -> int:
    """Print what was found; 1 when there was anything."""
    for act in outcome.acts if acts else ():
        print(act)
    for finding in outcome.findings:
        print(f"seed {outcome.seed}, day {outcome.days}: {finding}", flush=True)
    if acts:
        took = time.perf_counter() - began
        print(f"{outcome.days} days, {outcome.messages} messages, {took:.0f} s, ", end="")
        print(f"{len(outcome.findings)} findings")
    return int(bool(outcome.findings))


if __name__ == "__main__":
    sys.exit(main())
