"""Colours by chance: any two people may share one, and those who do are found."""

from array import array
from collections import Counter
from itertools import combinations
from random import Random

import pytest

from core.matching.crowd.colours import Colours, equal
from core.matching.crowd.plan import colour_count


def test_any_two_numbers_share_a_colour_equally_often():
    numbers = array("i", [0, 1, 255, 256, 257, 65_536, 70_001, 2**24 - 1])
    same, seeds = Counter(), 2_000
    for seed in range(seeds):
        colours = Colours(8, max(numbers), Random(seed)).of(numbers)
        assert max(colours) < 8
        same.update(
            pair for pair in combinations(range(8), 2) if len({colours[k] for k in pair}) == 1
        )
    expected = seeds / 8
    assert all(abs(same[pair] - expected) < 5 * expected**0.5 for pair in combinations(range(8), 2))


def test_equal_places_are_all_found():
    assert equal(b"abcabc\0", b"abdbac\0") == [0, 1, 5, 6]
    assert equal(b"", b"") == []


@pytest.mark.parametrize(
    ("people", "count"),
    [(300, 1), (4_000, 1), (4_001, 2), (5_999, 2), (6_000, 4), (100_000, 64), (10**7, 256)],
)
def test_a_vast_crowd_has_as_many_colours_as_it_needs(people, count):
    assert colour_count(people) == count
