"""One of several things that are due breaks: the next one is done all the same."""

import logging

import pytest

from bot.platform.errors import tried
from bot.platform.slack import SlackAway, SlackBusy, SlackRefused, SlackUnsure

LOG = logging.getLogger("kettle.test")


@pytest.mark.parametrize(
    ("trouble", "level"),
    [
        (SlackAway("gone"), logging.WARNING),
        (SlackUnsure("cut"), logging.WARNING),
        (SlackBusy(30), logging.WARNING),
        (SlackRefused("missing_scope"), logging.ERROR),
        (ValueError("ours"), logging.ERROR),
    ],
)
def test_what_breaks_in_one_is_told_and_stops_there(caplog, trouble, level):
    with tried(LOG, "opening", "checkin=5"):
        raise trouble
    [record] = caplog.records
    assert record.levelno == level
    assert "checkin=5" in record.getMessage()


def test_who_ends_the_process_ends_it():
    with pytest.raises(KeyboardInterrupt), tried(LOG, "opening", "checkin=5"):
        raise KeyboardInterrupt
