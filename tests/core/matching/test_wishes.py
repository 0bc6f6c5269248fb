"""Soft wishes: what they cost, and that they never outweigh a repeat."""

import pytest

from core.matching import Candidate, History, Odd, Preferences, Rules, credit_changes, plan_round
from core.matching.soft import soft_cost
from tests.core.matching.town import names, past_round

ANA = {"team": "a", "hours": 0xFFFF, "mode": "in_person", "site": "x"}
CASES = [
    (Preferences(cross_team=2), {}, 16),
    (Preferences(cross_team=2), {"team": "b"}, 0),
    (Preferences(cross_team=2), {"team": None}, 0),
    (Preferences(within_team=1), {}, 0),
    (Preferences(within_team=1), {"team": "b"}, 8),
    (Preferences(within_team=1), {"team": None}, 0),
    (Preferences(hours=1), {}, 0),
    (Preferences(hours=1), {"hours": 0xFF << 12}, 4),
    (Preferences(hours=1), {"hours": 0}, 0),
    (Preferences(mode=1), {"mode": "virtual"}, 8),
    (Preferences(mode=1), {"mode": None}, 0),
    (Preferences(mode=1), {"site": "y"}, 8),
    (Preferences(mode=1), {"site": None}, 0),
    (Preferences(mode=1, cross_team=1), {}, 8),
    (Preferences(few_shared_channels=3), {"channels": frozenset("cd")}, 6),
]


@pytest.mark.parametrize(("wishes", "bo", "cost"), CASES)
def test_an_unmet_wish_costs_and_the_unknown_does_not(wishes, bo, cost):
    people = [
        Candidate("ana", **ANA, channels=frozenset("cde")),
        Candidate("bo", **(ANA | bo)),
    ]
    assert soft_cost(people, wishes)(0, 1) == cost
    assert soft_cost(people, wishes)(1, 0) == cost


def test_no_wish_no_cost():
    assert soft_cost([], Preferences()) is None


@pytest.mark.parametrize("size", [2, 3])
def test_a_wish_is_granted_among_strangers_but_never_for_a_repeat(size):
    name = names(2 * size)
    who = [Candidate(one, team="ab"[i >= size]) for i, one in enumerate(name)]
    history = {one: i for i, one in enumerate(name)}
    rules = Rules(size, prefer=Preferences(within_team=9))
    fresh = plan_round(who, History(history), rules, 1)
    assert tuple(name[:size]) in [group.people for group in fresh.groups]
    met = past_round([range(size), range(size, 2 * size)])
    again = plan_round(who, History(history, [met]), rules, 1)
    assert tuple(name[:size]) not in [group.people for group in again.groups]


def test_whoever_likes_a_trio_is_in_it_first():
    for seed in range(4):
        who = [Candidate(name, size=3 if i < 3 else 2) for i, name in enumerate(names(9))]
        plan = plan_round(who, History({}), Rules(), seed)
        assert [group.people for group in plan.groups if group.odd] == [("P000", "P001", "P002")]


def test_wishes_count_inside_the_trio_too():
    who = [Candidate(name, team="aab"[i % 3]) for i, name in enumerate(names(9))]
    plan = plan_round(who, History({}), Rules(prefer=Preferences(cross_team=1)), 1)
    team = {one.id: one.team for one in who}
    same = sum(team[why.a] == team[why.b] for group in plan.groups for why in group.why)
    assert same <= 2


def test_credit_adds_up_to_nothing():
    plan = plan_round([Candidate(name) for name in names(5)], History({}), Rules(), 1)
    changes = credit_changes(plan)
    assert sum(changes.values()) == pytest.approx(0)
    assert sorted(changes.values())[-1] == pytest.approx(0.4)
    rules = Rules(odd=Odd.SIT_OUT)
    plan = plan_round([Candidate(name) for name in names(5)], History({}), rules, 1)
    changes = credit_changes(plan, rules.odd)
    assert sorted(changes.values()) == pytest.approx([-0.2] * 4 + [0.8])
    assert credit_changes(plan_round([], History({}), rules, 1)) == {}
