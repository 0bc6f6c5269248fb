"""The small version of the soak: two weeks of one seed, and an auditor that can see."""

from pathlib import Path

from tests.soak.quarter import live


def test_two_weeks_of_life_leave_nothing_to_say(database_url):
    outcome = live(1, Path(database_url.removeprefix("sqlite:///")), days=14)
    assert outcome.findings == []
    assert len(outcome.acts) > 20
