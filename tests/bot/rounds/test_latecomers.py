"""Somebody who joins when a round is under way (P12)."""

import pytest

from bot.meetings.views.past import why
from bot.people.views.coffee import joined
from bot.rounds.views.notices import joined_late, latecomer_waits
from core.outbox.kinds import DeliveryKind as Kind
from core.values import MeetingKind
from tests.gathering import NAMES, a_channel, introduced
from tests.words.reading import gist, received, stored


@pytest.fixture
def late(town):
    """A channel with a round under way, and three people who come late."""
    coffee, _ = a_channel(town, 4)
    town.move_to("Monday 10:01")
    people = [town.person(name) for name in NAMES[4:7]]
    for person in people:
        person.joins(coffee)
    town.coffee = coffee
    return people


def joins(town, person):
    return person.types("/coffee join", in_=town.coffee)


def test_the_first_one_is_told_when_the_next_round_is_and_the_second_one_meets_them(town, late):
    eli, fay, gus = late
    said = joins(town, eli)
    assert "A round of #coffee is under way already; the next one is" in said
    assert "If somebody else has room for a coffee before that, I may introduce you two." in said
    assert "somebody else has room for a coffee, too: I'll introduce you two" in joins(town, fay)
    assert introduced(town)[-1] == {"Eli", "Fay"}
    assert gist(latecomer_waits) in joins(town, gus)
    assert fay.types("/coffee why") == why(None, MeetingKind.ROUND, late=True, changed=False)
    town.move_to("Wednesday 10:05")
    assert received(town, fay, Kind.ASK) == []  # as whoever looked for a second partner
    town.move_to("Friday 10:05")
    assert "@Eli" in received(town, fay, Kind.ASK)[0]


def test_in_the_second_half_of_a_round_people_read_when_the_next_one_is(town, late):
    town.move_to("Friday 12:00")
    for person in late[:2]:
        assert "You are in. The next round of #coffee is" in joins(town, person)
    assert len(introduced(town)) == 2


def test_nobody_is_introduced_to_somebody_they_avoid_and_nobody_can_tell(town, late):
    eli, fay, gus = late
    joins(town, eli)
    fay.types(f"/coffee avoid <@{eli.id}>")
    first = joins(town, fay)
    assert gist(latecomer_waits) in first
    assert gist(joined_late) in joins(town, gus)
    assert introduced(town)[-1] == {"Eli", "Gus"}


def test_somebody_on_a_pause_is_not_introduced(town, late):
    eli, fay, _ = late
    joins(town, eli)
    eli.types("/coffee pause 2w")
    assert gist(latecomer_waits) in joins(town, fay)
    assert len(introduced(town)) == 2


def test_a_pause_that_has_ended_is_none(town, late):
    eli, fay, _ = late
    eli.types("/coffee pause until Tuesday")
    town.move_to("Tuesday 10:00")
    joins(town, eli)
    assert gist(joined_late) in joins(town, fay)


def test_somebody_of_this_very_round_who_left_and_returns_is_no_latecomer(town, late):
    bo = next(p for p in map(town.sim.person, town.coffee.members) if p.name == "Bo")
    bo.types("/coffee leave", in_=town.coffee)
    assert joins(town, bo) == bo.text_of(joined(stored(town, town.coffee)))


def test_when_the_round_comes_nobody_waits_any_more(town, late):
    joins(town, late[0])
    town.move_to("Monday 10:01")
    assert "Eli" in set().union(*introduced(town)[2:])
    zoe = town.person("Zoe")
    zoe.joins(town.coffee)
    assert gist(latecomer_waits) in joins(town, zoe)
