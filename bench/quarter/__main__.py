"""`python -m bench.quarter`: thirteen weeks of 24 people in six zones, counted as they read them.

`--read participant` (organiser, host, silent, or a name) prints one person's quarter instead.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import process_time

from slack_sdk import WebClient

from bench.quarter import reading, table
from bench.quarter.figures import Counting, Figures
from bench.quarter.play import VARIANTS, Quarter, Variant
from storage.platform.database import Database
from storage.platform.migrate import upgrade

BARE = 300  # calls to the simulator with nothing of Kettle behind them


def main() -> None:
    """Play, and print."""
    asked = argparse.ArgumentParser(prog="python -m bench.quarter", description=__doc__)
    who = "participant, organiser, host, silent, or a name"
    asked.add_argument("--read", metavar="WHO", help=who)
    titles = ", ".join(variant.title for variant in VARIANTS)
    asked.add_argument("--only", metavar="WORDS", default="", help=f"those of {titles}")
    asked.add_argument("--weeks", type=int, default=13)
    asked.add_argument("--people", type=int, default=24)
    asked.add_argument("--seed", type=int, default=2026)
    given = asked.parse_args()
    variants = [variant for variant in VARIANTS if given.only in variant.title]
    if given.read:
        with _played(variants[0], given) as quarter:
            for line in reading.quarter_of(quarter, reading.reader(quarter, given.read)):
                print(line)
        return
    print(f"{given.weeks} weeks, {given.people} people in six zones, seed {given.seed}", flush=True)
    found = [_counted(variant, given) for variant in variants]
    print()
    print("\n".join(table.table([variant.title for variant in variants], found)))
    for variant, figures in zip(variants, found, strict=True):
        print(f"\n{variant.title}")
        print("\n".join(table.details(figures)))


def _counted(variant: Variant, given: argparse.Namespace) -> Figures:
    began = process_time()
    with _played(variant, given) as quarter:
        used, calls = process_time() - began, len(quarter.town.sim.calls)
        bare = _bare(quarter)
        print(f"{variant.title}: {calls} calls; each, with all that leads to it, takes as long as "
              f"{used / calls / bare:.0f} bare ones", flush=True)  # fmt: skip
        return Counting(quarter).figures()


@contextmanager
def _played(variant: Variant, given: argparse.Namespace) -> Iterator[Quarter]:
    with tempfile.TemporaryDirectory(prefix="kettle-quarter-") as folder:
        db = Database(f"sqlite:///{Path(folder) / 'kettle.db'}")
        upgrade(db)
        quarter = Quarter(db, variant, given.people, given.seed)
        try:
            quarter.play(given.weeks)
            yield quarter
        finally:
            quarter.close()


def _bare(quarter: Quarter) -> float:
    """The processor seconds of one call to this simulator, both ends of it."""
    client = WebClient(quarter.town.sim.bot_token, base_url=quarter.town.sim.api_url)
    began = process_time()
    for _ in range(BARE):
        client.auth_test()
    return (process_time() - began) / BARE


if __name__ == "__main__":
    main()
