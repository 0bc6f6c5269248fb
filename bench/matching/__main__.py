"""Prints target and measured value for the matcher, and compares it with other matchers."""

import json
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from time import perf_counter, process_time

from bench.matching.reference import by_chance, with_networkx, with_rustworkx
from bench.matching.targets import ALL, Row
from bench.matching.town import Town

SIZES = (10, 100, 1_000, 10_000, 100_000, 1_000_000)
EXACT_UP_TO = {"chance": 1_000_000, "networkx": 100, "rustworkx": 1_000}


def main() -> None:
    start = perf_counter()
    print(f"A plain loop of five million additions takes {loop():.2f} s here: compare machines by")
    print("that. Times are processor seconds.\n")
    with ProcessPoolExecutor(2) as pool:
        for rows in pool.map(measure, range(len(ALL))):
            for row in rows:
                mark = "ok " if row.reached else "NOT"
                print(f"{mark} {row.what:62} {row.target:48} {row.measured}", flush=True)
    side_by_side()
    scale()
    print(f"\n{perf_counter() - start:.0f} s in all")


def loop() -> float:
    start, total = process_time(), 0
    for k in range(5_000_000):
        total += k
    return process_time() - start


def measure(k: int) -> list[Row]:
    return list(ALL[k]())


def side_by_side() -> None:
    print("\nTwo full cycles, the same people every time (means over seeds)")
    print(
        f"{'n':>5} {'matcher':10} {'first repeat':>12} {'repeats':>8} {'spread':>7} {'ms/round':>9}"
    )
    matchers = {
        "chance": by_chance,
        "networkx": with_networkx,
        "rustworkx": with_rustworkx,
        "kettle": None,
    }
    for people, seeds in {10: 20, 20: 6, 30: 3, 100: 1}.items():
        for name, matcher in matchers.items():
            if people == 100 and name == "networkx":
                continue  # one round is in the table below; two cycles take many minutes
            start = process_time()
            towns = [
                Town(people, seed=s, matcher=matcher).hold_many(2 * people - 2)
                for s in range(seeds)
            ]
            each = 1000 * (process_time() - start) / seeds / (2 * people - 2)
            first = sum(town.first_repeat or 0 for town in towns) / seeds
            repeats = sum(town.repeats for town in towns) / seeds
            spread = max(town.spread for town in towns)
            print(f"{people:5} {name:10} {first:12.1f} {repeats:8.1f} {spread:7} {each:9.1f}")
    print("(Repeats cannot be fewer than one whole cycle: n(n-1)/2.)", flush=True)


def scale() -> None:
    print(
        "\nOne round after 50 rounds of history, each size in a process of its own, best of three"
    )
    print(f"{'n':>9} {'matcher':12} {'seconds':>8} {'reading':>8} {'input MB':>9} {'added MB':>9} "
          f"{'peak MB':>8} {'repeats':>8} {'blocked':>8}")  # fmt: skip
    for people in SIZES:
        for name in ("chance", "networkx", "rustworkx"):
            if people <= EXACT_UP_TO[name] and not (name == "chance" and people > 10_000):
                show(people, name, name, str(people))
        show(people, "kettle", "kettle", str(people), "2", "50", "0", "0")
        show(people, "columns", "kettle", str(people), "2", "50", "0", "1")
        if people < 1_000_000:
            show(people, "kettle+team", "kettle", str(people), "2", "50", "1", "0")
    for people, rounds in ((3_000, 50), (30_000, 12)):
        show(people, "kettle, 3s", "kettle", str(people), "3", str(rounds), "0", "0")


def show(people: int, name: str, *arguments: str) -> None:
    command = [sys.executable, "-m", "bench.matching.scale", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    got = json.loads(done.stdout)
    keys = {"input_mb": 9, "added_mb": 9, "peak_mb": 8, "repeats": 8, "blocked": 8}
    reading = f"{got['reading']:8.3f}" if "reading" in got else f"{'-':>8}"
    cells = " ".join(f"{got.get(key, '-'):>{width}}" for key, width in keys.items())
    print(f"{people:9,} {name:12} {got['seconds']:8.3f} {reading} {cells}", flush=True)


if __name__ == "__main__":
    main()
