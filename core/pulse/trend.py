"""The trend of a channel's pulse, drawn only from results that were already shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from core.pulse.guard import Published
from core.pulse.picture import Lean


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One shown result: which pulse, when it closed (aware), which way it leaned, how many said."""

    pulse: str
    closed_at: datetime
    lean: Lean
    count: int


@dataclass(frozen=True, slots=True)
class Trend:
    """Points from oldest to newest. There are no averages: a point is one of five steps."""

    points: tuple[TrendPoint, ...]

    @property
    def enough(self) -> bool:
        """Whether there is something to draw: one point is no trend."""
        return len(self.points) >= 2


def trend(results: Sequence[Published], floor: int) -> Trend:
    """The picture's points, in time order; results under today's floor are left out.

    It takes shown results and nothing else, so it cannot tell more than they told together.
    """
    shown = sorted((r for r in results if r.count >= floor), key=lambda r: (r.closed_at, r.pulse))
    return Trend(tuple(TrendPoint(r.pulse, r.closed_at, r.lean, r.count) for r in shown))
