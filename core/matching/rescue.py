"""What "not with" lists leave over: find everybody a group, or say that there is none."""

from __future__ import annotations

from itertools import combinations

from core.matching.past.ledger import price
from core.matching.setting import Groups, Setting


def rescue(setting: Setting, groups: Groups, left: list[int]) -> tuple[Groups, list[int]]:
    """Take blocked pairs apart and put whoever is alone into the group that suits best.

    Returns groups without a blocked pair, and the people whom no group could take.
    """
    kept: Groups = []
    lonely = list(left)
    for group in groups:
        calm, out = _calm(setting, group)
        lonely += out
        if len(calm) > 1:
            kept.append(calm)
        else:
            lonely += calm
    _pair_up(setting, kept, lonely)
    for v in lonely[:]:
        if (home := _best_home(setting, kept, v)) is not None:
            home.append(v)
            lonely.remove(v)
    return kept, lonely


def _calm(setting: Setting, group: list[int]) -> tuple[list[int], list[int]]:
    """The group without those who must not be in it, most blocked first."""
    calm, out = list(group), []
    while any(setting.blocked(a, b) for a, b in combinations(calm, 2)):
        worst = max(calm, key=lambda v: sum(setting.blocked(v, w) for w in calm))
        calm.remove(worst)
        out.append(worst)
    return calm, out


def _pair_up(setting: Setting, groups: Groups, lonely: list[int]) -> None:
    """Two lonely people who may meet are a group."""
    pairs = sorted(
        (
            (setting.level(a, b), a, b)
            for a, b in combinations(lonely, 2)
            if not setting.blocked(a, b)
        ),
    )
    for _, a, b in pairs:
        if a in lonely and b in lonely:
            groups.append([a, b])
            lonely.remove(a)
            lonely.remove(b)


def _best_home(setting: Setting, groups: Groups, v: int) -> list[int] | None:
    """The group, not larger than usual, where v repeats least; None when each has a block."""
    open_to = [
        (sum(price(setting.level(v, w)) for w in group), k)
        for k, group in enumerate(groups)
        if len(group) <= setting.rules.size and not any(setting.blocked(v, w) for w in group)
    ]
    return groups[min(open_to)[1]] if open_to else None
