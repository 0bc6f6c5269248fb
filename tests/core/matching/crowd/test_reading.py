"""The groups of a crowd, made when they are looked at."""

import pytest

from core.matching import Candidate, History, Rules, explain, plan_round
from tests.core.matching.town import names

MANY = 301


def test_the_groups_of_a_crowd_behave_like_a_tuple():
    who = [Candidate(name) for name in names(MANY)]
    plan = plan_round(who, History({}), Rules(), 1)
    again = plan_round(who, History({}), Rules(), 1)
    groups = tuple(plan.groups)
    assert len(groups) == len(plan.groups) == MANY // 2
    assert plan.groups == groups == again.groups
    assert (plan.groups[-1], plan.groups[:3]) == (groups[-1], groups[:3])
    assert plan.groups != groups[1:]
    assert plan.groups != list(groups)
    assert plan != plan_round(who, History({}), Rules(), 2)
    with pytest.raises(IndexError):
        plan.groups[MANY]
    assert explain(plan, "P007").person == "P007"
