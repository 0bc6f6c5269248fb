"""Rounds of thousands: shuffle, find the few groups that repeat or are blocked, mend those."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import compress, count

from core.matching.crowd.colours import Colours
from core.matching.crowd.conflicts import blocked, repeats
from core.matching.crowd.mending import mend
from core.matching.crowd.seating import Seating, Turns, seat_crowd
from core.matching.crowd.wishes import grant_wishes
from core.matching.pairs.plan import plan_pairs
from core.matching.past.sieve import numbers_in
from core.matching.rescue import rescue
from core.matching.setting import VAST, Groups, Setting
from core.matching.sizes import SMALLEST

PASSES = 3
ALIKE, MOST_COLOURS = 1_500, 8  # people of one colour in a vast crowd; colours as a power of two
DENSE, MANY = 1_024, 0.25  # people up to whom every pair is looked at when too many have met


def plan_crowd(
    setting: Setting, sizes: Sequence[int], out: int
) -> tuple[Seating, list[int], list[int]]:
    """Groups for any number of people, `out` who sit out, and whom no group could take.

    Looks only at the pairs that are about to meet.
    """
    colours = _colours(setting)
    groups = seat_crowd(setting, sizes, _by_place(setting, colours))
    turns = Turns(setting, sizes)
    grant_wishes(setting, groups, turns)
    again = repeats(setting, groups, colours)
    bad = sorted(again.union(blocked(setting, groups)))
    exact = setting.rules.size == SMALLEST and len(setting.people) <= DENSE
    passes = 0 if exact and len(bad) > len(groups) * MANY else PASSES
    for turn in range(passes):
        unsure = {*range(groups.parts[1]), *range(groups.parts[-2], len(groups))}
        suspects = bad if turn else sorted(unsure.union(bad))
        bad = mend(setting, groups, suspects, turns) if suspects else []
    if bad and exact:
        setting.look_up()
        found = plan_pairs(setting)
        groups = Seating([v for group in found for v in group], map(len, found))
    return _finish(setting, groups, out)


def _colours(setting: Setting) -> Colours:
    """Colours for everybody's number: one for all when nobody has met yet."""
    count = colour_count(len(setting.people)) if setting.history.rounds else 1
    return Colours(count, max(0, *setting.numbers), setting.rnd)


def colour_count(people: int) -> int:
    """How many colours so many people get: one for all, unless the crowd is vast."""
    return 1 << min(MOST_COLOURS, (people // ALIKE).bit_length() - 1) if people > VAST else 1


def _by_place(setting: Setting, colours: Colours) -> bytes:
    """Everybody's colour; it does not matter for whoever has no past."""
    by_place = bytearray(colours.of(numbers_in(setting.numbers)))
    for v in compress(count(), map((0).__gt__, setting.numbers)):
        by_place[v] = setting.rnd.randrange(colours.count)
    return bytes(by_place)


def _finish(setting: Setting, groups: Seating, out: int) -> tuple[Seating, list[int], list[int]]:
    """The groups without the blocked pairs still there, who sits out, and who is left alone."""
    left = groups.without(len(setting.people))
    resting, alone = (left, []) if len(left) == out else ([], left)
    if not alone and next(blocked(setting, groups), None) is None:
        return groups, resting, []
    before = set(map(tuple, groups))
    whole, lonely = rescue(setting, list(groups), alone)
    _look_up(setting, [group for group in whole if tuple(group) not in before])
    return Seating([v for group in whole for v in group], map(len, whole)), resting, lonely


def _look_up(setting: Setting, changed: Groups) -> None:
    """Know the past of groups that were changed since, besides what is known already."""
    if changed:
        setting.look_up(setting.ledger.ties.keys() | {v for group in changed for v in group})
