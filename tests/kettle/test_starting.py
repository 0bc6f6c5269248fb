"""What Kettle asks Slack when it starts, so that nobody's first press has to wait for it."""

import pytest

from kettle.app import CannotStart, build


def test_the_first_command_after_a_start_asks_nobody_whose_token_it_is(town):
    ana = town.person("Ana")
    town.restart()
    town.sim.faults.outage("cut", "auth.test")
    assert "/coffee join" in ana.types("/coffee help")


@pytest.mark.parametrize("order", ["lose_next_answer", "server_error_next"])
def test_a_slack_that_goes_away_while_kettle_starts_is_told_in_a_sentence(town, order):
    town.sim.faults.delay_next("auth.test", 0)  # the first call is answered, the second is not
    getattr(town.sim.faults, order)("auth.test", n=2)  # the SDK tries a lost one again
    with pytest.raises(CannotStart, match="Slack cannot be reached"):
        build(town.settings, clock=town.sim.clock)
