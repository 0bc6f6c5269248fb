"""What a crowd knows of its past."""

from array import array
from random import Random

import pytest

from core.matching import Candidate, History, PastRound, Rules, plan_round
from tests.core.matching.town import names, past_round


def meetings(plan, number):
    return {(number[why.a], number[why.b]): why.times for g in plan.groups for why in g.why}


@pytest.mark.parametrize(("count", "size"), [(600, 2), (600, 3), (4_301, 2), (4_301, 3)])
def test_a_crowd_knows_every_past_however_it_was_grouped(count, size):
    """Groups of all sizes, people who left, newcomers: no repeat, since there is no need of one."""
    number = {f"P{i:04d}": i for i in range(count) if i % 7}
    newcomers = {f"Q{i}": -1 for i in range(count // 10)}
    sizes = bytes([2, 3, 0, 4, 2, 2, 5] * (count // 20))
    seated = Random(1).sample(range(count + 5), sum(sizes))
    shifted = [array("i", seated[k:] + seated[:k]) for k in range(6)]
    far = past_round([[1, 50_000], [90_000, 50_001, 2]])
    past = [PastRound(members, sizes, bytes(len(sizes))) for members in shifted]
    who = [Candidate(name) for name in (*number, *newcomers)]
    plan = plan_round(who, History(number, [*past, far]), Rules(size), 3)
    met = set()
    for members in shifted:
        seats = iter(members)
        for group in ([next(seats) for _ in range(width)] for width in sizes):
            met |= {(a, b) for a in group for b in group}
    pairs = meetings(plan, number | newcomers)
    assert len(pairs) >= count // 3
    assert not met & pairs.keys()
    assert not any(pairs.values())


def test_a_crowd_of_newcomers_has_no_past():
    who = [Candidate(name) for name in names(300)]
    plan = plan_round(who, History({}, [past_round([[0, 1], [2, 3]])]), Rules(), 1)
    assert len(plan.groups) == 150
