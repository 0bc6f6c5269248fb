"""Finding few among many by their bytes gives what looking at each would give."""

from array import array
from collections import Counter
from itertools import combinations
from random import Random

import pytest

from core.matching.past import shared
from core.matching.sieve import Colours, Sought, equal, numbers_in


@pytest.mark.parametrize("highest", [0, 9, 255, 256, 70_000, 2**24, 2**31 - 1])
def test_every_number_sought_is_found_and_no_other(highest):
    rnd = Random(highest)
    members = array("i", [rnd.randint(0, highest) for _ in range(3_000)])
    members[7] = highest
    for wanted in ({highest}, set(members[::100]), set(members)):
        seats = [seat for seat, number in enumerate(members) if number in wanted]
        assert Sought(wanted).seats(members) == seats


def test_numbers_beyond_those_sought_are_no_match():
    assert Sought([5]).seats(array("i", [5 + 2**16, 5, 5 + 2**8])) == [1]
    assert Sought([]).seats(array("i", [0, 1])) == []


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


def test_any_sequence_of_numbers_will_do():
    assert numbers_in([1, 2]) == numbers_in(array("h", [1, 2])) == array("i", [1, 2])


def test_only_groups_that_hold_two_of_the_seats_are_shared():
    sizes = bytes([2, 2, 3, 0, 2])
    assert list(shared([0, 1, 3, 4, 6, 7, 8], sizes)) == [(0, [0, 1]), (2, [4, 6]), (4, [7, 8])]
