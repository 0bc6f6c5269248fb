"""Mending the groups of a crowd that repeat or are blocked: trades with a few random others."""

from __future__ import annotations

from core.matching.crowd.corner import Corner
from core.matching.crowd.seating import Seating, Turns
from core.matching.setting import Setting

BATCH = 24  # groups mended at once, together with as many random ones that help
HAVENS = 16  # groups looked at for somebody who may meet few people
WORK = 16  # steps of work for each person of a batch


def mend(setting: Setting, groups: Seating, bad: list[int], turns: Turns) -> list[int]:
    """Trade places between these groups and some random ones; the groups that stay bad."""
    donors = setting.rnd.sample(range(len(groups)), min(len(groups), len(bad) + BATCH))
    chosen = sorted({*donors, *_havens(setting, groups, bad)} - set(bad))
    setting.rnd.shuffle(chosen)
    setting.look_up([v for g in {*bad, *chosen} for v in groups[g]])
    left: list[int] = []
    share = max(1, len(chosen) * BATCH // len(bad))
    for k in range(0, len(bad), BATCH):
        part = bad[k : k + BATCH] + chosen[(k // BATCH) * share :][:share]
        left += _mend_part(setting, groups, part, turns)
    return left


def _havens(setting: Setting, groups: Seating, bad: list[int]) -> list[int]:
    """Groups of the few whom somebody in a bad group may meet, if chance would hardly find them."""
    half = len(setting.people) / 2
    picky = [v for g in bad for v in groups[g] if len(setting.foes.get(v, ())) > half]
    found = []
    for v in picky:
        foes = setting.foes[v]
        havens = [g for g, group in enumerate(groups) if not foes.issuperset(group)]
        setting.rnd.shuffle(havens)
        found += havens[:HAVENS]
    return found


def _mend_part(setting: Setting, groups: Seating, part: list[int], turns: Turns) -> list[int]:
    corner = Corner(setting, groups, part, turns)
    setting.limit.spend(len(corner.people) * WORK)
    repeat = corner.unit // 4  # the mildest, of a pair that did not meet, costs as much
    corner.settle(repeat)
    return corner.with_pair_above(repeat)
