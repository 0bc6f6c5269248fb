"""The plan kept from one round to the next: packed into bytes, and trusted only if it still holds.

Here a round is a flat list of places, group after group. One place after the last person stands
for the empty chair of somebody who sits out.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, islice

from core.matching.setting import Setting
from core.matching.values import KeptPlan

MOST_KEPT = 256  # seats that one byte can tell apart


def pack(
    setting: Setting, sizes: Sequence[int], rounds: Sequence[Sequence[int]], level: int
) -> KeptPlan:
    """Rounds as bytes, in terms of people instead of today's places."""
    people = setting.people
    order = sorted(range(len(people)), key=lambda v: people[v].id)
    seat = {v: k for k, v in enumerate(order)}
    packed = tuple(bytes(seat.get(v, len(people)) for v in places) for places in rounds)
    return KeptPlan(tuple(people[v].id for v in order), bytes(sizes), packed, level)


def unpack(setting: Setting, sizes: Sequence[int]) -> list[list[int]]:
    """The kept rounds in today's places and random order.

    Nothing unless the same people are here for the same groups, nobody in them is blocked, and
    every pair in them has still met no more than when the plan was proven.
    """
    kept = setting.history.kept
    place = {person.id: v for v, person in enumerate(setting.people)}
    if kept is None or kept.sizes != bytes(sizes) or sorted(kept.people) != sorted(place):
        return []
    everyone = list(range(sum(sizes)))
    if any(sorted(seats) != everyone for seats in kept.rounds):
        return []
    places = [place[person] for person in kept.people] + [len(place)]
    rounds = [[places[seat] for seat in seats] for seats in kept.rounds]
    if any(not _holds(setting, pair, kept.level) for one in rounds for pair in pairs(one, sizes)):
        return []
    setting.rnd.shuffle(rounds)
    return rounds


def pairs(places: Sequence[int], sizes: Sequence[int]) -> list[tuple[int, int]]:
    """Everybody who shares a group."""
    return [pair for group in split(places, sizes) for pair in combinations(group, 2)]


def split(places: Sequence[int], sizes: Sequence[int]) -> list[list[int]]:
    """The groups of a flat round."""
    seats = iter(places)
    return [list(islice(seats, size)) for size in sizes]


def _holds(setting: Setting, pair: tuple[int, int], level: int) -> bool:
    a, b = pair
    if len(setting.people) in pair:
        return True  # the empty chair
    tie = setting.ledger.ties[a].get(b)
    return not setting.blocked(a, b) and (tie is None or tie.burn <= level)
