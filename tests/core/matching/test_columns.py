"""People as columns, groups made on demand: the same rounds in little room."""

from array import array
from random import Random

import pytest

from core.matching import (
    Candidate,
    Crowd,
    History,
    MatchingError,
    Odd,
    PastRound,
    Preferences,
    Rules,
    explain,
    plan_round,
)
from tests.core.matching.town import names, past_round

MANY = 301


def both(count):
    """The same people as objects and as columns; every ninth wants fewer rounds."""
    teams = [f"t{i % 4}" for i in range(count)]
    credit = array("d", [i % 5 / 2 for i in range(count)])
    organised = array("i", [i % 3 for i in range(count)])
    pace = bytes(1 + (i % 9 == 0) for i in range(count))
    crowd = Crowd(
        [f"P{i:04d}" for i in range(count)],
        array("i", range(count)),
        team=teams,
        credit=credit,
        organised=organised,
        pace=pace,
    )
    return list(crowd), crowd


@pytest.mark.parametrize("count", [0, 1, 30, MANY])
@pytest.mark.parametrize("rules", [Rules(prefer=Preferences(cross_team=1)), Rules(3, Odd.SIT_OUT)])
def test_columns_and_objects_give_the_same_round(count, rules):
    people, crowd = both(count)
    past = [past_round([[i, i + 1, i + 2] for i in range(0, count - 2, 3)])]
    numbers = {person.id: i for i, person in enumerate(people)}
    plan = plan_round(crowd, History({}, past), rules, 1)
    assert plan == plan_round(people[::-1], History(numbers, past), rules, 1)
    assert plan == plan_round(Crowd(crowd.ids, **crowd.columns), History(numbers, past), rules, 1)
    assert sum(len(group.people) for group in plan.groups) + len(plan.left_out) == count


def test_a_person_of_a_crowd_is_made_when_looked_at():
    _, crowd = both(6)
    assert crowd[1] == Candidate("P0001", team="t1", credit=0.5, organised=1)
    assert crowd[-2:] == [crowd[4], crowd[5]]


@pytest.mark.parametrize(
    ("field", "columns"),
    [
        ("ids", {"ids": ["b", "a"]}),
        ("ids", {"ids": ["a", "a"]}),
        ("numbers", {"ids": ["a"], "numbers": [1, 2]}),
        ("team", {"ids": ["a"], "team": []}),
        ("height", {"ids": ["a"], "height": [1]}),
    ],
)
def test_columns_that_do_not_fit_are_refused(field, columns):
    with pytest.raises(MatchingError) as refused:
        Crowd(**columns)
    assert refused.value.field == field


def test_the_groups_of_a_crowd_behave_like_a_tuple():
    who = [Candidate(name) for name in names(MANY)]
    plan = plan_round(who, History({}), Rules(), 1)
    again = plan_round(who, History({}), Rules(), 1)
    groups = tuple(plan.groups)
    assert len(groups) == len(plan.groups) == MANY // 2
    assert plan.groups == groups == again.groups
    assert hash(plan) == hash(again)
    assert repr(plan.groups) == repr(groups)
    assert (plan.groups[-1], plan.groups[:3]) == (groups[-1], groups[:3])
    assert plan.groups != groups[1:]
    assert plan.groups != list(groups)
    assert plan != plan_round(who, History({}), Rules(), 2)
    with pytest.raises(IndexError):
        plan.groups[MANY]
    assert explain(plan, "P007").person == "P007"


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


def test_who_likes_groups_of_three_is_in_the_odd_group_of_a_crowd():
    sizes = [{7: 3, 100: 3, 250: 3}.get(v, 2 if v % 2 else None) for v in range(MANY)]
    crowd = Crowd([f"P{v:03d}" for v in range(MANY)], size=sizes)
    plan = plan_round(crowd, History({}), Rules(), 1)
    assert [group.people for group in plan.groups if group.odd] == [("P007", "P100", "P250")]


def test_a_past_group_without_an_outcome_is_read_past():
    past = PastRound(array("i", [0, 1]), bytes([2]), b"")
    who = [Candidate(name) for name in names(2)]
    plan = plan_round(who, History({"P000": 0, "P001": 1}, [past]), Rules(), 1)
    assert plan.groups[0].why[0].times == 0
