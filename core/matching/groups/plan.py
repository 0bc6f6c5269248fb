"""Rounds of three and more: a round of the hidden schedule, or else seats that are traded."""

from __future__ import annotations

from collections.abc import Sequence

from core.matching.groups.costs import cost_table
from core.matching.groups.schedule import keep, scheduled
from core.matching.groups.seats import seat_without, sitting_out, turns
from core.matching.groups.table import Table, total
from core.matching.setting import Groups, Setting

MOVES, MOVES_EACH = 20_000, 700  # of annealing: at most, and for each person


def plan_groups(setting: Setting, sizes: Sequence[int]) -> Groups:
    """Groups for a channel small enough to look at every pair."""
    out = sitting_out(setting, len(setting.people) - sum(sizes))
    groups = seat_without(setting, sizes, out)
    odd, late = turns(setting, groups)
    costs, unit = cost_table(setting, range(len(setting.people)))
    table = Table(groups, costs, lambda v, g: g in odd and v in late)
    ready = scheduled(setting, sizes, costs)
    if ready is not None and ready[2] < unit:
        keep(setting, sizes, ready[1])
        return ready[0]
    moves = min(MOVES, MOVES_EACH * len(setting.people))
    setting.limit.spend(moves)
    table.anneal(moves, unit, setting.rnd)
    table.settle(setting.rnd, setting.limit.spend)
    if ready is not None and ready[2] <= total(table.groups, costs):
        keep(setting, sizes, ready[1])
        return ready[0]
    return table.groups
