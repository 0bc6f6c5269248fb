"""Where everyone takes part, nobody is introduced before they have had a day to say no (P6)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.channels.ids import SETTINGS
from bot.channels.views.settings import everyone_later
from bot.people.errors import NothingToSkip
from bot.people.views.coffee import SITTING_OUT
from bot.trouble import sentence
from bot.views.words import moment_for_all
from core.eligibility import Reason
from core.outbox.kinds import DeliveryKind as Kind
from core.values import TakingPart
from tests.gathering import introduced
from tests.town import Town
from tests.words import labels
from tests.words.reading import received, stored

WEEK = timedelta(weeks=1)
EVERYONE = {labels.TAKING_PART: TakingPart.EVERYONE}


@pytest.fixture
def four(town: Town):
    """Four people of a channel where those take part who press: Ana and Bo did."""
    people = [town.person(name) for name in ("Ana", "Bo", "Cem", "Dia")]
    coffee = town.channel("coffee", people)
    town.sets_up(coffee, people[0])
    for person in people[:2]:
        person.types("/coffee join", in_=coffee)
    return coffee, people


def widen(town: Town, coffee, host) -> None:
    host.types("/coffee settings", in_=coffee)
    assert host.fills(SETTINGS, EVERYONE) == {}
    town.forward(seconds=5)


def test_saved_three_minutes_before_a_round_it_counts_from_the_next_one_on(town, four):
    coffee, (ana, *_) = four
    town.move_to("Monday 9:57")
    widen(town, coffee, ana)
    town.move_to("Monday 10:01")
    assert introduced(town) == [{"Ana", "Bo"}]
    town.move_to("Monday 10:01")
    assert set().union(*introduced(town)[1:]) == {"Ana", "Bo", "Cem", "Dia"}


@pytest.mark.parametrize(("saved", "in_it"), [("Sunday 9:59", 4), ("Sunday 10:01", 2)])
def test_a_day_before_is_soon_enough_and_less_is_not(town, four, saved, in_it):
    coffee, (ana, *_) = four
    town.move_to("Tuesday 10:00")
    before = len(introduced(town))
    town.move_to(saved)
    widen(town, coffee, ana)
    town.move_to("Monday 10:01")
    assert len(set().union(*introduced(town)[before:])) == in_it


def test_hosts_and_the_channel_read_from_which_round_on(town, four):
    coffee, (ana, _, cem, _) = four
    town.move_to("Monday 9:57")
    widen(town, coffee, ana)
    soon = town.next_due(coffee)
    later = everyone_later(soon + WEEK, "Europe/Berlin")
    ana.sees(later)
    said = received(town, cem, Kind.OPENING)[-1]
    assert cem.text_of(f"{moment_for_all(soon + WEEK)} on, everyone") in said
    assert cem.text_of(f"round, {moment_for_all(soon)}, is for those who press") in said
    assert later in ana.types("/coffee preview", in_=coffee)
    for person in (ana, cem):
        person.types("/coffee settings", in_=coffee)
        assert later in person.modal


def test_a_channel_that_begins_so_within_the_day_begins_with_those_who_press(town):
    people = [town.person(name) for name in ("Ana", "Bo", "Cem")]
    coffee = town.channel("coffee", people)
    town.sets_up(coffee, people[0], taking_part=TakingPart.EVERYONE)
    for person in people[:2]:
        person.presses("I'm in")
    town.move_to("Monday 10:01")
    assert introduced(town) == [{"Ana", "Bo"}]
    town.move_to("Monday 10:01")
    assert set().union(*introduced(town)) == {"Ana", "Bo", "Cem"}


def test_who_is_not_in_it_yet_reads_so_and_can_step_out_or_in(town, four):
    coffee, (ana, _, cem, dia) = four
    town.move_to("Monday 9:57")
    widen(town, coffee, ana)
    assert SITTING_OUT[Reason.NOT_OPTED_IN] in cem.types("/coffee")
    assert cem.types("/coffee skip") == cem.text_of(sentence(NothingToSkip()))
    cem.types("/coffee join")
    dia.types("/coffee leave")
    town.move_to("Monday 10:01")
    town.move_to("Monday 10:01")
    assert [len(group) for group in introduced(town)] == [3, 3]


def test_to_and_fro_between_two_rounds_is_announced_once_and_holds(town, four):
    coffee, (ana, _, cem, _) = four
    town.move_to("Tuesday 10:00")
    widen(town, coffee, ana)
    since = stored(town, coffee).everyone_from
    for mode in (TakingPart.OPT_IN, TakingPart.EVERYONE):
        town.move_to(town.clock.now() + timedelta(days=1))
        ana.types("/coffee settings", in_=coffee)
        assert ana.fills(SETTINGS, {labels.TAKING_PART: mode}) == {}
    assert stored(town, coffee).everyone_from == since
    assert len(received(town, cem, Kind.OPENING)) == 2


def test_where_the_channel_could_not_be_told_nobody_is_in_it_without_a_press(town, four):
    coffee, (ana, *_) = four
    town.move_to("Tuesday 10:00")
    town.sim.faults.fail_next("chat.postMessage", "restricted_action", n=3)
    widen(town, coffee, ana)
    assert received(town, ana, Kind.OPENING)[1:] == []
    before = len(introduced(town))
    town.move_to("Monday 10:01")
    assert introduced(town)[before:] == [{"Ana", "Bo"}]


def test_who_comes_minutes_before_a_round_is_in_the_one_after_it(town, four):
    coffee, (ana, *_) = four
    town.move_to("Tuesday 10:00")
    widen(town, coffee, ana)
    town.move_to("Monday 9:50")
    before, eli = len(introduced(town)), town.person("Eli")
    eli.joins(coffee)
    town.forward(seconds=5)
    assert "is very soon" in received(town, eli, Kind.NEWCOMER)[0]
    town.move_to("Monday 10:01")
    assert "Eli" not in set().union(*introduced(town)[before:])
    town.move_to("Monday 10:01")
    assert "Eli" in introduced(town)[-1] | introduced(town)[-2]
