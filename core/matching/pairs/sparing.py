"""Whom to spare: when people come and go, some run out of new partners long before others.

Who has been here from the start has few people left to meet, and who came last week has nearly
all. A round that pairs two of the former uses up what both will need soon; one that pairs them
with newcomers does not. So among rounds that are equally good today, the one is held that costs
least by the measure below. It puts the first repeat off by about half a round (docs/matching.md).
"""

from __future__ import annotations

from collections.abc import Sequence

SCALE = 1_000_000  # costs are whole numbers, also for 256 people


def sparing(left: Sequence[int]) -> list[list[int]] | None:
    """What each pair costs, given how many partners everybody has left; None: it makes no odds.

    If everybody chose one of their partners by chance, two people would choose each other with
    the chance 1/(left of the one) x 1/(left of the other): so much is a pair needed. As long as
    the same people take part all have equally many left, and chance alone decides.
    """
    if len(set(left)) <= 1:
        return None
    share = [max(1, one) for one in left]
    return [[SCALE // (one * other) for other in share] for one in share]
