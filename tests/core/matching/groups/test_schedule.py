"""Groups of three and more over many rounds: a hidden schedule while the same people come."""

from itertools import combinations

import pytest

from core.matching import Rules
from core.matching.groups.starters import STARTERS, schedule
from tests.core.matching.town import Town


@pytest.mark.parametrize(("people", "size"), sorted(STARTERS))
def test_no_starter_lets_two_people_meet_twice(people, size):
    seen = set()
    for places in schedule(people, size):
        assert sorted(places) == list(range(people))
        for k in range(0, people, size):
            pairs = set(combinations(sorted(places[k : k + size]), 2))
            assert not pairs & seen
            seen |= pairs


@pytest.mark.parametrize(("people", "size", "clean"), [(15, 3, 7), (24, 4, 7), (25, 5, 6)])
def test_groups_of_the_same_people_follow_a_perfect_schedule(people, size, clean):
    town = Town(people, Rules(size=size))
    town.hold_many(clean + 1)
    assert town.first_repeat == clean + 1


def test_groups_whose_people_change_still_seldom_repeat():
    town = Town(20, Rules(size=3))
    for absent in range(6):
        town.hold([person for person in range(20) if person != absent])
    assert town.first_repeat in (None, 5, 6)
    assert town.repeats <= 3


def test_a_schedule_works_around_people_who_must_not_meet():
    rules = Rules(size=3, blocks=frozenset({("P000", "P001")}))
    town = Town(15, rules)
    town.hold_many(6)
    assert town.met["P000", "P001"] == 0
    assert town.first_repeat is None


def test_a_second_cycle_of_groups_may_follow_a_new_schedule():
    town = Town(9, Rules(size=3, window=0))
    town.hold_many(8)
    assert town.first_repeat == 5
    assert set(town.met.values()) == {2}
