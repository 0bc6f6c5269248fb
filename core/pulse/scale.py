"""The five moods, the five counters that keep them, and the floor under every result."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

MOODS = (1, 2, 3, 4, 5)

# Keys, not words: the words a person reads are chosen in the views.
MOOD_KEYS: Mapping[int, str] = MappingProxyType(
    {1: "very_heavy", 2: "heavy", 3: "in_between", 4: "light", 5: "very_light"}
)

DEFAULT_FLOOR = 5
LOWEST_FLOOR = 3


@dataclass(frozen=True, slots=True)
class Counters:
    """How many people gave each mood: all that is ever kept about moods."""

    very_heavy: int = 0
    heavy: int = 0
    in_between: int = 0
    light: int = 0
    very_light: int = 0

    def __post_init__(self) -> None:
        if min(self.as_tuple()) < 0:
            raise ValueError("a counter of answers cannot be negative")

    def as_tuple(self) -> tuple[int, int, int, int, int]:
        """The counts from heaviest (1) to lightest (5)."""
        return (self.very_heavy, self.heavy, self.in_between, self.light, self.very_light)

    @property
    def total(self) -> int:
        return sum(self.as_tuple())


def add(counters: Counters, mood: int) -> Counters:
    """The counters with one more answer of `mood` (1-5); ValueError for any other number."""
    if mood not in MOOD_KEYS:
        raise ValueError(f"a mood is a number from 1 to 5, not {mood!r}")
    key = MOOD_KEYS[mood]
    return replace(counters, **{key: getattr(counters, key) + 1})


def effective_floor(operator_min: int | None = None, host_floor: int | None = None) -> int:
    """The fewest answers a result needs.

    Five, unless the operator's setting says otherwise (three or more, else ValueError). A host may
    raise it and never lower it: a smaller number from a host is simply not heard.
    Use the floor of the day the pulse was asked: it is part of what people were promised.
    """
    lowest = DEFAULT_FLOOR if operator_min is None else operator_min
    if lowest < LOWEST_FLOOR:
        raise ValueError(f"the floor cannot be lower than {LOWEST_FLOOR}, and {lowest} is")
    return lowest if host_floor is None else max(lowest, host_floor)
