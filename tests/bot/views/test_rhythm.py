"""An option of "How often" is what it says, and what messages say that are stored in Slack."""

import pytest

from bot.channels.views import form as of_channels
from bot.checkins.asking.views import form as of_checkins
from bot.views import words
from core.cadence import Cadence, Every

OFFERED = sorted({*of_channels.OFTEN, *of_checkins.RHYTHMS}, key=str)


@pytest.mark.parametrize("often", OFFERED, ids=lambda often: often.label)
def test_an_option_says_what_it_sets(often):
    kind, _, number = often.value.partition(":")
    assert (often.kind, often.nth or often.interval) == (kind, int(number) if number else None)


@pytest.mark.parametrize(
    "often", [one for one in OFFERED if one.kind is Every.WEEKS and one.interval]
)
def test_weeks_are_told_as_they_are_set(often):
    told = words.rhythm(Cadence(often.kind, interval=often.interval))
    assert told.startswith(often.label.lower())
