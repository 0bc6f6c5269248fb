"""Asking for company: what is read, and when, tells of nobody's list, mute or limit.

The same town lives four times. Dia is the only one who agreed to be asked; in one town she avoids
Bo, in one she has muted Kettle, in one Ana's request was all that she takes in a week.
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
    if len(received(town, dia, Kind.HAND)) > 1:  # one was Ana's
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
    if len(received(town, dia, Kind.HAND)) > 3:
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
        limit = 1 if way == "had her share" else None
        stored.change(tx, Who(town.sim.team_id, dia.id), open_to_ask=True, requests=limit)
    ana.types("/coffee hand an ear")
    town.forward(hours=1)
    ana.types("/coffee hand stop")
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
    """Where Dia avoids somebody else, avoids Bo, has muted Kettle, or has had her share."""
    made = []
    for way in ("asked", "avoids", "muted", "had her share"):
        file = shutil.copy(migrated_file, tmp_path_factory.mktemp("asking") / "kettle.db")
        made.append(lived(f"sqlite:///{file}", way))
    return made


def test_who_asks_reads_the_same_at_the_same_time_whoever_is_not_asked(towns):
    (shown, messages, *_), *others = towns
    for shown_too, messages_too, *_ in others:
        assert shown_too == shown
        assert messages_too == messages


def test_who_is_muted_avoids_them_or_had_enough_is_not_asked_and_each_search_ends(towns):
    # For a coffee once an hour; for a hand by Ana as well.
    assert [asked for *_, asked, _ in towns] == [[4, 1], [1, 0], [1, 0], [1, 0]]
    assert [over for *_, over in towns] == [2] * 4
    assert gist(asking) in towns[1][0][0]


def test_every_place_that_reads_private_lists_is_compared():
    reads = re.compile(r"\bpeople\.(?:blocks|not_with)\(")
    reading = {name_of(path) for path in modules("bot") if reads.search(text_of(path))}
    assert reading - {"bot/people/preferences.py"} == set(READING_LISTS)  # there for its owner
