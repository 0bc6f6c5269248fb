"""Who sees the results if the asker chooses nothing: it fits what the check-in is about."""

from __future__ import annotations

import pytest

from bot.checkins.asking.views.form import AUDIENCES
from bot.checkins.ids import ANSWER, ANSWER_FORM, ASK_FORM, KIND, SCHEDULE_KIND, OfKind
from bot.checkins.views.post import NOTED
from core.checkins import Audience, Kind, Phase
from core.outbox.kinds import DeliveryKind
from core.values import Place
from storage.checkins import checkins
from tests.gathering import a_channel
from tests.words import labels
from tests.words.reading import received


@pytest.fixture
def team(town):
    return a_channel(town, 5)


def audience(town, channel) -> Audience:
    """Of the one check-in that is open."""
    with town.db.reading() as tx:
        place = Place(town.parts.team_id, channel.id)
        (found,) = checkins.of_channel(tx, place, [Phase.OPEN], None, 2)
    return found.contract.audience


def asks(town, person, channel, kind, **values):
    person.types(f"/checkin {kind}", in_=channel)
    line = {labels.LINE: "I go first."} if kind.rules.goes_first else {}
    assert person.fills(ASK_FORM, line | values) == {}
    town.forward(seconds=5)


@pytest.mark.parametrize("kind", [k for k in Kind if not k.rules.by_mood])
def test_what_is_meant_for_all_is_seen_by_all_unless_the_asker_chooses_otherwise(town, team, kind):
    channel, (ana, *_) = team
    asks(town, ana, channel, kind)
    meant = Audience.CHANNEL if kind in (Kind.KICKOFF, Kind.CELEBRATE) else Audience.ASKER
    assert audience(town, channel) is meant


def test_the_asker_chooses_otherwise(town, team):
    channel, (ana, *_) = team
    asks(town, ana, channel, Kind.CELEBRATE, **{labels.AUDIENCE: Audience.ASKER})
    assert audience(town, channel) is Audience.ASKER


@pytest.mark.parametrize(("word", "chosen"), [("", KIND), ("schedule", SCHEDULE_KIND)])
def test_the_form_begins_anew_when_it_is_about_something_else(town, team, word, chosen):
    channel, (ana, *_) = team
    ana.types(f"/checkin {word}", in_=channel)
    ours, everyone = (f"{labels.AUDIENCE}: {{{label}}}" for label, _ in AUDIENCES)
    assert ours in ana.modal
    ana.chooses(chosen, OfKind(Kind.CELEBRATE).text())
    assert everyone in ana.modal


def test_thanks_are_read_by_the_channel_and_their_author_is_offered_no_help(town, team):
    channel, (ana, bo, cem, *_) = team
    asks(town, ana, channel, Kind.CELEBRATE)
    bo.presses(ANSWER, in_=channel)
    assert bo.fills(ANSWER_FORM, {labels.ANSWER: "Thank you, Cem."}) == {}
    assert NOTED in bo.modal
    assert bo.modal.partition(NOTED)[2].strip() == "[Close]"
    town.forward(days=1, minutes=1)
    (results,) = received(town, cem, DeliveryKind.CHECKIN_RESULTS)
    assert "Thank you, Cem." in results
