"""The small version of the soak: two weeks of one seed, and an auditor that can see."""

from pathlib import Path

import pytest

from tests.soak.quarter import live


@pytest.mark.parametrize("seed", [1, 2])
def test_two_weeks_of_life_leave_nothing_to_say(database_url, seed):
    outcome = live(seed, Path(database_url.removeprefix("sqlite:///")), days=14)
    assert outcome.findings == []
    assert len(outcome.acts) > 20
