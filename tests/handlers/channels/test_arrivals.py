"""Events that nobody foresaw: they change nothing and break nothing."""

import pytest

from bot.channels import arrivals
from bot.platform import directory
from bot.platform.slack import SlackBusy
from bot.rounds import participants
from core.values import Place
from storage.people import memberships
from tests.gathering import a_channel, introduced


def test_people_of_channels_that_kettle_is_not_in_are_nobodys_business(town):
    _, (ana, bo) = a_channel(town, 2)
    elsewhere = Place(town.sim.team_id, "C_ELSEWHERE")
    for verb in (arrivals.came, arrivals.went):
        verb(town.parts.services, elsewhere, bo.id)
    for verb in (arrivals.removed, arrivals.returned):
        verb(town.parts.services, elsewhere)
    arrivals.renamed(town.parts.services, elsewhere, "tea")
    assert "#coffee" in ana.types("/coffee")


def test_a_colleague_kettle_never_met_stays_unknown_when_they_change(town):
    a_channel(town, 2)
    zoe = town.person("Zoe")
    zoe.changes(tz="Asia/Tokyo")
    assert [c.method for c in town.sim.calls if zoe.id in str(c.args)] == []


def test_a_listener_that_fails_is_made_up_for_by_the_member_list(town):
    coffee, _ = a_channel(town, 3)
    dia = town.person("Dia")
    town.sim.faults.fail_next("users.info", "internal_error")
    dia.joins(coffee)
    dia.types("/coffee join", in_=coffee)
    town.move_to("Monday 10:01")
    assert "Dia" in set().union(*introduced(town))


@pytest.mark.parametrize("times", [1, 2])
def test_while_slack_is_busy_what_was_learned_is_kept_and_the_round_waits(town, times):
    a_channel(town, 4)
    town.move_to("Monday 9:59")
    town.sim.faults.rate_limit("conversations.members", 1, n=times)
    town.move_to("Monday 10:00")
    town.forward(minutes=1)
    town.parts.settle()
    assert len(introduced(town)) == 2


def test_when_slack_is_busy_a_round_goes_on_with_what_is_known(town):
    a_channel(town, 4)
    town.move_to("Monday 10:01")
    town.move_to("Monday 9:59")
    town.sim.faults.rate_limit("users.info", 60, n=3)
    town.move_to("Monday 10:01")
    assert len(introduced(town)) == 4


def test_people_nobody_knows_yet_are_waited_for(town):
    coffee, _ = a_channel(town, 2)
    zoe = town.person("Zoe")
    town.sim.faults.lose_next_event()
    zoe.joins(coffee)
    town.sim.faults.rate_limit("users.info", 5)
    channel = directory.is_channel_known(town.parts.services, Place(town.sim.team_id, coffee.id))
    with pytest.raises(SlackBusy):
        participants.reconcile(town.parts.services, channel)
    assert participants.reconcile(town.parts.services, channel) == [zoe.id]


def test_somebody_who_joins_while_slack_stumbles_is_in_the_channel_all_the_same(town, caplog):
    coffee, _ = a_channel(town, 4)
    zoe = town.person("Zoe")
    town.sim.faults.server_error_next("users.info")
    zoe.joins(coffee)
    with town.db.reading() as tx:
        assert memberships.get(tx, Place(town.sim.team_id, coffee.id), zoe.id).present
    assert [r.levelname for r in caplog.records if "event" in r.message] == ["WARNING"]
