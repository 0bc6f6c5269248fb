"""One round at a given size, in a process of its own: `python -m bench.matching.scale 1000 2`."""

import json
import resource
import sys
from array import array
from random import Random
from time import process_time

from bench.matching.reference import by_chance, with_networkx, with_rustworkx
from bench.matching.town import Town
from core.matching import Candidate, History, PastRound, Preferences, Rules, plan_round


def megabytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


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


def kettle(n: int, size: int, rounds: int, cross_team: int) -> dict:
    rnd = Random(n)
    base = megabytes()
    names = [f"U{i:07d}" for i in range(n)]
    past = past_rounds(n, rounds, size, rnd)
    who = [Candidate(name, team=f"t{int(20 * rnd.random() ** 2)}") for name in names]
    blocks = frozenset((names[rnd.randrange(n)], names[rnd.randrange(n)]) for _ in range(n // 100))
    history = History({name: i for i, name in enumerate(names)}, past)
    rules = Rules(size=size, blocks=blocks, prefer=Preferences(cross_team=cross_team))
    before = megabytes()
    start = process_time()
    plan = plan_round(who, history, rules, 7)
    seconds = process_time() - start
    pairs = [pair for group in plan.groups for pair in group.why]
    return {
        "seconds": seconds,
        "input_mb": before - base,
        "added_mb": megabytes() - before,
        "peak_mb": megabytes(),
        "repeats": sum(pair.times > 0 for pair in pairs),
        "blocked": sum((p.a, p.b) in blocks or (p.b, p.a) in blocks for p in pairs),
        "capped": plan.capped,
    }


def reference(n: int, name: str) -> dict:
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
