"""What somebody answers about an introduction: their partner may learn "met", and nothing else.

The same town lives once for every answer, and once without one. Everything the partner reads is
compared, with the second in which it came.
"""

import shutil

from bot.meetings.ids import MEETING_WHY
from core.outbox.kinds import DeliveryKind as Kind
from tests.gathering import a_channel
from tests.town import Town
from tests.words.reading import received
from tests.words.surfaces import heard, surfaces

SILENT = ""


def lived(database_url, said, rounds=4):
    """So many rounds of two people; what Ana, who answers nothing, reads while Bo says this.

    After three silences somebody is asked about the rhythm, so that four show all there is.
    """
    town = Town(database_url)
    coffee, (bo, ana) = a_channel(town, 2)  # it is Ana's turn to get the first one going
    shown = []
    for number in range(rounds):
        town.move_to("Monday 10:05")
        if said:
            bo.types(f"/coffee {said}")  # at once: before anybody is nudged or asked
        if number == rounds - 1:
            shown += [surfaces(town, ana, coffee), {MEETING_WHY.id: ana.presses(MEETING_WHY)}]
    town.move_to("Friday 17:00")
    shown.append(dict(enumerate(heard(ana))))
    asked = {kind: received(town, ana, kind) for kind in (Kind.ASK, Kind.NUDGE, Kind.SILENCES)}
    town.close()
    return shown, asked


def test_nothing_a_partner_reads_or_when_tells_of_an_answer_but_that_they_met(
    tmp_path, migrated_file
):
    """One test, since each of these lives takes seconds and all are compared with the first."""
    told = {}
    for said in (SILENT, "planning", "not", "met"):
        url = f"sqlite:///{shutil.copy(migrated_file, tmp_path / f'{said}.db')}"
        told[said] = lived(url, said, rounds=1 if said == "met" else 4)
    assert told["planning"][0] == told[SILENT][0]
    assert told["not"][0] == told[SILENT][0]
    assert all(told[SILENT][1].values())  # what was compared holds all that follows
    shown, asked = told["met"]
    assert asked == {Kind.ASK: [], Kind.NUDGE: [], Kind.SILENCES: []}
    assert "@Ana – met" in shown[0]["history"]
    assert "One of you said you met." in shown[0]["Home"]
