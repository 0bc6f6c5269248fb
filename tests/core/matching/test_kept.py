"""The plan kept between rounds."""

from dataclasses import replace

import pytest

from core.matching import Candidate, History, KeptPlan, Odd, Preferences, Rules, plan_round
from tests.core.matching.town import Town, names, past_round

MIXING = Rules(prefer=Preferences(cross_team=1))


def mixed(people):
    return [Candidate(name, team="ab"[i % 2]) for i, name in enumerate(names(people))]


def test_a_kept_plan_survives_being_text():
    kept = plan_round(mixed(10), History({}), MIXING, 1).kept
    assert len(kept.rounds) == 8
    assert KeptPlan.from_json(kept.to_json()) == kept


@pytest.mark.parametrize(
    "text",
    ["", "7", "[]", "[2,[],[],[],0]", '[1,["a"],[2],["AAE"],0]', '[1,["a"],[2],["AAEC"],0]',
     '[1,null,[2],[],0]', '[1,["a"],[900],[],0]'],
)  # fmt: skip
def test_text_that_is_no_kept_plan_is_none(text):
    assert KeptPlan.from_json(text) is None


@pytest.mark.parametrize("odd", [Odd.LARGER, Odd.SIT_OUT])
def test_the_kept_plan_saves_the_cycle_when_wishes_lead_astray(odd):
    people = 9 if odd is Odd.SIT_OUT else 10
    rules = replace(MIXING, odd=odd)
    town = Town(people, rules, lambda i: {"team": "ab"[i % 2]}, seed=3)
    town.hold_many(9)
    assert town.repeats == 0


def kept_for(people, rules=MIXING):
    return plan_round(mixed(people), History({}), rules, 1).kept


@pytest.mark.parametrize(
    "spoil",
    [
        lambda kept: replace(kept, people=("X", *kept.people[1:])),
        lambda kept: replace(kept, sizes=b"\x03\x03"),
        lambda kept: replace(kept, rounds=(b"\0\0\0\0\0\0",)),
    ],
)
def test_a_kept_plan_that_does_not_fit_is_not_used(spoil):
    plan = plan_round(mixed(6), History({}, (), spoil(kept_for(6))), MIXING, 2)
    assert plan == plan_round(mixed(6), History({}), MIXING, 2)


def test_a_kept_plan_with_pairs_that_have_met_since_is_not_used():
    number = {name: i for i, name in enumerate(names(6))}
    past = [past_round([[a, b]]) for a in range(6) for b in range(a)]
    with_kept = plan_round(mixed(6), History(number, past, kept_for(6)), MIXING, 2)
    assert with_kept == plan_round(mixed(6), History(number, past), MIXING, 2)


def test_a_kept_plan_that_names_somebody_twice_is_not_used():
    kept = kept_for(6)
    spoilt = replace(kept, people=(kept.people[1], *kept.people))
    plan = plan_round(mixed(6), History({}, (), spoilt), MIXING, 2)
    assert plan == plan_round(mixed(6), History({}), MIXING, 2)
