"""One round, in a process of its own: `python -m bench.matching.scale kettle 1000 2 50 0 1`."""

import json
import re
import sys
from array import array
from pathlib import Path
from random import Random
from time import process_time

from core.matching import Candidate, Crowd, History, PastRound, Preferences, Rules, plan_round

BEST_OF = 3


def megabytes() -> int:
    """The most memory used so far (Linux; getrusage would count what the parent process used)."""
    (peak,) = re.findall(r"VmHWM:\s*(\d+)", Path("/proc/self/status").read_text())
    return int(peak) // 1024


def past_rounds(n: int, rounds: int, size: int, rnd: Random) -> list[PastRound]:
    """Rounds without a repeat: `size` rows of people, row k shifted by k places more each time."""
    groups = n // size
    everyone = list(range(n))
    rnd.shuffle(everyone)
    rows = [array("i", everyone[k * groups : (k + 1) * groups]) for k in range(size)]
    past = []
    for turn in range(min(rounds, groups)):
        members = array("i", bytes(4 * groups * size))
        for k, row in enumerate(rows):
            shift = k * turn % groups
            members[k::size] = row[shift:] + row[:shift]
        past.append(PastRound(members, bytes([size]) * groups, bytes(groups)))
    return past


def as_objects(names: list[str], past: list[PastRound], teams: list[str]) -> tuple:
    """The usual input: one Candidate for each person."""
    who = [Candidate(name, team=team) for name, team in zip(names, teams, strict=True)]
    return who, History({name: i for i, name in enumerate(names)}, past)


def as_columns(names: list[str], past: list[PastRound], teams: list[str]) -> tuple:
    """The same people in little room."""
    return Crowd(names, array("i", range(len(names))), team=teams), History({}, past)


def kettle(n: int, size: int, rounds: int, cross_team: int, columns: int) -> dict:
    """Plan one round three times, then look at each group of it, as whoever writes it down does."""
    rnd = Random(n)
    base = megabytes()
    names = [f"U{i:07d}" for i in range(n)]
    past = past_rounds(n, rounds, size, rnd)
    label = [f"t{k}" for k in range(20)]
    teams = [label[int(20 * rnd.random() ** 2)] for _ in names]
    blocks = frozenset((names[rnd.randrange(n)], names[rnd.randrange(n)]) for _ in range(n // 100))
    who, history = (as_columns if columns else as_objects)(names, past, teams)
    rules = Rules(size=size, blocks=blocks, prefer=Preferences(cross_team=cross_team))
    before = megabytes()
    seconds, plan = [], None
    for _ in range(BEST_OF):
        plan = None  # makes room for the next
        start = process_time()
        plan = plan_round(who, history, rules, 7)
        seconds.append(process_time() - start)
    peak = megabytes()
    start, repeats, together = process_time(), 0, 0
    for group in plan.groups:
        for pair in group.why:
            repeats += pair.times > 0
            together += (pair.a, pair.b) in blocks or (pair.b, pair.a) in blocks
    return {
        "seconds": min(seconds),
        "reading": process_time() - start,
        "base_mb": base,
        "input_mb": before - base,
        "added_mb": peak - before,
        "peak_mb": max(peak, megabytes()),
        "repeats": repeats,
        "blocked": together,
        "capped": plan.capped,
    }


def reference(n: int, name: str) -> dict:
    # The libraries are large, and must not count as Kettle's memory.
    from bench.matching.reference import by_chance, with_networkx, with_rustworkx
    from bench.matching.town import Town

    matcher = {"chance": by_chance, "networkx": with_networkx, "rustworkx": with_rustworkx}[name]
    town = Town(n, matcher=matcher)
    for past in past_rounds(n, 50, 2, Random(n)):
        for a, b in zip(past.members[::2], past.members[1::2], strict=True):
            town.met[min(a, b), max(a, b)] += 1
    start = process_time()
    groups = matcher(town, range(n))
    seconds = process_time() - start
    repeats = sum(town.met[min(a, b), max(a, b)] > 0 for a, b, *_ in groups)
    return {"seconds": seconds, "peak_mb": megabytes(), "repeats": repeats}


if __name__ == "__main__":
    if sys.argv[1] == "kettle":
        result = kettle(*map(int, sys.argv[2:]))
    else:
        result = reference(int(sys.argv[2]), sys.argv[1])
    print(json.dumps(result))
