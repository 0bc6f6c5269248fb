"""When a message has its turn in one person's day, and when a round has said enough to them."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from bot.people import budget
from core.outbox.kinds import ENOUGH
from core.outbox.kinds import DeliveryKind as Kind
from core.outbox.outgoing import Key, Outgoing
from core.values import ChannelSettings, MeetingKind, Notice, TakingPart
from storage.channels import channels
from storage.meetings import meetings
from storage.meetings.meetings import NewMeeting
from storage.outbox import deliveries
from storage.people import people
from storage.rounds import rounds
from storage.rounds.rounds import NewRound
from tests.still import PLACE, TEAM, WEEK, Still

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def still(db):
    """Ana is in the rounds of #coffee; it is Monday, nine in London, where she works."""
    made = Still(db, ChannelSettings(notice=Notice.DM))
    made.person("UANA", zone="Europe/London")
    with db.transaction() as tx:
        people.refresh(tx, TEAM, {"UANA": {"zone": "Europe/London"}}, made.at)
    made.joins("UANA")
    return made


def lays(still, kind, after=timedelta(0), **more):
    """A message of this kind to Ana, due that much later."""
    key, given = Key(uuid4().hex), {"users": ("UANA",), **more}
    message = Outgoing(TEAM, key, kind, {"text": "…"}, still.at + after, **given)
    with still.db.transaction() as tx:
        assert deliveries.put(tx, message) is not None
        return deliveries.by_key(tx, TEAM, key)


def had(still, kind, ago=HOUR, **more):
    """What Ana read that long ago."""
    found = lays(still, kind, -ago, **more)
    with still.db.transaction() as tx:
        deliveries.sent(tx, found.id, "D1", "1.2", still.at - ago)


def turn(still, kind, **more):
    """How much later such a message would be said."""
    waits = lays(still, kind, **more)
    later = budget.in_turn(still.services, waits, still.at) - still.at
    with still.db.transaction() as tx:
        deliveries.cancel(tx, waits.id)
    return later


def test_with_nothing_else_that_day_it_is_said_at_once(still):
    had(still, Kind.ASK, 10 * HOUR)  # yesterday evening, where she is
    assert turn(still, Kind.ASK) == timedelta(0)


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        (Kind.NOTICE, {"asked_by": "UANA"}),
        (Kind.RECEIPT, {}),
        (Kind.NOTICE, {"users": (), "channel_id": "C1"}),
    ],
)
def test_what_does_not_count_takes_nobodys_place(still, kind, more):
    had(still, kind, **more)
    assert turn(still, Kind.ASK) == timedelta(0)


def test_after_another_one_it_waits_for_the_next_morning(still):
    had(still, Kind.NUDGE)
    assert turn(still, Kind.ASK) == DAY
    assert turn(still, Kind.ASK, asked_by="UANA") == timedelta(0)


def test_one_that_may_be_there_already_counts_and_is_not_put_off_itself(still):
    doubtful = lays(still, Kind.ASK)
    with still.db.transaction() as tx:
        deliveries.about_to_post(tx, doubtful)
        doubtful = deliveries.by_key(tx, TEAM, doubtful.key)
    assert turn(still, Kind.NUDGE) == DAY
    had(still, Kind.NUDGE)
    assert budget.in_turn(still.services, doubtful, still.at) == still.at


@pytest.mark.parametrize(("kind", "later"), [(Kind.STATUS, DAY), (Kind.NUDGE, timedelta(0))])
def test_a_more_important_one_that_comes_today_goes_first(still, kind, later):
    lays(still, kind, 3 * HOUR)
    assert turn(still, Kind.ASK) == later


def comes(still, **columns):
    with still.db.transaction() as tx:
        channels.change(tx, PLACE, started=True, **columns)


def test_a_round_that_begins_today_goes_first_for_whoever_is_in_it(still):
    comes(still, next_due_at=still.at + 3 * HOUR)
    assert turn(still, Kind.ASK) == DAY
    assert turn(still, Kind.WELCOME, about="C1") == timedelta(0)
    for out in ({"opted": False}, {"opted": True, "skipping": True}, {"present": False}):
        still.stands("UANA", **{"opted": True, "skipping": False, **out})
        assert turn(still, Kind.NUDGE) == timedelta(0), out


def test_where_everyone_takes_part_that_is_whoever_said_nothing(still):
    settings = ChannelSettings(taking_part=TakingPart.EVERYONE)
    with still.db.transaction() as tx:
        channels.decide(tx, PLACE, settings, still.at + 3 * HOUR)
    comes(still, announced=True)
    still.stands("UANA", opted=None)
    assert turn(still, Kind.ASK) == DAY


def test_what_comes_to_them_only_tomorrow_or_not_at_all_takes_nobodys_place_today(still):
    lays(still, Kind.STATUS, 9 * HOUR)  # their hours are over then
    over = still.at + 2 * HOUR
    lays(still, Kind.STATUS, 3 * HOUR, expires_at=over)
    assert turn(still, Kind.ASK) == timedelta(0)
    lays(still, Kind.NOTICE, 3 * HOUR)
    assert turn(still, Kind.ASK) == DAY
    still.person("UANA", muted=True)
    assert turn(still, Kind.ASK) == timedelta(0)
    lays(still, Kind.INTRODUCTION, 9 * HOUR, round_id=a_round(still))  # that one may come late
    assert turn(still, Kind.ASK) == DAY


def a_round(still):
    """A round that is under way in the channel."""
    with still.db.transaction() as tx:
        new = NewRound(1, still.at, still.at, still.at + WEEK, seed=7)
        return rounds.open_round(tx, PLACE, new)


# -- questions and nudges of a round --------------------------------------------


def enough(still, delivery):
    return budget.enough(still.services, delivery)


def test_on_a_pause_nothing_is_asked(still):
    asked = lays(still, Kind.ASK, meeting_id=still.meeting("UANA", "UBO").id)
    assert enough(still, asked) is None
    still.person("UANA", paused_until=date(2026, 3, 20))
    assert enough(still, asked) == ENOUGH


def test_of_two_that_are_due_about_a_meeting_the_newer_one_is_asked(still):
    one, other = (still.meeting("UANA", user).id for user in ("UBO", "UCEM"))
    old, new = (lays(still, Kind.ASK, -ago, meeting_id=one) for ago in (2 * DAY, DAY))
    of_another = lays(still, Kind.ASK, -3 * DAY, meeting_id=other)
    lays(still, Kind.NUDGE, -HOUR, meeting_id=one)  # this one gives way itself
    assert [enough(still, each) for each in (old, new, of_another)] == [ENOUGH, None, None]


@pytest.mark.parametrize(
    ("ended", "agreed", "newer", "asked"),
    [
        (1, False, True, False),
        (1, False, False, True),
        (1, True, True, True),
        (-1, False, True, True),
    ],
)
def test_after_the_next_introduction_nobody_is_asked_about_the_one_before(
    still, ended, agreed, newer, asked
):
    meeting = still.meeting("UANA", "UBO", agreed_at=still.at if agreed else None)
    still.at += WEEK + ended * HOUR
    if newer:
        had(still, Kind.INTRODUCTION, HOUR, round_id=a_round(still))
    late = lays(still, Kind.ASK, meeting_id=meeting.id)
    assert (enough(still, late) is None) == asked


def test_who_was_silent_is_asked_once_and_nudged_never(still):
    meeting = still.meeting("UANA", "UBO")
    still.person("UANA", unanswered=1)
    asked, nudge = (lays(still, kind, meeting_id=meeting.id) for kind in (Kind.ASK, Kind.NUDGE))
    still.at += HOUR
    assert enough(still, nudge) == ENOUGH
    with still.db.transaction() as tx:
        deliveries.cancel(tx, nudge.id)
    assert enough(still, asked) is None
    had(still, Kind.ASK, timedelta(minutes=1), meeting_id=meeting.id)
    assert enough(still, asked) == ENOUGH


@pytest.mark.parametrize(("organiser", "room"), [("UANA", 4), ("UBO", 3)])
def test_a_round_brings_so_many_and_one_is_kept_for_the_notice(still, organiser, room):
    meeting = still.meeting(organiser, *({"UANA", "UBO"} - {organiser}))
    for number in range(room - 1):
        still.at += HOUR
        asked = lays(still, Kind.ASK, timedelta(seconds=number), meeting_id=meeting.id)
        assert enough(still, asked) is None, number
        with still.db.transaction() as tx:
            deliveries.sent(tx, asked.id, "D1", "1.2", still.at)
    still.at += HOUR
    last = lays(still, Kind.ASK, meeting_id=meeting.id)
    assert enough(still, last) == ENOUGH
    had(still, Kind.NOTICE, timedelta(minutes=1), about="C1")
    assert enough(still, last) == ENOUGH  # and that was the last one


@pytest.fixture
def almost(still):
    """Of a round Bo organises Ana had two messages, and one is due, the third."""
    meeting = still.meeting("UBO", "UANA")
    still.at += HOUR
    had(still, Kind.INTRODUCTION, timedelta(0), meeting_id=meeting.id, round_id=a_round(still))
    had(still, Kind.ASK, timedelta(minutes=1), meeting_id=meeting.id)
    return lays(still, Kind.ASK, meeting_id=meeting.id)


def announced(still, notice, due):
    with still.db.transaction() as tx:
        channels.decide(tx, PLACE, ChannelSettings(notice=notice), still.at + due)


@pytest.mark.parametrize(
    ("notice", "due", "room"),
    [(Notice.DM, WEEK, False), (Notice.CHANNEL, WEEK, True), (Notice.DM, 30 * HOUR, True)],
)
def test_room_is_kept_for_a_notice_of_their_own_that_comes(still, almost, notice, due, room):
    announced(still, notice, due)
    assert (enough(still, almost) is None) == room


def test_once_the_notice_has_come_no_room_is_kept_for_it(still):
    meeting = still.meeting("UBO", "UANA")
    still.at += HOUR
    had(still, Kind.INTRODUCTION, timedelta(0), meeting_id=meeting.id, round_id=a_round(still))
    had(still, Kind.NOTICE, timedelta(0), about="C1")
    assert enough(still, lays(still, Kind.ASK, meeting_id=meeting.id)) is None


def test_what_they_had_of_another_channel_or_before_the_round_takes_no_room(still, almost):
    announced(still, Notice.CHANNEL, WEEK)
    had(still, Kind.NOTICE, timedelta(0), about="C2")
    had(still, Kind.NOTICE, 2 * HOUR, about="C1")
    assert enough(still, almost) is None
    had(still, Kind.SILENCES, timedelta(0), about="C1")
    assert enough(still, almost) == ENOUGH


def test_outside_of_rounds_nobody_counts(still):
    coffee = still.meeting("UANA", "UBO", channel_id=None, kind=MeetingKind.IMPROMPTU)
    still.person("UANA", unanswered=3)
    assert enough(still, lays(still, Kind.ASK, meeting_id=coffee.id)) is None


# -- a second introduction on one day ----------------------------------------------


@pytest.fixture
def second(still):
    """Ana's introduction of a second round at the same minute."""
    made = []
    for number in (1, 2):
        due = still.at + timedelta(seconds=number)
        with still.db.transaction() as tx:
            new = NewRound(number, due, due, due + WEEK, seed=7)
            round_id = rounds.open_round(tx, PLACE, new)
        meeting = still.meeting("UANA", f"U{number}")
        made.append((Kind.INTRODUCTION, {"meeting_id": meeting.id, "round_id": round_id}))
    return made


def goes(still, delivery):
    return budget.in_their_turn(still.services, delivery, still.at) - still.at


def test_the_second_of_two_goes_a_day_later_and_the_first_at_once(still, second):
    (kind, one), (_, two) = second
    first = lays(still, kind, **one)
    later = lays(still, kind, **two)
    assert goes(still, first) == timedelta(0)  # though the other one waits as well
    with still.db.transaction() as tx:
        deliveries.sent(tx, first.id, "G1", "1.2", still.at)
    assert goes(still, later) == DAY - HOUR  # Tuesday at eight


def test_where_no_day_is_free_both_go(still, second):
    (kind, one), (_, two) = second
    had(still, kind, timedelta(0), **one)
    for days in (1, 2, 3):
        lays(still, kind, days * DAY, round_id=one["round_id"])
    assert goes(still, lays(still, kind, **two)) == timedelta(0)


@pytest.mark.parametrize(
    ("lasts", "busy", "later"),
    [
        (WEEK, 1, 2 * DAY - HOUR),
        (2 * WEEK, 2, 3 * DAY - HOUR),
        (2 * WEEK, 3, timedelta(0)),  # Friday is more than three days ahead
        (3 * DAY, 1, timedelta(0)),  # and Wednesday is in the second half of it
    ],
)
def test_none_waits_for_longer_than_half_of_its_round_or_three_days(
    still, second, lasts, busy, later
):
    (kind, one), (_, two) = second
    had(still, kind, timedelta(0), **one)
    for day in range(1, busy + 1):
        lays(still, kind, day * DAY, round_id=one["round_id"])
    with still.db.transaction() as tx:
        new = NewMeeting(("UANA", "UBO"), "UBO", still.at, still.at + lasts, channel_id="C1")
        longer = {**two, "meeting_id": meetings.add(tx, TEAM, new).id}
    still.person("UBO")
    assert goes(still, lays(still, kind, **longer)) == later


def test_the_same_round_in_another_group_is_no_second_introduction(still, second):
    (kind, one), _ = second
    had(still, kind, timedelta(0), **one)
    assert goes(still, lays(still, kind, **one)) == timedelta(0)


def test_a_coffee_now_is_no_introduction_of_a_round(still, second):
    had(still, Kind.INTRODUCTION, timedelta(0))
    kind, two = second[1]
    assert goes(still, lays(still, kind, **two)) == timedelta(0)
