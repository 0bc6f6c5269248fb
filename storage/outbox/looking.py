"""What whoever runs Kettle looks at: how many messages there are, and which are not out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import datetime

from sqlmodel import Session, col, func, select

from core.outbox.kinds import TOO_LATE, DeliveryKind, DeliveryState, Method
from core.outbox.outgoing import Key, Prefix
from core.values import Place
from storage.outbox.deliveries import ORDER, Delivery, value
from storage.outbox.rows import DeliveryRow
from storage.platform.claims import held
from storage.platform.slices import slices


def in_doubt(tx: Session, start: str) -> list[Delivery]:
    """The messages in doubt whose id starts like this."""
    query = select(DeliveryRow).where(
        DeliveryRow.state == DeliveryState.IN_DOUBT,
        col(DeliveryRow.id).startswith(start, autoescape=True),
    )
    return [value(row) for row in tx.exec(query.order_by(*ORDER))]


def is_in_doubt(tx: Session, delivery_id: str) -> bool:
    """Whether it still is, held until the transaction ends."""
    row = held(tx, DeliveryRow, delivery_id)
    return row is not None and row.state is DeliveryState.IN_DOUBT


def newest_under(
    tx: Session, team_id: str, prefix: Prefix, until: datetime | None = None
) -> datetime | None:
    """When the newest message whose key starts like this was due (UTC), if there is one.

    With `until`, of those that are due by then.
    """
    query = select(func.max(DeliveryRow.due_at)).where(
        DeliveryRow.team_id == team_id,
        col(DeliveryRow.dedupe_key).startswith(prefix, autoescape=True),
    )
    if until is not None:
        query = query.where(col(DeliveryRow.due_at) <= until)
    return tx.exec(query).one()


def was_posted_since(tx: Session, place: Place, since: datetime) -> bool:
    """Whether Slack has taken a message in this channel since then."""
    query = select(DeliveryRow.id).where(
        DeliveryRow.team_id == place.team,
        DeliveryRow.channel_id == place.channel,
        col(DeliveryRow.sent_at) > since,
        DeliveryRow.method != Method.UPDATE,  # what stands there may change all the same
    )
    return tx.exec(query.limit(1)).first() is not None


def laid(tx: Session, team_id: str, keys: Iterable[Key]) -> set[Key]:
    """Under which of these keys a message was laid down, whatever became of it."""
    found: set[Key] = set()
    for part in slices(keys):
        query = select(DeliveryRow.dedupe_key).where(
            DeliveryRow.team_id == team_id, col(DeliveryRow.dedupe_key).in_(part)
        )
        found |= {Key(key) for key in tx.exec(query)}
    return found


def counts(tx: Session) -> dict[str, int]:
    """How many messages are in each state."""
    query = select(DeliveryRow.state, func.count()).group_by(DeliveryRow.state)
    return {state: int(number) for state, number in tx.exec(query)}


def dropped_late(tx: Session) -> int:
    """How many messages were dropped because they did not help any more when they could go."""
    query = select(func.count()).where(
        DeliveryRow.state == DeliveryState.CANCELLED, DeliveryRow.error == TOO_LATE
    )
    return int(tx.exec(query).one())


def sent_between(tx: Session, after: datetime, until: datetime) -> dict[str, int]:
    """How many messages of each kind were sent in (after, until]."""
    query = (
        select(DeliveryRow.kind, func.count())
        .where(col(DeliveryRow.sent_at) > after, col(DeliveryRow.sent_at) <= until)
        .group_by(DeliveryRow.kind)
    )
    return {kind: int(number) for kind, number in tx.exec(query)}


def unsent(tx: Session, limit: int = 50) -> list[Delivery]:
    """Messages that wait, that somebody has to look for, or that failed; the next due first."""
    unsent_states = [DeliveryState.WAITING, DeliveryState.IN_DOUBT, DeliveryState.FAILED]
    query = select(DeliveryRow).where(col(DeliveryRow.state).in_(unsent_states))
    return [value(row) for row in tx.exec(query.order_by(*ORDER).limit(limit))]


def had_in_time(
    tx: Session, meeting_ids: Collection[int], kind: DeliveryKind, by: datetime
) -> set[tuple[int, str]]:
    """Who was sent a message of this kind, alone, about which of these meetings by then."""
    found: set[tuple[int, str]] = set()
    for part in slices(meeting_ids):
        query = select(DeliveryRow.meeting_id, DeliveryRow.users).where(
            col(DeliveryRow.meeting_id).in_(part),
            DeliveryRow.state == DeliveryState.SENT,
            DeliveryRow.kind == kind,
            col(DeliveryRow.sent_at) <= by,
        )
        found |= {(one, user) for one, users in tx.exec(query) if one for user in users}
    return found


def sent_for_meeting(tx: Session, meeting_id: int, kind: DeliveryKind) -> Counter[str]:
    """How often each person was sent a message of this kind for the meeting, alone."""
    query = select(DeliveryRow.users).where(
        DeliveryRow.meeting_id == meeting_id,
        DeliveryRow.state == DeliveryState.SENT,
        DeliveryRow.kind == kind,
    )
    return Counter(user_id for users in tx.exec(query) for user_id in users)


def of_round(tx: Session, round_id: int, kind: DeliveryKind | None = None) -> list[Delivery]:
    """The round's messages, oldest first."""
    query = select(DeliveryRow).where(DeliveryRow.round_id == round_id)
    if kind is not None:
        query = query.where(DeliveryRow.kind == kind)
    return [value(row) for row in tx.exec(query.order_by(*ORDER))]
