"""A search that has no work left to spend still seats everybody."""

from random import Random

import pytest

from core.matching import Candidate, History, Plan, Preferences, Rules
from core.matching.groups.table import Table, total
from core.matching.pairs.peeling import peel
from core.matching.plan import arrange, setting_of
from core.matching.setting import Limit
from tests.core.matching.town import names

MIXING = Rules(prefer=Preferences(cross_team=1))


def tired(people: int, rules: Rules, steps: int) -> Plan:
    """A round planned with so many steps of work."""
    who = [Candidate(name, team="ab"[i % 2]) for i, name in enumerate(names(people))]
    setting = setting_of(who, History({}), rules, 1)
    setting.limit = Limit(steps)
    return arrange(setting, 1)


def test_work_that_runs_out_marks_the_plan():
    assert tired(20, MIXING, 0).capped
    assert len(tired(20, MIXING, 0).groups) == 10
    assert not tired(20, MIXING, 1_000_000).capped


@pytest.mark.parametrize(
    ("people", "rules"),
    [
        (21, MIXING),
        (31, Rules(size=3)),
        (300, MIXING),
        (4_100, MIXING),
        (301, Rules(size=3, prefer=MIXING.prefer)),
        (300, Rules(size=4, prefer=Preferences(hours=1))),
    ],
)
def test_every_search_stops_when_told_and_still_seats_everybody(people, rules):
    plan = tired(people, rules, 0)
    assert sum(len(group.people) for group in plan.groups) == people
    assert plan.capped


def test_a_crowd_may_take_more_work():
    for people in (2, 300):
        who = [Candidate(name) for name in names(people)]
        setting = setting_of(who, History({}), Rules(), 1)
        assert setting.limit == Limit(steps=4_000_000 + 40 * people)


def test_work_is_counted():
    limit = Limit(steps=10)
    assert not limit.spend(10)
    assert limit.spend(1)
    assert limit.hit


def test_trading_places_stops_when_there_is_no_time_left():
    costs = [[0, 1, 0, 0], [1, 0, 0, 0], [0, 0, 0, 1], [0, 0, 1, 0]]
    table = Table([[0, 1], [2, 3]], costs, lambda person, group: False)
    table.settle(Random(1), lambda steps: True)
    assert table.groups == [[0, 1], [2, 3]]
    table.settle(Random(1), lambda steps: False)
    assert total(table.groups, costs) == 0


def test_peeling_stops_when_there_is_no_time_left():
    rows = [0b1111 ^ (1 << v) for v in range(4)]
    assert len(peel(rows, 3, Random(1), over=lambda steps: True)) == 1
    rows = [0b0010, 0b0101, 0b0010]  # three in a row: no perfect matching
    assert peel(rows, 1, Random(1), over=lambda steps: True) == []
