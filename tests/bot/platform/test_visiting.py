"""Slack for one interaction: what is shown there comes after what is stored."""

import pytest

from bot.platform.visiting import Deadline


@pytest.mark.parametrize(("method", "shows"), [("users.info", False), ("conversations.open", True)])
def test_before_anything_changes_in_slack_the_door_is_told(town, method, shows):
    ana, told = town.person("Ana"), []
    services = town.parts.services.for_one_visit(Deadline(60), lambda: told.append(True))
    asked = {"user": ana.id} if method == "users.info" else {"users": [ana.id]}
    services.slack(town.sim.team_id).call(method, **asked)
    assert told == [True] * shows


def test_slack_may_take_its_time_once_nobody_waits(town):
    deadline = Deadline(0)
    deadline.lift()
    slack = town.parts.services.for_one_visit(deadline).slack(town.sim.team_id)
    town.sim.faults.delay_next("auth.test", 0.2)
    assert slack.whoami()[1] == town.sim.team_id
