"""Hundreds and thousands: the same promises, and wishes granted."""

from itertools import combinations
from random import Random

import pytest

from core.matching import Candidate, Crowd, History, Odd, Preferences, Rules, plan_round
from tests.core.matching.town import names, past_round


def crowd(people, size, rounds, seed=1):
    """People of ten teams, and rounds of random groups in the past."""
    rnd = Random(seed)
    who = [Candidate(name, team=f"t{rnd.randrange(10)}") for name in names(people)]
    past = []
    for _ in range(rounds):
        order = rnd.sample(range(people), people)
        past.append(past_round([order[k : k + size] for k in range(0, people, size)]))
    return who, History({one.id: i for i, one in enumerate(who)}, past)


@pytest.mark.parametrize(("people", "size", "rounds"), [(600, 2, 40), (303, 3, 12), (601, 2, 10)])
def test_a_crowd_meets_new_people_and_nobody_blocked(people, size, rounds):
    who, history = crowd(people, size, rounds)
    rnd = Random(2)
    blocks = frozenset(tuple(rnd.sample(names(people), 2)) for _ in range(300))
    plan = plan_round(who, history, Rules(size, blocks=blocks), 1)
    pairs = [pair for group in plan.groups for pair in combinations(group.people, 2)]
    assert sum(len(group.people) for group in plan.groups) == people
    assert not any(pair in blocks or pair[::-1] in blocks for pair in pairs)
    met = set()
    for past in history.rounds:
        ends = range(0, people, size)
        for k in ends:
            met |= set(combinations(sorted(past.members[k : k + size]), 2))
    number = history.numbers
    assert not any((number[a], number[b]) in met for a, b in pairs)
    assert all(why.times == 0 for group in plan.groups for why in group.why)


@pytest.mark.parametrize(("people", "size"), [(400, 2), (402, 3), (401, 3), (4_400, 2), (4_401, 3)])
def test_wishes_are_granted_in_a_crowd(people, size):
    who, history = crowd(people, size, 2)
    team = {one.id: one.team for one in who}
    plan = plan_round(who, history, Rules(size, prefer=Preferences(cross_team=1)), 1)
    pairs = [(why.a, why.b) for group in plan.groups for why in group.why]
    same = sum(team[a] == team[b] for a, b in pairs)
    assert same <= 0.01 * len(pairs)
    assert all(why.times == 0 for group in plan.groups for why in group.why)


def test_the_odd_group_of_a_crowd_is_for_those_whose_turn_it_is():
    who, history = crowd(301, 2, 3)
    turn = {"P007", "P100", "P250"}
    who = [Candidate(one.id, credit=0.0 if one.id in turn else 5.0, team=one.team) for one in who]
    plan = plan_round(who, history, Rules(), 1)
    assert [set(group.people) for group in plan.groups if group.odd] == [turn]
    sits = plan_round(who, history, Rules(size=3, odd=Odd.SIT_OUT), 1)
    assert [one.person in turn for one in sits.left_out] == [True]


def test_a_crowd_near_the_end_of_its_cycle_still_finds_the_few_who_never_met():
    people = 260
    turn = people - 1
    past = [
        past_round([[turn, k], *([(k + i) % turn, (k - i) % turn] for i in range(1, people // 2))])
        for k in range(240)
    ]
    numbers = {name: i for i, name in enumerate(names(people))}
    plan = plan_round([Candidate(name) for name in numbers], History(numbers, past), Rules(), 1)
    assert len(plan.groups) == people // 2
    assert all(why.times == 0 for group in plan.groups for why in group.why)
    assert plan.kept is None


def test_a_crowd_of_threes_that_has_met_too_often_is_seated_all_the_same():
    who, history = crowd(261, 87, 3)
    plan = plan_round(who, history, Rules(3), 1)
    repeats = [why for group in plan.groups for why in group.why if why.times]
    assert len(plan.groups) == 87
    assert all(why.rounds_ago for why in repeats)


def test_a_crowd_without_a_past_is_paired():
    who = [Candidate(name) for name in names(300)]
    assert len(plan_round(who, History({}), Rules(), 1).groups) == 150


@pytest.mark.parametrize("people", [300, 4_101])
def test_a_wish_nobody_can_grant_stops_nothing(people):
    who = [Candidate(name, team="one") for name in names(people)]
    plan = plan_round(who, History({}), Rules(prefer=Preferences(cross_team=1)), 1)
    assert sum(len(group.people) for group in plan.groups) == people
    assert not plan.capped


def blocked_by_all_but(person, friends, count):
    return frozenset((one, person) for one in names(count) if one not in {person, *friends})


@pytest.mark.parametrize("people", [300, 1_030])
def test_someone_with_one_possible_partner_in_a_crowd_meets_them(people):
    numbers = {one: i for i, one in enumerate(names(people))}
    history = History(numbers, [past_round([[0, 1]])])
    rules = Rules(blocks=blocked_by_all_but("P000", ["P001"], people))
    for seed in range(2):
        plan = plan_round([Candidate(one) for one in numbers], history, rules, seed)
        (home,) = (group for group in plan.groups if "P000" in group.people)
        assert home.people == ("P000", "P001")
        assert home.why[0].times == 1


def test_a_group_of_a_crowd_that_lost_somebody_still_knows_its_past():
    rules = Rules(3, blocks=blocked_by_all_but("P000", [], 300))
    plan = plan_round([Candidate(one) for one in names(300)], History({}), rules, 1)
    assert [one.person for one in plan.left_out] == ["P000"]
    assert sum(len(group.people) for group in plan.groups) == 299


def test_who_likes_groups_of_three_is_in_the_odd_group_of_a_crowd():
    sizes = [{7: 3, 100: 3, 250: 3}.get(v, 2 if v % 2 else None) for v in range(301)]
    crowd = Crowd([f"P{v:03d}" for v in range(301)], size=sizes)
    plan = plan_round(crowd, History({}), Rules(), 1)
    assert [group.people for group in plan.groups if group.odd] == [("P007", "P100", "P250")]
