"""Asking for company: what is read, and when, tells of no private list and of nobody's mute.

The same town lives three times. Dia is the only one who agreed to be asked; in one town she avoids
Bo, in one she has muted Kettle.
"""

import re
import shutil

import pytest

from bot.checkins.after.views.hands import asking
from bot.checkins.ids import (
    AFTER_TALK,
    ANSWER,
    ANSWER_FORM,
    ASK_FORM,
    HAND_FORM,
    HAND_NO,
    HAND_OPEN,
)
from bot.meetings.ids import NOW_JOIN
from core.outbox.kinds import DeliveryKind as Kind
from core.values import Who
from storage.people import people as stored
from tests.gathering import a_channel
from tests.house import modules, name_of, text_of
from tests.town import Town
from tests.words import labels
from tests.words.reading import gist, received
from tests.words.surfaces import heard

# Every place that reads private lists, and the tests that compare what is read because of it.
READING_LISTS = {
    "bot/checkins/after/hands.py": "tests/journeys/test_asking_stays_private.py",
    "bot/meetings/impromptu.py": "tests/journeys/test_asking_stays_private.py",
    "bot/meetings/second/pool.py": "tests/handlers/meetings/test_a_second_stays_private.py",
    "bot/rounds/holding.py": "tests/journeys/test_blocks_stay_private.py",
    "bot/rounds/participants.py": "tests/bot/outbox/test_hours.py",
    "bot/rounds/receipts.py": "tests/journeys/test_blocks_stay_private.py",
    "bot/rounds/regrouping.py": "tests/bot/rounds/test_regrouping.py",
}


def the_hand(town, bo, dia):
    """After a check-in, by command and by form; each search ends by itself."""
    bo.presses(ANSWER)
    bo.fills(ANSWER_FORM, {labels.ANSWER: "Three projects at once"})
    bo.presses(AFTER_TALK)
    yield bo.modal
    bo.closes_modal(everything=True)
    yield bo.types("/coffee hand an ear")
    town.forward(days=1, minutes=5)
    yield bo.types("/coffee hand an ear")
    town.forward(hours=1)
    if received(town, dia, Kind.HAND):
        dia.presses(HAND_NO)
    bo.opens_home()
    bo.presses(HAND_OPEN)
    yield bo.modal
    bo.closes_modal()
    yield bo.types("/coffee hand stop")
    bo.presses(HAND_OPEN)
    bo.fills(HAND_FORM, {labels.WISH: "An ear"})
    yield bo.modal
    bo.closes_modal(everything=True)
    town.forward(hours=1)
    if len(received(town, dia, Kind.HAND)) > 2:
        dia.presses(HAND_NO)
    town.forward(days=1)


def a_coffee_now(town, bo):
    """By command and by button; nobody comes."""
    yield bo.types("/coffee now 10")
    yield bo.types("/coffee")
    yield bo.opens_home()
    town.forward(minutes=30)
    bo.presses(NOW_JOIN)
    town.forward(minutes=30)
    yield bo.types("/coffee history")
    yield bo.opens_home()


def lived(database_url, way):
    """What Bo is shown, and all he hears with its time; what Dia was asked."""
    town = Town(database_url)
    coffee, (ana, bo, dia) = a_channel(town, 3, weekday="4")  # no round meanwhile
    with town.db.transaction() as tx:
        stored.change(tx, Who(town.sim.team_id, dia.id), open_to_ask=True)
    dia.types(f"/coffee avoid <@{bo.id if way == 'avoids' else ana.id}>")
    if way == "muted":
        dia.types("/coffee mute")
    ana.types("/checkin pressure", in_=coffee)
    ana.fills(ASK_FORM, {labels.LINE: "The release weighs on me."})
    town.forward(hours=1)
    shown = [*the_hand(town, bo, dia), *a_coffee_now(town, bo)]
    asked = [len(received(town, dia, kind)) for kind in (Kind.HAND, Kind.ASKED)]
    over = len(received(town, bo, Kind.HAND_OVER))
    town.close()
    return shown, heard(bo), asked, over


@pytest.fixture(scope="module")
def towns(tmp_path_factory, migrated_file):
    """The town in which Dia avoids somebody else, where she avoids Bo, where she muted Kettle."""
    made = []
    for way in ("asked", "avoids", "muted"):
        file = shutil.copy(migrated_file, tmp_path_factory.mktemp("asking") / "kettle.db")
        made.append(lived(f"sqlite:///{file}", way))
    return made


def test_who_asks_reads_the_same_at_the_same_time_whoever_avoids_them_or_is_muted(towns):
    (shown, messages, *_), *others = towns
    for shown_too, messages_too, *_ in others:
        assert shown_too == shown
        assert messages_too == messages


def test_who_avoids_them_or_is_muted_is_not_asked_and_each_search_ends_with_a_word(towns):
    # For a coffee once an hour.
    assert [asked for *_, asked, _ in towns] == [[3, 1], [0, 0], [0, 0]]
    assert [over for *_, over in towns] == [2, 2, 2]
    assert gist(asking) in towns[1][0][0]


def test_every_place_that_reads_private_lists_is_compared():
    reads = re.compile(r"\bpeople\.(?:blocks|not_with)\(")
    reading = {name_of(path) for path in modules("bot") if reads.search(text_of(path))}
    assert reading - {"bot/people/preferences.py"} == set(READING_LISTS)  # there for its owner
