"""Whether somebody has muted Kettle shows to nobody else, in words, in counts or by when.

The same town lives twice; in one of them Bo has muted it. What a volunteer's mute tells whoever
looks for company is compared in test_asking_stays_private.py.
"""

import shutil

import pytest

from core.outbox.kinds import DeliveryKind as Kind
from core.values import Notice
from tests.gathering import a_channel
from tests.town import Town
from tests.words.reading import received
from tests.words.surfaces import heard, surfaces

ASKED = (Kind.NUDGE, Kind.ASK, Kind.NOTICE, Kind.SILENCES)


def lived(database_url, word):
    """Four people, five rounds; what all but Bo hear and can look at, and what Bo was asked."""
    town = Town(database_url)
    coffee, people = a_channel(town, 4, notice=Notice.DM)
    bo = people[1]
    bo.types(f"/coffee {word}")
    for _ in range(5):
        town.move_to("Monday 10:01")
    town.move_to("Wednesday 10:05")
    asked = len(received(town, bo, *ASKED))
    others = [one for one in people if one is not bo]
    told = [(heard(one), surfaces(town, one, coffee)) for one in others]
    town.close()
    return told, asked


@pytest.fixture(scope="module")
def towns(tmp_path_factory, migrated_file):
    """The town in which nobody has muted it, and the one in which Bo has."""
    made = []
    for word in ("unmute", "mute"):
        file = shutil.copy(migrated_file, tmp_path_factory.mktemp(word) / "kettle.db")
        made.append(lived(f"sqlite:///{file}", word))
    return made


def test_everybody_else_reads_and_hears_the_same_by_the_second(towns):
    (told, asked), (told_too, asked_too) = towns
    assert told_too == told
    assert (asked > 6, asked_too) == (True, 0)
