"""Soft wishes in a crowd: exact work on small random parts, or quick trades when it is huge."""

from __future__ import annotations

from itertools import combinations, pairwise

from core.matching.crowd.corner import Corner
from core.matching.crowd.seating import Seating, Turns
from core.matching.groups.costs import cost_table
from core.matching.pairs.chains import improve, nearest
from core.matching.setting import VAST, Setting
from core.matching.soft import SoftCost

PART = 240  # people looked at together, every pair of them
ROUNDS = 2  # times everybody is put into a part
TRADES = 6  # quick trades tried per group, for each of its people


def grant_wishes(setting: Setting, groups: Seating, turns: Turns) -> None:
    """Trade places so that fewer wishes go unmet. Groups keep their sizes."""
    if setting.soft is None:
        return
    if len(setting.people) > VAST:
        _trade(setting, groups)
        return
    setting.look_up()
    for _ in range(ROUNDS):
        order = list(range(len(groups)))
        setting.rnd.shuffle(order)
        share = PART // setting.rules.size
        for start in range(0, len(order), share):
            part = order[start : start + share]
            if setting.limit.spend(PART * PART):
                return
            if setting.rules.size == 2:
                _rematch(setting, groups, part)
            else:
                Corner(setting, groups, part, turns).settle()


def _rematch(setting: Setting, groups: Seating, part: list[int]) -> None:
    """Re-pair the people of some pairs."""
    part = [g for g in part if len(groups[g]) == 2]
    people = [v for g in part for v in groups[g]]
    costs, _ = cost_table(setting, people)
    mate = [i ^ 1 for i in range(len(people))]
    improve(mate, costs, nearest(costs), setting.limit.spend)
    pairs = [[people[i], people[j]] for i, j in enumerate(mate) if i < j]
    for k, pair in enumerate(pairs):
        groups[part[k]] = pair


def _unmet(soft: SoftCost, group: list[int]) -> int:
    if len(group) == 2:
        return soft(group[0], group[1])
    return sum(soft(a, b) for a, b in combinations(group, 2))


def _trade(setting: Setting, groups: Seating) -> None:
    """For each group with an unmet wish, try a few trades with random groups of its part."""
    for low, high in pairwise(groups.parts):
        for g in range(low, high):
            _trade_within(setting, groups, g, low, high)
            if setting.limit.spend(TRADES * setting.rules.size):
                return


def _trade_within(setting: Setting, groups: Seating, g: int, low: int, high: int) -> None:
    soft, rnd = setting.soft, setting.rnd
    assert soft is not None
    group = groups[g]
    for _ in range(TRADES * len(group)):
        if not (unmet := _unmet(soft, group)):
            break
        h = low + int(rnd.random() * (high - low))
        other = groups[h]
        if h == g or len(other) != len(group):
            continue
        before = unmet + _unmet(soft, other)
        j, k = int(rnd.random() * len(group)), int(rnd.random() * len(other))
        group[j], other[k] = other[k], group[j]
        if _unmet(soft, group) + _unmet(soft, other) >= before:
            group[j], other[k] = other[k], group[j]
        else:
            groups[g], groups[h] = group, other
