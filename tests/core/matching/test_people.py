"""People as columns or as objects: the same rounds."""

from array import array

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
    plan_round,
)
from tests.core.matching.town import names, past_round

MANY = 301


def both(count):
    """The same people as objects and as columns."""
    teams = [f"t{i % 4}" for i in range(count)]
    credit = array("d", [i % 5 / 2 for i in range(count)])
    organised = array("i", [i % 3 for i in range(count)])
    crowd = Crowd(
        [f"P{i:04d}" for i in range(count)],
        array("i", range(count)),
        team=teams,
        credit=credit,
        organised=organised,
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


def test_a_past_group_without_an_outcome_is_read_past():
    past = PastRound(array("i", [0, 1]), bytes([2]), b"")
    who = [Candidate(name) for name in names(2)]
    plan = plan_round(who, History({"P000": 0, "P001": 1}, [past]), Rules(), 1)
    assert plan.groups[0].why[0].times == 0
