"""Explanations: true, and silent about blocks."""

import pytest

from core.matching import MET, NOT_MET, Candidate, History, Kind, Rules, explain, plan_round
from tests.core.matching.town import names, past_round

NUMBERS = {name: i for i, name in enumerate(names(4))}


def round_of(past, people=4, **rules):
    who = [Candidate(name) for name in names(people)]
    return plan_round(who, History(NUMBERS, past), Rules(**rules), 1)


def test_people_who_never_met_are_told_so():
    told = explain(round_of([past_round([[0, 1], [2, 3]], MET)]), "P000")
    (partner,) = told.partners
    assert partner.kind is Kind.FIRST_TIME
    assert (partner.times, partner.rounds_ago) == (0, None)
    assert partner.nobody_longer
    assert not partner.all_met


def test_a_repeat_tells_how_long_ago_and_that_nobody_waited_longer():
    cycle = [[[0, 1], [2, 3]], [[0, 2], [1, 3]], [[0, 3], [1, 2]]]
    plan = round_of([past_round(groups, MET) for groups in cycle])
    (partner,) = explain(plan, "P000").partners
    assert partner.person == "P001"
    assert (partner.kind, partner.times, partner.met) == (Kind.AGAIN, 1, 1)
    assert partner.rounds_ago == 3
    assert partner.nobody_longer
    assert partner.all_met
    (other,) = explain(plan, "P001").partners
    assert (other.person, other.nobody_longer) == ("P000", True)


def test_people_who_missed_each_other_come_first_again():
    cycle = [([[0, 1], [2, 3]], MET), ([[0, 2], [1, 3]], MET), ([[0, 3], [1, 2]], NOT_MET)]
    plan = round_of([past_round(groups, outcome) for groups, outcome in cycle])
    (partner,) = explain(plan, "P000").partners
    assert (partner.person, partner.kind) == ("P003", Kind.NOT_YET_MET)
    assert (partner.times, partner.met, partner.rounds_ago) == (1, 0, 1)
    assert not partner.nobody_longer


def test_a_block_makes_no_claim_true():
    """With P001 blocked, P000 repeats although P001 is still unmet: nothing may be claimed."""
    past = [past_round([[0, 2], [1, 3]], MET), past_round([[0, 3], [1, 2]], MET)]
    plan = round_of(past, blocks=frozenset({("P000", "P001")}))
    for name in ("P000", "P001"):
        (partner,) = explain(plan, name).partners
        assert not partner.nobody_longer
        assert not partner.all_met


def test_meetings_elsewhere_count_but_do_not_turn_the_clock():
    past = [past_round([[0, 1], [2, 3]]), past_round([[0, 2]], own=False)]
    plan = round_of(past, people=3)
    ago = {(why.a, why.b): why.rounds_ago for why in plan.groups[0].why}
    assert ago == {("P000", "P001"): 1, ("P000", "P002"): 1, ("P001", "P002"): None}


def test_a_trio_is_explained_partner_by_partner():
    plan = round_of([], people=3)
    told = explain(plan, "P001")
    assert [partner.person for partner in told.partners] == ["P000", "P002"]
    assert told.odd


def test_nobody_is_told_about_a_group_they_are_not_in():
    assert explain(round_of([]), "P009") is None


@pytest.mark.parametrize(("times", "chosen"), [((0, 1), "P000"), ((2, 1), "P001")])
def test_the_organiser_is_who_did_it_least(times, chosen):
    who = [Candidate(f"P00{i}", organised=count) for i, count in enumerate(times)]
    assert plan_round(who, History({}), Rules(), 1).groups[0].organiser == chosen
