"""When something is due next, in one query: what an idle heartbeat costs."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select, tuple_
from sqlmodel import Session, col

from core.checkins import PLANNED_AHEAD, HandState, Phase
from core.outbox.kinds import DeliveryState
from storage.channels.rows import ChannelRow
from storage.checkins.rows import CheckInRow, CheckInScheduleRow, HandRow
from storage.meetings.rows import MeetingRow, QueueRow, SearchRow
from storage.outbox.rows import DeliveryRow
from storage.rounds.rows import RoundRow


@dataclass(frozen=True, slots=True)
class Moments:
    """The earliest instant (UTC) of each kind of thing that may be due; None: there is none.

    Each is early rather than late: at that instant something may be due, before it nothing is.
    """

    delivery: datetime | None
    meeting_over: datetime | None
    notice: datetime | None  # of the next round; the epoch where it is to be reckoned
    round: datetime | None
    queue_over: datetime | None
    search_over: datetime | None  # for a second partner
    hand_over: datetime | None
    schedule: datetime | None
    schedule_ahead: datetime | None  # of those that are planned a day ahead
    opening: datetime | None
    closing: datetime | None
    unreminded: datetime | None  # when the oldest such check-in was opened
    stale: datetime | None  # when the stale post was drawn; the epoch for one never redrawn
    unemptied: datetime | None  # when the oldest check-in closed of which answers are kept
    traced: datetime | None  # when the oldest pulse closed of which receipts are kept
    over: datetime | None  # when the first message is over that is not drawn so yet
    untold: datetime | None  # when the oldest round was held whose hosts were not told yet


def moments(tx: Session) -> Moments:
    """The next moments of all workspaces."""
    row = tx.connection().execute(_NEXT).one()
    return Moments(*row)


def _first(moment: Any, *conditions: Any) -> ColumnElement[Any]:
    return select(func.min(moment)).where(*conditions).scalar_subquery()


_RUNNING = and_(col(ChannelRow.active), col(ChannelRow.started))
_NOTICED = col(ChannelRow.noticed_for)
_DUE = col(ChannelRow.next_due_at)
_UNNOTICED = and_(_DUE.is_not(None), or_(_NOTICED.is_(None), _DUE != _NOTICED))
_EPOCH = datetime.fromisoformat("1970-01-01T00:00Z")
_RUNNING_IDS = select(col(ChannelRow.team_id), col(ChannelRow.channel_id)).where(_RUNNING)
_phase = col(CheckInRow.phase)
_POSTED = col(CheckInRow.posted_ts).is_not(None)
_ahead = col(CheckInScheduleRow.kind).in_(list(PLANNED_AHEAD))
_SCHEDULED = col(CheckInScheduleRow.next_due_at)


def _of_running(row: type[MeetingRow | RoundRow]) -> ColumnElement[bool]:
    return tuple_(col(row.team_id), col(row.channel_id)).in_(_RUNNING_IDS)


_COLUMNS = {
    # A lease is only ever taken on a message that is due, so it ends later than due_at.
    "delivery": _first(
        func.coalesce(col(DeliveryRow.lease_until), col(DeliveryRow.due_at)),
        DeliveryRow.state == DeliveryState.WAITING,
    ),
    # Ordered, not min(): so the index of open meetings gives the first one that fits, and stops.
    "meeting_over": select(col(MeetingRow.ends_at))
    .where(
        col(MeetingRow.closed).is_(False),
        col(MeetingRow.channel_id).is_not(None),
        _of_running(MeetingRow),
    )
    .order_by(col(MeetingRow.ends_at))
    .limit(1)
    .scalar_subquery(),
    "notice": _first(func.coalesce(col(ChannelRow.notice_at), _EPOCH), _RUNNING, _UNNOTICED),
    "round": _first(ChannelRow.next_due_at, _RUNNING),
    "queue_over": _first(QueueRow.until),
    "search_over": _first(SearchRow.until, col(SearchRow.ended).is_(False)),
    "hand_over": _first(HandRow.until, HandRow.state == HandState.WAITING),
    "schedule": _first(_SCHEDULED, col(CheckInScheduleRow.active), ~_ahead),
    "schedule_ahead": _first(_SCHEDULED, col(CheckInScheduleRow.active), _ahead),
    "opening": _first(CheckInRow.opens_at, _phase == Phase.PLANNED),
    "closing": _first(CheckInRow.closes_at, _phase == Phase.OPEN),
    "unreminded": _first(
        CheckInRow.opens_at,
        _phase == Phase.OPEN,
        col(CheckInRow.reminded).is_(False),
        _POSTED,
    ),
    "stale": _first(
        func.coalesce(col(CheckInRow.refreshed_at), _EPOCH),
        _POSTED,
        col(CheckInRow.changes) > col(CheckInRow.shown),
    ),
    "unemptied": _first(
        CheckInRow.closes_at, _phase == Phase.CLOSED, col(CheckInRow.emptied).is_(False)
    ),
    "traced": _first(CheckInRow.closes_at, col(CheckInRow.traced)),
    "over": _first(DeliveryRow.ends_at, col(DeliveryRow.ends_at).is_not(None)),
    "untold": _first(RoundRow.held_at, col(RoundRow.receipted).is_(False), _of_running(RoundRow)),
}
_NEXT = select(*(_COLUMNS[field.name].label(field.name) for field in fields(Moments)))
