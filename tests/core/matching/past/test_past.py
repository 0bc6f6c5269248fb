"""Finding few among many by their bytes gives what looking at each would give."""

from array import array
from random import Random

import pytest

from core.matching.past.runs import shared
from core.matching.past.sieve import Sought, numbers_in


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


def test_any_sequence_of_numbers_will_do():
    assert numbers_in([1, 2]) == numbers_in(array("h", [1, 2])) == array("i", [1, 2])


def test_only_groups_that_hold_two_of_the_seats_are_shared():
    sizes = bytes([2, 2, 3, 0, 2])
    assert list(shared([0, 1, 3, 4, 6, 7, 8], sizes)) == [(0, [0, 1]), (2, [4, 6]), (4, [7, 8])]
