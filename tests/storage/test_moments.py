"""What is due next, in one look: early rather than late, and nothing where nothing is due."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import Session, SQLModel

from core.checkins import HandState, Kind, Phase
from core.outbox.kinds import DeliveryState
from storage.channels.rows import ChannelRow
from storage.checkins.rows import CheckInRow, CheckInScheduleRow, HandRow
from storage.meetings.rows import MeetingRow, QueueRow, SearchRow
from storage.moments import Moments, moments
from storage.outbox.rows import DeliveryRow
from storage.rounds.rows import RoundRow

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
NOTHING = Moments(**{name: None for name in Moments.__slots__})


def channel(channel_id: str = "C1", **columns: Any) -> ChannelRow:
    return ChannelRow(**{"team_id": "T1", "channel_id": channel_id, "started": True} | columns)


def checkin(**columns: Any) -> CheckInRow:
    plain = {"team_id": "T1", "channel_id": "C1", "kind": Kind.PULSE, "asker": "U1"}
    return CheckInRow(**plain | {"opens_at": NOW, "closes_at": NOW + HOUR} | columns)


def schedule(**columns: Any) -> CheckInScheduleRow:
    plain = {"team_id": "T1", "channel_id": "C1", "kind": Kind.PULSE, "asker": "U1"}
    return CheckInScheduleRow(**plain | {"next_due_at": NOW} | columns)


def delivery(key: str, **columns: Any) -> DeliveryRow:
    plain = {"id": key, "team_id": "T1", "dedupe_key": key, "kind": "nudge", "due_at": NOW}
    return DeliveryRow(**plain | columns)


def meeting(**columns: Any) -> MeetingRow:
    return MeetingRow(**{"team_id": "T1", "created_at": NOW, "ends_at": NOW} | columns)


def search(user_id: str = "U1", **columns: Any) -> SearchRow:
    plain = {"team_id": "T1", "channel_id": "C1", "meeting_id": 1, "user_id": user_id}
    return SearchRow(**plain | {"since": NOW, "until": NOW} | columns)


def hand(**columns: Any) -> HandRow:
    return HandRow(**{"team_id": "T1", "user_id": "U1", "until": NOW} | columns)


def waiting(**columns: Any) -> QueueRow:
    return QueueRow(**{"team_id": "T1", "user_id": "U1", "since": NOW} | columns)


def held(**columns: Any) -> RoundRow:
    times = {"due_at": NOW, "held_at": NOW, "ends_at": NOW}
    return RoundRow(**{"team_id": "T1", "channel_id": "C1", "number": 1} | times | columns)


def due(tx: Session, *rows: SQLModel) -> dict[str, Any]:
    """What the look tells beyond nothing at all."""
    for row in rows:
        tx.add(row)
        tx.flush()  # in this order
    return {k: v for k, v in asdict(moments(tx)).items() if v != asdict(NOTHING)[k]}


LATER, EARLIER = NOW + HOUR, NOW - HOUR


def test_nothing_is_due_in_an_empty_house(tx: Session):
    assert moments(tx) == NOTHING


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (lambda: [delivery("a"), delivery("b", due_at=LATER)], {"delivery": NOW}),
        (lambda: [delivery("held", lease_until=LATER)], {"delivery": LATER}),
        (lambda: [delivery("sent", state=DeliveryState.SENT)], {}),
        (lambda: [delivery("s", state=DeliveryState.SENT, ends_at=LATER)], {"over": LATER}),
        (lambda: [waiting(until=LATER)], {"queue_over": LATER}),
        (lambda: [meeting(id=1), search(), search("U2", until=LATER)], {"search_over": NOW}),
        (lambda: [meeting(id=1), search(ended=True)], {}),
        (lambda: [hand(), hand(until=EARLIER, state=HandState.OVER)], {"hand_over": NOW}),
    ],
)  # fmt: skip
def test_messages_the_queue_and_searches_come_due(tx: Session, rows, expected):
    assert due(tx, *rows()) == expected


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ({"notice_at": EARLIER}, {"round": NOW, "notice": EARLIER}),
        ({"noticed_for": EARLIER, "notice_at": EARLIER}, {"round": NOW, "notice": EARLIER}),
        ({"noticed_for": None}, {"round": NOW, "notice": EPOCH}),  # to be reckoned
        ({"noticed_for": NOW}, {"round": NOW}),
        ({"started": False}, {}),
        ({"active": False}, {}),
    ],
)
def test_a_round_comes_due_where_rounds_are_held(tx: Session, columns, expected):
    assert due(tx, channel(next_due_at=NOW, **columns)) == expected


def test_the_first_of_two_rounds_comes_due(tx: Session):
    noticed = channel(next_due_at=NOW, noticed_for=NOW)
    found = due(tx, channel("C2", next_due_at=LATER, notice_at=NOW), noticed)
    assert found == {"round": NOW, "notice": NOW}


def test_a_meeting_is_over_where_rounds_are_held_and_once(tx: Session):
    rows = [
        meeting(channel_id="C1", ends_at=LATER),
        meeting(channel_id="C1", closed=True),
        meeting(channel_id=None),
        meeting(channel_id="C2"),
        meeting(channel_id="C1", team_id="T2"),
    ]
    assert due(tx, channel(), channel("C2", active=False), *rows) == {"meeting_over": LATER}
    assert due(tx, meeting(channel_id="C1")) == {"meeting_over": NOW}


def test_hosts_are_untold_of_a_round_until_they_have_their_receipt(tx: Session):
    told = [held(receipted=True), held(channel_id="C2"), held(team_id="T2")]
    assert due(tx, channel(), *told) == {}
    assert due(
        tx, *(held(number=n, due_at=at, held_at=at) for n, at in ((2, LATER), (3, LATER + HOUR)))
    ) == {"untold": LATER}


def test_schedules_come_due_by_how_far_they_are_planned_ahead(tx: Session):
    stopped = [
        schedule(active=False, next_due_at=EARLIER, kind=kind)
        for kind in (Kind.PULSE, Kind.CELEBRATE)
    ]
    assert due(tx, *stopped) == {}
    assert due(tx, schedule(next_due_at=LATER)) == {"schedule_ahead": LATER}
    assert due(tx, schedule(kind=Kind.CELEBRATE)) == {"schedule": NOW, "schedule_ahead": LATER}


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ({"phase": Phase.PLANNED}, {"opening": NOW}),
        ({"phase": Phase.CANCELLED}, {}),
        ({"phase": Phase.OPEN}, {"closing": LATER}),
        ({"phase": Phase.OPEN, "posted_ts": "1.2"}, {"closing": LATER, "unreminded": NOW}),
        ({"phase": Phase.OPEN, "posted_ts": "1.2", "reminded": True}, {"closing": LATER}),
        ({"phase": Phase.CLOSED}, {"unemptied": LATER}),
        ({"phase": Phase.CLOSED, "emptied": True}, {}),
        ({"phase": Phase.CLOSED, "emptied": True, "posted_ts": "1.2"}, {}),
        ({"phase": Phase.CLOSED, "emptied": True, "traced": True}, {"traced": LATER}),
    ],
)
def test_a_check_in_comes_due_by_its_phase(tx: Session, columns, expected):
    assert due(tx, checkin(**columns)) == expected


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ({"changes": 2, "shown": 1, "refreshed_at": NOW}, {"stale": NOW}),
        ({"changes": 1}, {"stale": EPOCH}),
        ({"changes": 1, "shown": 1, "refreshed_at": NOW}, {}),
        ({"changes": 1, "posted_ts": None}, {}),
    ],
)
def test_a_post_is_stale_while_it_shows_less_than_is_known(tx: Session, columns, expected):
    over = {"phase": Phase.CANCELLED, "posted_ts": "1.2"}
    assert due(tx, checkin(**over | columns)) == expected
