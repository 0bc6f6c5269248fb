"""Whom people meet in pairs over many rounds: the quality targets, on fixed seeds."""

import pytest

from core.matching import Odd, Preferences, Rules
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


@pytest.mark.parametrize("people", [5, 9, 15])
def test_sitting_out_comes_round_to_everybody(people):
    town = Town(people, Rules(odd=Odd.SIT_OUT))
    town.hold_many(2 * people)
    assert town.first_repeat == people + 1
    assert set(town.sat_out.values()) == {2}
    assert len(town.sat_out) == people


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
