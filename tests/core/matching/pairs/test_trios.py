"""The trio of an odd round: whose turn it is, and what it costs."""

import pytest

from core.matching import Candidate, History, Rules, plan_round
from tests.core.matching.town import Town, names, past_round

NOTHING = History({})


@pytest.mark.parametrize("people", [9, 11, 15])
def test_the_trio_comes_round_to_everybody(people):
    town = Town(people)
    town.hold_many(40)
    most_clean = people * (people - 1) // (people + 3)
    assert town.first_repeat >= most_clean - 2
    assert max(town.odd.values()) - min(town.odd[p] for p in town.odd) <= 2
    assert len(town.odd) == people


def test_a_trio_is_found_even_if_only_one_person_is_due():
    who = [Candidate(name, credit=5.0 * (name != "P003")) for name in names(7)]
    plan = plan_round(who, NOTHING, Rules(), 1)
    assert sorted(map(len, [g.people for g in plan.groups])) == [2, 2, 3]


@pytest.mark.parametrize("waiting", [1, 2])
def test_whoever_has_waited_much_longer_is_in_the_trio_even_if_that_repeats(waiting):
    name = names(9)
    long = set(name[:waiting])
    met = past_round([[a, b] for a in range(waiting) for b in range(9) if a != b], own=False)
    history = History({one: i for i, one in enumerate(name)}, [met])
    who = [Candidate(one, credit=-3.0 if one in long else 0.0) for one in name]
    for seed in range(3):
        plan = plan_round(who, history, Rules(), seed)
        (trio,) = (group.people for group in plan.groups if group.odd)
        assert long <= set(trio)
    apart = Rules(blocks=frozenset(("P000", one) for one in name[2:]))
    assert len(plan_round(who, history, apart, 1).groups) == 4
