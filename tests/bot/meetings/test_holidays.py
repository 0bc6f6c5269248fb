"""Whose public holidays keep a group from meeting, and a message from coming (P16)."""

from datetime import UTC, datetime, time, timedelta

import pytest

from bot.meetings import availability, times
from bot.meetings.times import Taken
from bot.platform import closed_days
from core.values import ChannelSettings, Hours, Person
from tests.still import Still

FIRST_OF_MAY = datetime(2026, 5, 1, 7, tzinfo=UTC)  # a Friday: nine in Berlin
DAY, NOTHING = timedelta(days=1), Taken({}, {})


@pytest.fixture
def channel(db):
    """It keeps the holidays of the United States, where this is none."""
    return Still(db, ChannelSettings(country="US")).channel


def two(own):
    """Ana of Berlin, with holidays of her own, and Bo, who keeps those of the channel."""
    return [
        Person("UANA", 1, zone="Europe/Berlin", hours=Hours(holidays=own)),
        Person("UBO", 2, zone="Europe/Berlin"),
    ]


ON_IT = pytest.mark.parametrize(("own", "works"), [("DE", False), (None, True), ("", True)])


@ON_IT
def test_times_are_offered_on_days_on_which_each_of_them_works(channel, own, works):
    begins = FIRST_OF_MAY - DAY
    offered = times.propose(two(own), channel, begins, begins + 8 * DAY, NOTHING)
    assert (FIRST_OF_MAY.date() in {at.date() for at in offered}) == works


@ON_IT
def test_an_introduction_waits_for_a_day_on_which_all_of_them_work(channel, own, works):
    starts = times.starts(two(own), channel, FIRST_OF_MAY, FIRST_OF_MAY + 14 * DAY)
    assert (starts == FIRST_OF_MAY) == works


@ON_IT
def test_a_message_waits_for_its_readers_next_working_day(channel, own, works):
    ana, closed = two(own)[0], closed_days.holidays_of(channel.settings)
    reads = availability.reached(ana, FIRST_OF_MAY, closed)
    assert reads == FIRST_OF_MAY + (0 if works else 3) * DAY
    monday = FIRST_OF_MAY + 3 * DAY
    before = availability.day_before(ana, monday, time(9), closed)
    assert before == FIRST_OF_MAY - (0 if works else 1) * DAY


def test_days_without_rounds_offer_no_time_to_anybody(db):
    closed = (FIRST_OF_MAY.date(), FIRST_OF_MAY.date())
    channel = Still(db, ChannelSettings(blackout=(closed,))).channel
    for own in (None, "US", ""):
        for who in (two(own), two(own)[:1]):
            offered = times.propose(who, channel, FIRST_OF_MAY, FIRST_OF_MAY + DAY, NOTHING)
            assert offered == ()
