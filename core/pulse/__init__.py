"""The anonymous pulse: its scale, what a result may say, and when one may be shown.

The rule and its reasons stand in `guard`; `docs/pulse-rule.md` says the same for everyone else.
"""

from core.pulse.guard import (
    SAME_MOOD,
    Decision,
    Published,
    Request,
    Trace,
    Withheld,
    decide,
    may_forget,
    new_voices_needed,
    shares_answers,
    trace_of,
)
from core.pulse.picture import Bars, Lean, bars_of, lean_of
from core.pulse.scale import (
    DEFAULT_FLOOR,
    LOWEST_FLOOR,
    MOOD_KEYS,
    MOODS,
    Counters,
    add,
    effective_floor,
)
from core.pulse.trend import Trend, TrendPoint, trend

__all__ = [
    "DEFAULT_FLOOR",
    "LOWEST_FLOOR",
    "MOODS",
    "MOOD_KEYS",
    "SAME_MOOD",
    "Bars",
    "Counters",
    "Decision",
    "Lean",
    "Published",
    "Request",
    "Trace",
    "Trend",
    "TrendPoint",
    "Withheld",
    "add",
    "bars_of",
    "decide",
    "effective_floor",
    "lean_of",
    "may_forget",
    "new_voices_needed",
    "shares_answers",
    "trace_of",
    "trend",
]
