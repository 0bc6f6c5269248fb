"""A pause ends on its day by the calendar of the person who is on it, wherever others are."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.meetings import availability
from bot.rounds import participants
from core.outbox.kinds import DeliveryKind as Kind
from core.values import Membership, Person
from tests.bot.meetings.test_impromptu import agrees_to_be_asked
from tests.gathering import opened
from tests.words.reading import received

FOURTH = date(2026, 3, 4)
BACK_IN = {  # the first instant of 4 March in each place
    "America/Los_Angeles": datetime(2026, 3, 4, 8, tzinfo=UTC),
    "Pacific/Auckland": datetime(2026, 3, 3, 11, tzinfo=UTC),
    "UTC": datetime(2026, 3, 4, tzinfo=UTC),
    "Mars/Olympus_Mons": datetime(2026, 3, 4, tzinfo=UTC),  # a zone that we do not know
}


@pytest.mark.parametrize("zone", BACK_IN)
def test_a_pause_ends_at_midnight_where_the_person_is(zone):
    person = Person("U1", 1, zone=zone, paused_until=FOURTH)
    assert availability.paused(person, BACK_IN[zone] - timedelta(minutes=1))
    assert not availability.paused(person, BACK_IN[zone])
    assert not availability.paused(replace(person, paused_until=None), BACK_IN[zone])


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "Pacific/Auckland"])
def test_a_round_counts_people_in_from_midnight_where_they_are(zone):
    person = Person("U1", 1, zone=zone, paused_until=FOURTH)
    standing = Membership("C1", "U1", opted=True)
    then = (BACK_IN[zone] - timedelta(minutes=1), BACK_IN[zone])
    states = [participants.state(person, standing, 1, at, at) for at in then]
    assert [state.paused for state in states] == [True, False]


@pytest.mark.parametrize(
    ("zone", "now", "asked"),
    [
        # 16:10 on 3 March in Los Angeles, where the pause has hours to go
        ("America/Los_Angeles", datetime(2026, 3, 4, 0, 10, tzinfo=UTC), False),
        ("America/Los_Angeles", datetime(2026, 3, 4, 18, 10, tzinfo=UTC), True),
        # 16:10 on 3 March in Auckland, then 9:10 on 4 March, when it is over
        ("Pacific/Auckland", datetime(2026, 3, 3, 3, 10, tzinfo=UTC), False),
        ("Pacific/Auckland", datetime(2026, 3, 3, 20, 10, tzinfo=UTC), True),
    ],
)
def test_whoever_is_on_a_pause_is_not_asked_for_a_coffee_until_it_ends_where_they_are(
    town, zone, now, asked
):
    ana, bo = town.person("Ana"), town.person("Bo", tz=zone)
    opened(town, [ana, bo])
    agrees_to_be_asked(bo)
    assert "Wednesday 4 March" in bo.types("/coffee pause until 4 March")
    town.move_to(now)
    ana.types("/coffee now 15")
    assert (received(town, bo, Kind.ASKED) != []) is asked
