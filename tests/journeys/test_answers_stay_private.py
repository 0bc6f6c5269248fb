"""What somebody answers about an introduction: their partner may learn "met", and nothing else.

The same town lives once for every answer, and once without one. Everything the partner reads is
compared, with the second in which it came.
"""

import shutil

import pytest

from bot.meetings.ids import MEETING_WHY
from core.outbox.kinds import DeliveryKind as Kind
from tests.gathering import a_channel
from tests.town import Town
from tests.words.reading import received
from tests.words.surfaces import heard, surfaces

SILENT = ""


def lived(database_url, said):
    """Four rounds of two people; what Ana, who answers nothing, reads while Bo says this."""
    town = Town(database_url)
    coffee, (ana, bo) = a_channel(town, 2)
    shown = []
    for number in range(4):
        town.move_to("Monday 10:05")
        if said:
            bo.types(f"/coffee {said}")  # at once: before anybody is nudged or asked
        if number in (0, 3):
            shown += [surfaces(town, ana, coffee), {MEETING_WHY.id: ana.presses(MEETING_WHY)}]
    town.move_to("Friday 17:00")
    shown.append(dict(enumerate(heard(ana))))
    asked = {kind: received(town, ana, kind) for kind in (Kind.ASK, Kind.NUDGE, Kind.SILENCES)}
    town.close()
    return shown, asked


@pytest.fixture(scope="module")
def told(tmp_path_factory, migrated_file):
    """By Bo's answer, what Ana was shown."""
    made = {}
    for said in (SILENT, "planning", "not", "met"):
        file = tmp_path_factory.mktemp("answers") / "kettle.db"
        made[said] = lived(f"sqlite:///{shutil.copy(migrated_file, file)}", said)
    return made


@pytest.mark.parametrize("said", ["planning", "not"])
def test_nothing_a_partner_reads_or_when_tells_of_an_answer(told, said):
    for silent, answered in zip(told[SILENT][0], told[said][0], strict=True):
        assert answered == silent


def test_what_was_compared_holds_every_message_that_follows_an_introduction(told):
    _, asked = told[SILENT]
    assert all(asked.values())


def test_that_they_met_is_for_both(told):
    shown, asked = told["met"]
    assert asked == {Kind.ASK: [], Kind.NUDGE: [], Kind.SILENCES: []}
    assert "@Bo – met" in shown[0]["history"]
    assert "One of you said you met." in shown[0]["Home"]
