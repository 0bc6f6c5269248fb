"""Few people, odd rules, people who left: a plan with reasons, or one clear error."""

import pytest

from core.matching import (
    Candidate,
    History,
    LeftOut,
    MatchingError,
    Odd,
    Preferences,
    Reason,
    Rules,
    forecast,
    plan_round,
)
from tests.core.matching.town import names, past_round

NOTHING = History({})


def people(n):
    return [Candidate(name) for name in names(n)]


def groups(plan):
    return sorted(group.people for group in plan.groups)


def test_nobody_is_an_empty_plan():
    plan = plan_round([], NOTHING, Rules(), 1)
    assert plan.groups == plan.left_out == ()


@pytest.mark.parametrize("odd", Odd)
def test_one_person_is_left_out_as_the_only_one(odd):
    plan = plan_round(people(1), NOTHING, Rules(odd=odd), 1)
    assert plan.left_out == (LeftOut("P000", Reason.ALONE),)


@pytest.mark.parametrize("size", range(2, 7))
@pytest.mark.parametrize("odd", Odd)
def test_two_people_meet_whatever_the_group_size(size, odd):
    plan = plan_round(people(2), NOTHING, Rules(size, odd), 1)
    assert groups(plan) == [("P000", "P001")]
    assert plan.groups[0].odd == (size > 2)


def test_three_people_are_a_trio_or_one_sits_out():
    assert groups(plan_round(people(3), NOTHING, Rules(), 1)) == [("P000", "P001", "P002")]
    plan = plan_round(people(3), NOTHING, Rules(odd=Odd.SIT_OUT), 1)
    assert [one.reason for one in plan.left_out] == [Reason.SITS_OUT]


@pytest.mark.parametrize("count", [2, 5, 8, 260])
def test_everybody_blocks_everybody(count):
    name = names(count)
    blocks = frozenset((a, b) for a in name for b in name)
    plan = plan_round(people(count), NOTHING, Rules(blocks=blocks), 1)
    assert plan.groups == ()
    assert {one.reason for one in plan.left_out} == {Reason.NO_PARTNER}


def test_someone_who_blocked_all_but_one_meets_that_one():
    blocks = frozenset(("P000", name) for name in names(8)[1:7])
    for seed in range(5):
        plan = plan_round(people(8), NOTHING, Rules(blocks=blocks), seed)
        assert ("P000", "P007") in groups(plan)


def test_someone_without_a_partner_does_not_strand_the_other():
    blocks = frozenset((name, "P000") for name in names(6)[1:])
    plan = plan_round(people(6), NOTHING, Rules(blocks=blocks), 1)
    assert plan.left_out == (LeftOut("P000", Reason.NO_PARTNER),)
    assert sorted(map(len, groups(plan))) == [2, 3]


def test_two_who_block_each_other_and_a_third_find_what_they_can():
    plan = plan_round(people(3), NOTHING, Rules(blocks=frozenset({("P001", "P000")})), 1)
    assert len(plan.groups) == len(plan.left_out) == 1
    assert plan.left_out[0].reason is Reason.NO_PARTNER


def test_trios_that_would_all_hold_a_block_are_not_formed():
    name = names(5)
    blocks = frozenset({(a, b) for a in name[:3] for b in name[:3]} | {(name[3], name[4])})
    plan = plan_round(people(5), NOTHING, Rules(blocks=blocks), 1)
    assert sorted(map(len, groups(plan))) == [2, 2]
    assert [one.reason for one in plan.left_out] == [Reason.NO_PARTNER]


def test_somebody_listed_twice_counts_once_as_first_listed():
    twice = [*people(4), Candidate("P000", organised=-9)]
    assert plan_round(twice, NOTHING, Rules(), 3) == plan_round(people(4), NOTHING, Rules(), 3)


def test_a_history_of_people_who_left_is_read_past():
    past = past_round([[7, 8], [0, 9], [1, 2, 30]])
    plan = plan_round(people(4), History({"P000": 0, "P001": 1}, [past]), Rules(), 1)
    assert all(why.times == 0 for group in plan.groups for why in group.why)


def test_a_newcomer_has_nobodys_past():
    who = [Candidate("A"), Candidate("B"), Candidate("newcomer")]
    plan = plan_round(who, History({"A": 0, "B": 1}, [past_round([[0, 1]])]), Rules(), 1)
    assert {(why.a, why.b): why.times for why in plan.groups[0].why} == {
        ("A", "B"): 1,
        ("A", "newcomer"): 0,
        ("B", "newcomer"): 0,
    }


@pytest.mark.parametrize("count", [2, 300])
def test_somebody_without_a_number_is_nobody_of_the_past(count):
    past = [past_round([[0, -1], [-1, -1]])]
    plan = plan_round(people(count), History({"P000": 0}, past), Rules(), 1)
    assert not any(why.times for group in plan.groups for why in group.why)


def test_a_history_with_somebody_twice_in_a_group_is_read_past():
    past = past_round([[0, 0, 1]])
    plan = plan_round(people(2), History({"P000": 0, "P001": 1}, [past]), Rules(), 1)
    assert plan.groups[0].why[0].times == 2


@pytest.mark.parametrize(
    ("field", "rules"),
    [
        ("size", Rules(size=1)),
        ("size", Rules(size=7)),
        ("odd", Rules(odd="nobody")),
        ("window", Rules(window=1.5)),
        ("blocks", Rules(blocks=frozenset({("P000",)}))),
        ("hours", Rules(prefer=Preferences(hours=-1))),
        ("within_team", Rules(prefer=Preferences(cross_team=1, within_team=1))),
    ],
)
def test_rules_that_cannot_be_followed_name_the_field(field, rules):
    with pytest.raises(MatchingError) as error:
        plan_round(people(4), NOTHING, rules, 1)
    assert error.value.field == field
    assert error.value.message.endswith(".")


@pytest.mark.parametrize(
    ("count", "size", "odd", "sizes"),
    [
        (5, 2, Odd.LARGER, [3, 2]),
        (5, 2, Odd.SMALLER, [3, 2]),
        (11, 3, Odd.LARGER, [4, 4, 3]),
        (11, 3, Odd.SMALLER, [3, 3, 3, 2]),
        (11, 6, Odd.LARGER, [6, 5]),
        (13, 6, Odd.LARGER, [7, 6]),
        (5, 3, Odd.LARGER, [3, 2]),
        (11, 3, Odd.SIT_OUT, [3, 3, 3]),
        (4, 6, Odd.SIT_OUT, [4]),
    ],
)
def test_the_odd_ones_go_where_the_host_said(count, size, odd, sizes):
    plan = plan_round(people(count), NOTHING, Rules(size, odd), 1)
    assert sorted((len(group.people) for group in plan.groups), reverse=sizes[0] > 0) == sizes


def test_the_forecast_counts_rounds_until_all_have_met():
    assert forecast(12, Rules()) == 11
    assert forecast(9, Rules(odd=Odd.SIT_OUT)) == 9
    assert forecast(9, Rules()) == 6
    assert forecast(9, Rules(size=3)) == 4
    assert forecast(2, Rules()) == 1
    assert forecast(1, Rules()) is None


def test_a_group_torn_apart_by_blocks_becomes_two_pairs():
    blocks = frozenset({("P000", "P001"), ("P002", "P003")})
    plan = plan_round(people(4), NOTHING, Rules(size=3, blocks=blocks), 1)
    assert sorted(map(len, groups(plan))) == [2, 2]
