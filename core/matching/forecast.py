"""How many rounds until everybody has met everybody."""

from __future__ import annotations

from core.matching.sizes import check, split
from core.matching.values import Rules


def forecast(people_count: int, rules: Rules) -> int | None:
    """Rounds until everyone has met everyone, when the same people always take part.

    The number of pairs divided by the pairs one round introduces, rounded up. For pairs and an
    even count that is what plan_round delivers; for an odd count and for larger groups it is the
    fewest rounds possible, and the last few meetings usually take some rounds more. None for
    fewer than two people.
    """
    check(rules)
    sizes, _ = split(people_count, rules)
    per_round = sum(size * (size - 1) // 2 for size in sizes)
    if per_round == 0:
        return None
    pairs = people_count * (people_count - 1) // 2
    return -(-pairs // per_round)
