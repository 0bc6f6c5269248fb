"""Fair rotating matching: who meets whom this round, and why. See docs/matching.md."""

from core.matching.columns import Crowd
from core.matching.explanation import Explanation, Kind, Partner, explain
from core.matching.forecast import forecast
from core.matching.plan import credit_changes, plan_round
from core.matching.values import (
    MET,
    NOT_MET,
    UNKNOWN,
    Candidate,
    Group,
    History,
    KeptPlan,
    LeftOut,
    MatchingError,
    Odd,
    PairWhy,
    PastRound,
    Plan,
    Preferences,
    Reason,
    Rules,
)

__all__ = [
    "MET",
    "NOT_MET",
    "UNKNOWN",
    "Candidate",
    "Crowd",
    "Explanation",
    "Group",
    "History",
    "KeptPlan",
    "Kind",
    "LeftOut",
    "MatchingError",
    "Odd",
    "PairWhy",
    "Partner",
    "PastRound",
    "Plan",
    "Preferences",
    "Reason",
    "Rules",
    "credit_changes",
    "explain",
    "forecast",
    "plan_round",
]
