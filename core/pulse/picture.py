"""What a result says: a lean in five steps, and for larger groups bars in blocks of people.

Neither ever says exactly how many people gave one mood. An exact count turns "everyone answered 2"
into everyone's own answer, and shows the one person whose answer differs.
"""

from dataclasses import dataclass
from enum import IntEnum

from core.pulse.scale import Counters

# Bars are drawn from three blocks of people on: below that they would say little and risk much.
BLOCKS_FOR_BARS = 3


class Lean(IntEnum):
    """Which side of the scale weighs more; heavy is 1 and 2, light is 4 and 5."""

    MOSTLY_HEAVY = -2
    LEANING_HEAVY = -1
    EVEN = 0
    LEANING_LIGHT = 1
    MOSTLY_LIGHT = 2

    @property
    def key(self) -> str:
        """A stable key for the views and for storage, such as `mostly_heavy`."""
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Bars:
    """Blocks drawn per mood, heaviest first; a block stands for `block` people who agree."""

    block: int
    blocks: tuple[int, int, int, int, int]


def lean_of(counters: Counters) -> Lean:
    """Mostly: at least half of all answers on one side. Leaning: more on it than on the other."""
    heavy = counters.very_heavy + counters.heavy
    light = counters.light + counters.very_light
    if heavy == light:
        return Lean.EVEN
    mostly = 2 * max(heavy, light) >= counters.total
    if heavy > light:
        return Lean.MOSTLY_HEAVY if mostly else Lean.LEANING_HEAVY
    return Lean.MOSTLY_LIGHT if mostly else Lean.LEANING_LIGHT


def bars_of(counters: Counters, floor: int) -> Bars | None:
    """Whole blocks of `floor` people per mood, or None for groups under three blocks.

    People left over after the last whole block are not drawn, and at least `floor` people are
    never drawn, so that no picture accounts for everyone: the tallest bar gives up a block first.
    """
    total = counters.total
    if total < BLOCKS_FOR_BARS * floor:
        return None
    blocks = [count // floor for count in counters.as_tuple()]
    while sum(blocks) * floor > total - floor:
        blocks[blocks.index(max(blocks))] -= 1
    return Bars(floor, (blocks[0], blocks[1], blocks[2], blocks[3], blocks[4]))
