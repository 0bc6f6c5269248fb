"""Check-ins and searches for a hand, when two press at once."""

from functools import partial

import pytest

from bot.checkins.after import hands
from bot.checkins.after.views.hands import ASKED_ALREADY
from bot.checkins.asking import prompts, wishes
from bot.checkins.asking.wishes import Wish
from bot.checkins.ids import ASK_FORM
from bot.checkins.refusals import Refused, Why
from bot.checkins.views.kinds import name_of
from core.checkins import Kind, Question
from core.values import Place, Who
from storage.channels import channels
from storage.people import people
from tests.gathering import a_channel
from tests.handlers.checkins.asking import turns_the_pulse_on
from tests.races.racing import in_the_midst, just_before
from tests.words import labels


@pytest.fixture
def team(town):
    """Six people in a channel."""
    return a_channel(town, 6, "team")


def test_two_searches_at_once_are_one(town, team):
    _, (ana, bo, *_) = team
    services, team_id = town.parts.services, town.parts.team_id
    with town.db.transaction() as tx:
        people.change(tx, Who(team_id, bo.id), open_to_ask=True)
    with just_before(
        town.db,
        "INSERT INTO hands",
        lambda: hands.offer_a_hand(services, Who(team_id, ana.id), "a map"),
    ):
        said = ana.types("/coffee hand a map")
    assert said.startswith(ASKED_ALREADY)
    town.forward(seconds=5)
    assert bo.transcript().count(": a map") == 1


def test_of_two_pulses_at_once_one_is_asked(town, team):
    channel, (ana, bo, *_) = team
    turns_the_pulse_on(ana, channel)
    with town.db.reading() as tx:
        here = channels.get(tx, Place(town.parts.team_id, channel.id))
    wish = Wish(bo.id, Kind.PULSE, (Question("How was it?"),), line="I wonder.")
    ana.types("/checkin pulse", in_=channel)
    with (
        pytest.raises(Refused) as refused,
        in_the_midst(
            town.db, "INSERT INTO checkins", partial(wishes.ask, town.parts.services, here, wish)
        ),
    ):
        ana.fills(ASK_FORM, {labels.LINE: "I wonder, too."})
    assert refused.value.why is Why.STILL_OPEN
    town.forward(minutes=1)
    assert channel.transcript().count(f"*{name_of(Kind.PULSE)}*") == 1


def test_of_two_who_were_shown_the_same_question_one_asks_it(town, team):
    channel, (ana, bo, *_) = team
    ana.types("/checkin open", in_=channel)
    with town.db.reading() as tx:
        here = channels.get(tx, Place(town.parts.team_id, channel.id))
        drawn = prompts.choose(tx, here, Kind.OPEN, quiet=False)
    assert drawn[0].text in ana.modal
    wish = Wish(bo.id, Kind.OPEN, drawn, line="I wonder.")
    with (
        pytest.raises(wishes.AskedMeanwhile),
        in_the_midst(
            town.db, "INSERT INTO checkins", partial(wishes.ask, town.parts.services, here, wish)
        ),
    ):
        assert ana.fills(ASK_FORM, {labels.LINE: "I wonder, too."}) == {}
    town.forward(minutes=1)
    assert channel.transcript().count(drawn[0].text) == 1
