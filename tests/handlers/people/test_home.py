"""The Home tab, opened and pressed."""

from __future__ import annotations

import pytest

from bot.channels.ids import SETTINGS, SETTINGS_OPEN
from bot.meetings.ids import MEETING_MET, MEETING_TIME
from bot.meetings.views.followups import COMING
from bot.meetings.views.impromptu import STOP
from bot.people import home
from bot.people.ids import PAUSE_END, PREFERENCES
from bot.people.views.coffee import IN_IT, NOT_IN_IT
from bot.people.views.home import EARLIER, HOSTED
from bot.rounds.ids import CHANNEL_JOIN, CHANNEL_SKIP, ROUND_RUN
from core.values import TakingPart, Who
from tests.gathering import a_channel
from tests.words import labels
from tests.words.reading import on_top


@pytest.fixture
def coffee(town):
    """A channel of three."""
    people = [town.person(name) for name in ("Ana Ruiz", "Bo Lind", "Cy Oh")]
    return town.channel("coffee", people)


@pytest.fixture
def ana(town, coffee):
    return town.sim.person("Ana Ruiz")


@pytest.fixture
def bo(town, coffee):
    return town.sim.person("Bo Lind")


def test_somebody_new_sees_where_to_begin(town):
    shown = town.person("Di Ng").opens_home()
    assert "You and I share no channel yet." in shown
    assert "Nobody yet: this fills by itself, one coffee at a time." in shown
    assert HOSTED not in shown


def test_the_next_round_is_joined_skipped_and_left_from_home(town, ana, bo, coffee):
    town.sets_up(coffee, ana, weekday="3")
    shown = bo.opens_home()
    assert f"*#coffee*: the next round is Thursday, March 5, 2026, 10:00 AM. {NOT_IN_IT}" in shown
    for press, note in (
        (CHANNEL_JOIN, IN_IT),
        (CHANNEL_SKIP, "You skip it."),
        ("Be in it after all", "You are in it."),
        ("Leave", "You are not in it."),
    ):
        bo.presses(press)
        assert note in bo.home


def test_an_introduction_is_answered_from_home(town, ana, bo, coffee):
    town.sets_up(coffee, ana, taking_part=TakingPart.EVERYONE, weekday="1")
    town.move_to("Tuesday 10:00")
    shown = ana.opens_home()
    assert "*@Bo and @Cy*, in #coffee\nDid you get to talk?" in shown
    ana.presses(MEETING_MET)
    assert "You said: met." in ana.home
    assert EARLIER not in ana.home
    assert "You said" not in bo.opens_home()


def test_what_happened_meanwhile_shows_after_refresh(town, ana, coffee):
    town.sets_up(coffee, ana, taking_part=TakingPart.EVERYONE, weekday="1")
    assert "You have been introduced" not in ana.opens_home()
    town.move_to("Tuesday 10:00")
    ana.presses("Refresh")
    assert "You have been introduced" in ana.home


def test_nobody_is_told_of_an_introduction_before_it_arrived(town):
    _, (ana, _) = a_channel(town, 2)
    town.sim.faults.outage("unavailable", "chat.postMessage")
    town.move_to("Monday 10:00")
    for shown in (ana.opens_home(), ana.types("/coffee")):
        assert COMING in shown
        assert "@Bo" not in shown
    town.sim.faults.over()
    town.forward(minutes=10)
    for shown in (ana.opens_home(), ana.types("/coffee")):
        assert COMING not in shown
        assert "@Bo" in shown


def test_an_older_introduction_moves_to_the_past(town, ana, coffee):
    town.sets_up(coffee, ana, taking_part=TakingPart.EVERYONE, weekday="1")
    town.move_to("Tuesday 10:00")
    ana.opens_home()
    ana.presses(MEETING_MET)
    town.forward(days=7)
    earlier = ana.opens_home().partition(EARLIER)[2]
    assert "• Tuesday 3 March: @Bo and @Cy – met" in earlier


def test_a_pause_is_made_and_ended_from_home(ana, coffee):
    ana.opens_home()
    ana.presses("Pause…")
    ana.fills("Pause", {"Back on": "2026-03-16"})
    assert "*You are on a pause.* I count you in again from Monday 16 March" in ana.home
    ana.presses("End the pause")
    assert PAUSE_END.id not in str(ana._world.home(ana.id).blocks)


def test_hosts_find_their_channels_and_others_do_not(town, ana, bo, coffee):
    town.sets_up(coffee, ana, taking_part=TakingPart.EVERYONE, weekday="1")
    town.move_to("Tuesday 10:00")
    shown = ana.opens_home()
    assert "Channels you host" in shown
    assert "Round 1, Tuesday 3 March, 10:00: 1 introduction, 3 people." in shown
    assert "[Preview] [Run now]" in shown
    assert HOSTED not in bo.opens_home()
    ana.presses(SETTINGS_OPEN)
    assert on_top(ana) == SETTINGS.id
    assert "#coffee: " in ana.modal


def test_running_a_round_asks_first(town, ana, bo, coffee):
    town.sets_up(coffee, ana, weekday="3")
    for person in (ana, bo):
        person.types("/coffee join", in_=coffee)
    ana.opens_home()
    ana.presses(ROUND_RUN)
    assert "is introduced at once" in ana.last_confirm
    assert "*@Ana*, in #coffee" in bo.opens_home()


def test_preferences_show_but_never_the_private_list(ana, bo, coffee):
    ana.types("/coffee preferences")
    ana.fills("Preferences", {labels.ASK_ABOUT: "<tea>", labels.NOT_WITH: [bo]})
    shown = ana.opens_home()
    assert ": <tea>" in shown
    assert "@Bo" not in shown
    assert labels.NOT_WITH not in shown


def test_home_is_drawn_again_only_for_those_who_look_at_it(ana, bo):
    ana.opens_home()
    for person in (ana, bo):
        person.types("/coffee preferences")
        person.fills(PREFERENCES, {"Your team": "Sales"})
    assert ": Sales" in ana.home
    assert bo.home is None


def test_trouble_with_slack_while_refreshing_stays_quiet(town, ana):
    ana.opens_home()
    before = ana.home
    town.sim.faults.fail_next("views.publish", "internal_error")
    home.refresh_quietly(town.parts.services, Who(town.sim.team_id, ana.id))
    assert ana.home == before


def test_home_follows_what_others_do_and_what_time_brings(town) -> None:
    ana, bo = town.person("Ana Ruiz"), town.person("Bo Lind")
    coffee = town.channel("coffee", [ana, bo])
    town.sets_up(coffee, ana)
    for person in (ana, bo):
        person.types("/coffee join", in_=coffee)
        person.opens_home()
    town.move_to("Monday 10:05")
    assert "@Bo" in (ana.home or "")
    for person in (ana, bo):
        person.presses(MEETING_TIME, in_=town.group_of(bo), n=2)
    assert "greed" in (ana.home or ""), ana.home
    ana.types("/coffee now 10")
    assert STOP in (ana.home or "")
    town.forward(minutes=15)
    assert STOP not in (ana.home or "")
