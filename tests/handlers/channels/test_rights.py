"""Who is a host is asked of Slack once an interaction at most, and afresh in the next one."""

import pytest

from bot.channels.ids import SETTINGS, SETTINGS_READ_ONLY
from tests.gathering import a_channel
from tests.words.reading import on_top


@pytest.fixture
def coffee(town):
    """A channel of two, set up by one of them."""
    return a_channel(town, 2)[0]


def asked_about(town, person, since):
    calls = list(town.sim.calls)[since:]
    return len(
        [call for call in calls if call.method == "users.info" and person.id in str(call.args)]
    )


def test_an_admin_is_asked_about_once_however_much_one_press_draws(town, coffee):
    boss = town.person("Di", admin=True)
    boss.joins(coffee)
    boss.opens_home()
    before = len(town.sim.calls)
    boss.types("/coffee settings", in_=coffee)
    assert on_top(boss) == SETTINGS.id
    assert asked_about(town, boss, before) == 1
    before = len(town.sim.calls)
    boss.types("/coffee preview", in_=coffee)
    assert asked_about(town, boss, before) == 1


def test_rights_that_were_taken_away_are_gone_in_the_next_interaction(town, coffee):
    boss = town.person("Di", admin=True)
    boss.joins(coffee)
    boss.types("/coffee settings", in_=coffee)
    assert on_top(boss) == SETTINGS.id
    boss.closes_modal()
    boss.changes(is_admin=False)
    boss.types("/coffee settings", in_=coffee)
    assert on_top(boss) == SETTINGS_READ_ONLY.id


def test_nobody_is_a_host_because_slack_does_not_answer(town, coffee):
    boss = town.person("Di", admin=True)
    boss.joins(coffee)
    town.sim.faults.fail_next("users.info", "internal_error")
    boss.types("/coffee settings", in_=coffee)
    assert on_top(boss) == SETTINGS_READ_ONLY.id
