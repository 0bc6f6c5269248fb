"""A hidden schedule for groups: as long as the same people come, one of its rounds is taken."""

from __future__ import annotations

from collections.abc import Sequence

from core.matching.groups.starters import schedule
from core.matching.kept import pack, pairs, split, unpack
from core.matching.setting import Groups, Setting

TRIES = 12  # ways of seating people in the schedule, when some must never meet


def scheduled(
    setting: Setting, sizes: Sequence[int], costs: Sequence[Sequence[int]]
) -> tuple[Groups, list[list[int]], int] | None:
    """The best round of the schedule, the rounds after it, and its cost; None without one."""
    rounds = unpack(setting, sizes)
    if not rounds and len(set(sizes)) == 1 and sum(sizes) == len(setting.people):
        rounds = max((_drawn(setting, sizes) for _ in range(TRIES)), key=len)
    if not rounds:
        return None
    prices = [sum(costs[a][b] for a, b in pairs(one, sizes)) for one in rounds]
    best = prices.index(min(prices))
    return split(rounds[best], sizes), rounds[:best] + rounds[best + 1 :], prices[best]


def keep(setting: Setting, sizes: Sequence[int], rounds: Sequence[Sequence[int]]) -> None:
    """Save what is left of the schedule, and how often its pairs have met so far."""
    ties = setting.ledger.ties
    burns = [ties[a][b].burn for one in rounds for a, b in pairs(one, sizes) if b in ties[a]]
    if rounds:
        setting.still_kept = pack(setting, sizes, rounds, max(burns, default=0))


def _drawn(setting: Setting, sizes: Sequence[int]) -> list[list[int]]:
    """A schedule with everybody at a random place; rounds that seat a blocked pair are dropped."""
    places = list(range(len(setting.people)))
    setting.rnd.shuffle(places)
    rounds = [[places[seat] for seat in one] for one in schedule(len(places), sizes[0])]
    setting.rnd.shuffle(rounds)
    return [one for one in rounds if not any(setting.blocked(a, b) for a, b in pairs(one, sizes))]
