"""Chance is fair, and the same everywhere."""

from array import array
from collections import Counter
from itertools import combinations
from random import Random
from zlib import crc32

from core.matching import Candidate, Crowd, History, PastRound, Rules, plan_round
from tests.core.matching.town import names


def test_every_first_round_is_equally_likely():
    """Pair counts of uniform matchings of n vary by (n-2)/((n-1)(n-3)) in n(n-3)/2 dimensions."""
    n, seeds = 8, 1_000
    seen = Counter()
    for seed in range(seeds):
        plan = plan_round([Candidate(name) for name in names(n)], History({}), Rules(), seed)
        seen.update(group.people for group in plan.groups)
    expected = seeds / (n - 1)
    spread = seeds * (n - 2) / ((n - 1) * (n - 3))
    q = sum((seen[pair] - expected) ** 2 for pair in combinations(names(n), 2)) / spread
    assert q < 51  # chi-square with 20 degrees of freedom: p > 1e-4


def test_a_seed_gives_the_same_round_in_every_process_and_version():
    plan = plan_round([Candidate(name) for name in names(7)], History({}), Rules(), 7)
    again = plan_round([Candidate(name) for name in names(7)], History({}), Rules(), 7)
    assert plan == again
    assert sorted(group.people for group in plan.groups) == SEVENTH


def test_a_vast_crowd_is_seated_alike_everywhere():
    count, rnd = 5_002, Random(1)
    name = [f"P{i:04d}" for i in range(count)]
    members = array("i", rnd.sample(range(count), count))
    past = PastRound(members, bytes([2]) * (count // 2), bytes(count // 2))
    blocks = frozenset(tuple(rnd.sample(name, 2)) for _ in range(200))
    crowd = Crowd(name, array("i", range(count)))
    plan = plan_round(crowd, History({}, [past]), Rules(blocks=blocks), 7)
    seated = sorted(group.people for group in plan.groups)
    assert crc32(repr(seated).encode()) == VAST


SEVENTH = [("P000", "P003", "P005"), ("P001", "P002"), ("P004", "P006")]
VAST = 1_319_746_948
