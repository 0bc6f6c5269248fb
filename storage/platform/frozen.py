"""The kinds of message that each revision lets pass: for migrations alone, so it only grows."""

from __future__ import annotations

from alembic.operations.base import BatchOperations
from sqlalchemy import text

# A revision that has run somewhere is never changed; a new kind is a line at the end.
_ADDED: dict[str, tuple[str, ...]] = {
    "0004": (
        "introduction",
        "nudge",
        "ask",
        "agreed",
        "calendar",
        "reminder",
        "expired",
        "asked",
        "notice",
        "status",
        "receipt",
        "missed",
        "without",
        "alone",
        "silences",
        "newcomer",
        "greeting",
        "opening",
        "support",
        "checkin",
        "checkin_note",
        "checkin_draw",
        "checkin_reminder",
        "checkin_results",
        "checkin_reply",
        "checkin_file",
        "item",
        "hand",
        "hand_wish",
        "hand_over",
        "carried",
    ),
    "0008": ("unsaid",),
    "0011": ("took_on",),
    "0013": ("welcome",),
    "0015": ("searched",),
    "0016": ("ended", "said"),
}
_CHECK = "ck_deliveries_kind"


def kinds_at(revision: str) -> tuple[str, ...]:
    """Every kind that is known once this revision has run."""
    return tuple(word for own, words in _ADDED.items() if own <= revision for word in words)


def let_pass(deliveries: BatchOperations, revision: str) -> None:
    """From now on the table holds the kinds of that revision and no others."""
    only = ", ".join(map(repr, kinds_at(revision)))
    deliveries.drop_constraint(deliveries.f(_CHECK), type_="check")
    deliveries.create_check_constraint(deliveries.f(_CHECK), text(f"kind IN ({only})"))
