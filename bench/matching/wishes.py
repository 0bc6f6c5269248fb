"""How much of the possible soft gain is captured, against an exact optimum."""

from dataclasses import dataclass
from random import Random
from time import process_time

import rustworkx

from bench.matching.reference import paired
from bench.matching.town import PastRound, array
from core.matching import Candidate, History, Preferences, Rules, plan_round
from core.matching.soft import soft_cost

WISHES = Preferences(cross_team=1, hours=1)
NEAREST, SAMPLED = 16, 120


@dataclass
class Gain:
    captured: float  # of the way from chance to the exact optimum
    repeats: int
    seconds: float


def people_of(n: int, kind: str, rnd: Random) -> list[Candidate]:
    """`one`: two thirds in one team, the rest in eight; `many`: twenty teams, some large."""

    def team() -> str:
        if kind == "one":
            return "big" if rnd.random() < 0.65 else f"t{rnd.randrange(8)}"
        return f"t{int(20 * rnd.random() ** 2)}"

    def hours() -> int:
        start = rnd.choice([0, 2, 12, 14, 16, 30, 34, 40])
        return sum(1 << (start + k) % 48 for k in range(18))

    return [Candidate(f"P{i:07d}", team=team(), hours=hours()) for i in range(n)]


def gain(n: int, kind: str, seed: int) -> Gain:
    rnd = Random(seed)
    who = people_of(n, kind, rnd)
    number = {person.id: i for i, person in enumerate(who)}
    past, met = [], set()
    for _ in range(10):
        order = rnd.sample(range(n), n)
        past.append(PastRound(array("i", order), bytes([2]) * (n // 2), bytes(n // 2)))
        met |= {tuple(sorted(pair)) for pair in paired(order)}
    cost = soft_cost(who, WISHES)
    chance = sum(sum(cost(a, b) for a, b in paired(rnd.sample(range(n), n))) for _ in range(5))
    start = process_time()
    plan = plan_round(who, History(number, past), Rules(prefer=WISHES), seed)
    seconds = process_time() - start
    pairs = [tuple(sorted(number[name] for name in group.people)) for group in plan.groups]
    ours = sum(cost(a, b) for a, b in pairs)
    best = exact(n, cost, met, pairs, rnd)
    share = (chance / 5 - ours) / (chance / 5 - best)
    return Gain(share, sum(pair in met for pair in pairs), seconds)


def exact(n: int, cost, met: set, pairs: list, rnd: Random) -> int:
    """The least cost without a repeat. Above 400 people each looks at the nearest of a sample;
    our own pairs are among the edges, so that this is never worse than what we found."""
    edges = set(pairs)
    for i in range(n):
        others = range(n) if n <= 400 else rnd.sample(range(n), SAMPLED)
        near = [j for j in others if j != i and (min(i, j), max(i, j)) not in met]
        if n > 400:
            near = sorted(near, key=lambda j: cost(i, j))[:NEAREST]
        edges |= {(min(i, j), max(i, j)) for j in near}
    graph = rustworkx.PyGraph()
    graph.add_nodes_from(list(range(n)))
    graph.add_edges_from([(a, b, 1000 - cost(a, b)) for a, b in sorted(edges)])
    found = rustworkx.max_weight_matching(graph, max_cardinality=True, weight_fn=lambda w: w)
    return sum(cost(a, b) for a, b in found)
