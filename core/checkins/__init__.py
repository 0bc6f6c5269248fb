"""Check-ins as values: their kinds, what was promised, where each stands, and what came of it."""

from core.checkins.checkins import (
    ITEM_KEPT,
    KEEP_DAYS,
    Audience,
    Before,
    CheckIn,
    CheckInSettings,
    Contract,
    Draft,
    HandState,
    Phase,
    Question,
    Recurring,
    Reply,
)
from core.checkins.kinds import (
    ACTIONS,
    ARC,
    PLANNED_AHEAD,
    WORRIES,
    EachKind,
    Kind,
    KindRules,
)
from core.checkins.result import Answer, Result, Tally, Told

__all__ = [
    "ACTIONS",
    "ARC",
    "ITEM_KEPT",
    "KEEP_DAYS",
    "PLANNED_AHEAD",
    "WORRIES",
    "Answer",
    "Audience",
    "Before",
    "CheckIn",
    "CheckInSettings",
    "Contract",
    "Draft",
    "EachKind",
    "HandState",
    "Kind",
    "KindRules",
    "Phase",
    "Question",
    "Recurring",
    "Reply",
    "Result",
    "Tally",
    "Told",
]
