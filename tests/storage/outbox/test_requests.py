"""When people had messages of some kinds, and under which keys any were laid down."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlmodel import Session

from core.outbox.kinds import DeliveryKind as Kind
from core.outbox.outgoing import Key, Outgoing
from storage.outbox import deliveries, looking, readers

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)


def laid(tx: Session, key: str, *users: str, kind: Kind = Kind.HAND, **more: Any) -> str:
    """A message of the workspace T1, for these people, due now."""
    team = more.pop("team", "T1")
    made = deliveries.put(tx, Outgoing(team, Key(key), kind, {}, NOW, users=users, **more))
    assert made is not None
    return made


def each(tx: Session, *users: str, now: datetime = NOW) -> dict[str, list[datetime]]:
    found = readers.each(tx, "T1", users, (Kind.HAND, Kind.ASKED), now)
    return {user: sorted(times) for user, times in found.items()}


def test_each_has_what_they_were_sent_and_what_waits_for_them(tx: Session):
    deliveries.sent(tx, laid(tx, "sent", "U1"), "D1", "1.1", NOW + HOUR)
    laid(tx, "waits", "U1", "U2", kind=Kind.ASKED)
    assert each(tx, "U1", "U2", "U3") == {"U1": [NOW, NOW + HOUR], "U2": [NOW], "U3": []}
    assert each(tx) == {}


def test_nothing_of_another_kind_or_workspace_or_for_somebody_else_is_among_it(tx: Session):
    laid(tx, "nudge", "U1", kind=Kind.NUDGE)
    laid(tx, "other", "U2")
    laid(tx, "elsewhere", "U1", team="T2")
    assert each(tx, "U1") == {"U1": []}


def test_what_nobody_can_read_any_more_is_not_among_it(tx: Session):
    deliveries.cancel(tx, laid(tx, "cancelled", "U1"))
    deliveries.fail(tx, laid(tx, "failed", "U1"), "user_not_found")
    laid(tx, "over", "U1", expires_at=NOW + HOUR)
    late = laid(tx, "late", "U1", expires_at=NOW + HOUR)
    deliveries.postpone(tx, late, NOW + HOUR, None)
    assert each(tx, "U1") == {"U1": [NOW]}
    assert each(tx, "U1", now=NOW + HOUR - SECOND) == {"U1": [NOW]}
    assert each(tx, "U1", now=NOW + HOUR) == {"U1": []}


def test_what_was_perhaps_read_is_among_it_for_good(tx: Session):
    waits, doubted = (laid(tx, key, "U1", expires_at=NOW + HOUR) for key in ("waits", "doubted"))
    deliveries.postpone(tx, waits, NOW, None, doubts=1)
    deliveries.doubt(tx, doubted, "timeout")
    assert each(tx, "U1", now=NOW + 2 * HOUR) == {"U1": [NOW, NOW]}


def test_a_key_is_known_whatever_became_of_its_message_and_in_its_workspace_alone(tx: Session):
    laid(tx, "waits", "U1")
    deliveries.cancel(tx, laid(tx, "cancelled", "U1"))
    laid(tx, "elsewhere", "U1", team="T2")
    keys = [Key(one) for one in ("waits", "cancelled", "elsewhere", "never")]
    assert looking.laid(tx, "T1", keys) == {"waits", "cancelled"}
    assert looking.laid(tx, "T1", []) == set()
