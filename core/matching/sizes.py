"""How a head count splits into groups, and who checks the rules."""

from __future__ import annotations

from core.matching.values import MatchingError, Odd, Preferences, Rules

SMALLEST, LARGEST = 2, 6


def check(rules: Rules) -> None:
    """Raise MatchingError, naming the field, when the rules cannot be followed."""
    if not SMALLEST <= rules.size <= LARGEST:
        raise MatchingError("size", f"Groups have {SMALLEST} to {LARGEST} people.")
    if rules.odd not in tuple(Odd):
        raise MatchingError("odd", "The odd ones join a group, form a smaller one or sit out.")
    if not 0 <= rules.window <= 1:
        raise MatchingError("window", "The recency window is a share of a cycle, from 0 to 1.")
    if any(len(pair) != 2 for pair in rules.blocks):
        raise MatchingError("blocks", "A block names two people.")
    _check_wishes(rules.prefer)


def _check_wishes(prefer: Preferences) -> None:
    for name in ("cross_team", "within_team", "hours", "mode", "few_shared_channels"):
        if getattr(prefer, name) < 0:
            raise MatchingError(name, "A preference weighs zero or more.")
    if prefer.cross_team and prefer.within_team:
        raise MatchingError(
            "within_team", "Meeting other teams and staying within a team exclude each other."
        )


def split(n: int, rules: Rules) -> tuple[list[int], int]:
    """Group sizes for n people, largest first, and how many sit out.

    LARGER: nobody's group grows by more than one; where that is not enough, one more group is
    formed and all are as even as can be. SMALLER: one more group, as even as can be, but nobody
    alone. SIT_OUT: the rest sits out. Fewer people than one group: one smaller group.
    """
    size = rules.size
    if n < SMALLEST:
        return [], n
    if n <= size:
        return [n], 0
    full, rest = divmod(n, size)
    if rules.odd is Odd.SIT_OUT:
        return [size] * full, rest
    joins = rules.odd is Odd.LARGER and rest <= full
    if joins or (size == SMALLEST and rest):
        return [size + 1] * rest + [size] * (full - rest), 0
    groups = full + (rest > 0)
    small, more = divmod(n, groups)
    return [small + 1] * more + [small] * (groups - more), 0
