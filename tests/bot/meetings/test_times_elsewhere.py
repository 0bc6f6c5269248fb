"""What one group is offered or has agreed is taken for the others of its people."""

from __future__ import annotations

import itertools
from datetime import time

import pytest

from bot.meetings.errors import TimeTaken
from bot.meetings.ids import MEETING_TIME
from bot.meetings.views.introductions import NO_TIME, SUITS_ME
from bot.trouble import sentence
from core.values import Hours, Who
from storage.meetings import meetings
from storage.people import people
from tests.gathering import a_channel, opened
from tests.town import Town


@pytest.fixture
def both(town: Town):
    """Ana met Bo in one channel, and Cem in the other, at the same minute."""
    _, (ana, bo) = a_channel(town, 2)
    cem = town.person("Cem")
    opened(town, [ana, cem], "tea")
    town.move_to("Monday 10:01")
    return ana, bo, cem


def offered(town: Town, person) -> list[str]:
    """The times in the newest group of this person."""
    shown = person.transcript(town.group_of(person)).splitlines()
    return [line for line, below in itertools.pairwise(shown) if below == f"[{SUITS_ME}]"]


def newest_of(town: Town, person):
    with town.db.reading() as tx:
        return meetings.of_person(tx, Who(town.sim.team_id, person.id), 1)[0]


def test_two_rounds_at_the_same_minute_offer_nobody_the_same_half_hour(town, both):
    _, bo, cem = both
    town.move_to("Tuesday 10:01")  # the second one comes a day later
    assert [len(offered(town, one)) for one in (bo, cem)] == [3, 3]
    assert not set(offered(town, bo)) & set(offered(town, cem))


def test_people_who_are_in_one_group_alone_are_offered_what_they_always_were(town, both):
    dia, eli = town.person("Dia"), town.person("Eli")
    opened(town, [dia, eli], "juice")
    town.move_to("Monday 10:01")
    alone = newest_of(town, dia).proposals
    assert [f"{at:%a %H:%M}" for at in alone] == ["Mon 13:30", "Tue 09:30", "Wed 13:30"]


ONLY = Hours(time(14), time(14, 30), (0,))


@pytest.fixture
def busy(town: Town):
    """The same, where Ana has one half hour a week; the second channel meets an hour later."""
    _, (ana, bo) = a_channel(town, 2)
    cem = town.person("Cem")
    opened(town, [ana, cem], "tea", at="11:00")
    with town.db.transaction() as tx:
        people.change(tx, Who(town.sim.team_id, ana.id), hours=ONLY.to_json())
    town.move_to("Monday 10:01")
    return ana, bo, cem


def test_where_nothing_else_is_left_a_time_that_is_only_offered_is_offered_again(town, busy):
    _, bo, cem = busy
    town.move_to("Monday 11:01")
    assert offered(town, bo) == offered(town, cem) != []


def test_what_is_agreed_elsewhere_is_never_offered_and_nobody_reads_why(town, busy):
    ana, bo, cem = busy
    for person in (ana, bo):
        person.presses(MEETING_TIME)
    town.move_to("Monday 11:01")
    assert offered(town, cem) == []
    assert NO_TIME in cem.transcript(town.group_of(cem))
    assert "Bo" not in cem.transcript(town.group_of(cem))


def test_a_time_that_is_agreed_elsewhere_suits_nobody_any_more(town, busy):
    ana, bo, cem = busy
    town.move_to("Monday 11:01")
    for person in (ana, bo):
        person.presses(MEETING_TIME, in_=town.group_of(bo))
    ana.presses(MEETING_TIME, in_=town.group_of(cem))
    assert sentence(TimeTaken()) in ana.transcript(town.group_of(cem))
    cem.presses(MEETING_TIME, in_=town.group_of(cem))
    assert [newest_of(town, one).agreed_at is None for one in (bo, cem)] == [False, True]


def test_who_said_that_a_time_suits_in_two_groups_is_promised_to_one(town, busy):
    ana, bo, cem = busy
    town.move_to("Monday 11:01")
    for group in (town.group_of(bo), town.group_of(cem)):
        ana.presses(MEETING_TIME, in_=group)
    for person in (bo, cem):
        person.presses(MEETING_TIME, in_=town.group_of(person))
    assert [newest_of(town, one).agreed_at is None for one in (bo, cem)] == [False, True]
    assert "suits @Cem" in cem.transcript(town.group_of(cem))
