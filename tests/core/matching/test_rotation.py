"""Whom people meet over many rounds: the quality targets, on fixed seeds."""

from itertools import combinations

import pytest

from core.matching import Odd, Preferences, Rules
from core.matching.starters import STARTERS, schedule
from tests.core.matching.town import Town

CYCLES = [(6, 10), (8, 10), (10, 6), (12, 4), (14, 3), (20, 1), (24, 1)]


@pytest.mark.parametrize(("people", "seeds"), CYCLES)
def test_nobody_meets_twice_before_everybody_has_met_everybody(people, seeds):
    for seed in range(seeds):
        town = Town(people, seed=seed)
        town.hold_many(2 * (people - 1))
        assert town.first_repeat == people
        assert set(town.met.values()) == {2}


@pytest.mark.parametrize(("people", "share"), [(10, 0.8), (14, 0.8), (22, 0.9)])
def test_two_odd_teams_that_like_to_mix_do_not_end_in_a_trap(people, share):
    rules = Rules(prefer=Preferences(cross_team=1))
    town = Town(people, rules, describe=lambda i: {"team": "ab"[i < people // 2]})
    early = [group for plan in town.hold_many(people // 2) for group in plan.groups]
    town.hold_many(people - people // 2)
    across = [a < f"P{people // 2:03d}" <= b for a, b in (group.people for group in early)]
    assert town.first_repeat == people
    assert sum(across) >= share * len(across)


@pytest.mark.parametrize("people", [6, 10, 16])
def test_a_new_cycle_does_not_start_with_whom_you_have_just_met(people):
    town = Town(people)
    last = {}
    for number, plan in enumerate(town.hold_many(3 * people - 3)):
        for group in plan.groups:
            assert number - last.get(group.people, -people) >= people // 2
            last[group.people] = number


@pytest.mark.parametrize("people", [9, 11, 15])
def test_the_trio_comes_round_to_everybody(people):
    town = Town(people)
    town.hold_many(40)
    most_clean = people * (people - 1) // (people + 3)
    assert town.first_repeat >= most_clean - 2
    assert max(town.odd.values()) - min(town.odd[p] for p in town.odd) <= 2
    assert len(town.odd) == people


@pytest.mark.parametrize("people", [5, 9, 15])
def test_sitting_out_comes_round_to_everybody(people):
    town = Town(people, Rules(odd=Odd.SIT_OUT))
    town.hold_many(2 * people)
    assert town.first_repeat == people + 1
    assert set(town.sat_out.values()) == {2}
    assert len(town.sat_out) == people


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


def test_churn_repeats_no_more_than_the_people_present_force():
    town = Town(14)
    for number in range(13):
        town.hold([person for person in range(14) if person not in (number, (number + 5) % 14)])
    assert town.repeats == 0


def test_who_has_met_nearly_everybody_is_kept_for_newcomers():
    """After five rounds eight people have two left each; two newcomers must not meet each other,
    for then two of the eight would use up a meeting that both of them will need.
    """
    for seed in range(12):
        town = Town(10, seed=seed)
        for _ in range(5):
            town.hold(range(8))
        newcomers = {"P008", "P009"}
        assert newcomers not in [set(group.people) for group in town.hold().groups]


def test_a_long_list_of_people_not_to_meet_is_no_reason_to_be_spared():
    """Else two people on somebody's list would never meet in a first round, which would show."""
    rules = Rules(blocks=frozenset({("P000", "P001"), ("P000", "P002")}))
    first = [Town(8, rules, seed=seed).hold().groups for seed in range(60)]
    both = [{"P001", "P002"} in [set(group.people) for group in groups] for groups in first]
    assert 3 <= sum(both) <= 20


def test_a_second_cycle_of_groups_may_follow_a_new_schedule():
    town = Town(9, Rules(size=3, window=0))
    town.hold_many(8)
    assert town.first_repeat == 5
    assert set(town.met.values()) == {2}
