"""A second partner in the round: the offer, the search and its end tell of nobody's choice.

The same town lives once for everything that a first partner may do or choose, and once with a
partner who does nothing; and once for each reason why two who wait are not introduced. All that
the others read is compared, with the second in which it came.
"""

import shutil

import pytest

from bot.meetings.ids import SECOND_FIND
from bot.meetings.views import second as view
from core.outbox.kinds import DeliveryKind as Kind
from tests.gathering import a_channel, introduced
from tests.town import Town
from tests.words.reading import gist, received
from tests.words.surfaces import heard

NOTHING, LOOKS, DEACTIVATED = "", "second", "deactivated"
CHOICES = (NOTHING, "pause 2w", "leave", "avoid", "not", "planning", "mute", LOOKS, DEACTIVATED)
ALONE, AVOIDS, AVOIDED, RESTS = "alone", "avoids", "avoided", "pauses"
WAYS = (ALONE, AVOIDS, AVOIDED, RESTS)


def pairs(town):
    """The channel; the host's pair, she first, and the other one, as they were introduced."""
    coffee, people = a_channel(town, 4)
    town.move_to("Monday 10:05")
    named = {person.name: person for person in people}
    [mine] = [group for group in introduced(town) if "Ana" in group]
    partner = next(named[name] for name in mine - {"Ana"})
    return coffee, named["Ana"], partner, [named[name] for name in sorted(named.keys() - mine)]


def chooses(town, coffee, partner, other, choice):
    """What the first partner does, privately."""
    if choice == DEACTIVATED:
        partner.is_deactivated()
    elif choice == "avoid":
        partner.types(f"/coffee avoid <@{other.id}>")
    elif choice and choice != LOOKS:
        partner.types(f"/coffee {choice}", in_=coffee)


def beside(database_url, choice, with_somebody):
    """What Ana reads whose partner chooses this, and looks for somebody else; who looks too."""
    town = Town(database_url)
    coffee, ana, partner, others = pairs(town)
    chooses(town, coffee, partner, ana, choice)
    town.move_to("Wednesday 10:10")
    ana.presses(SECOND_FIND)
    if choice == LOOKS:
        partner.presses(SECOND_FIND)
    if with_somebody:
        others[0].presses(SECOND_FIND)
    town.move_to("Friday 17:00")
    shown = [heard(ana), ana.types("/coffee history"), *(heard(one) for one in others)]
    asked, over = received(town, ana, Kind.ASK), received(town, ana, Kind.SEARCHED)
    town.close()
    return shown, asked, over


@pytest.mark.parametrize("with_somebody", [False, True])
def test_who_is_offered_and_finds_somebody_cannot_tell_what_their_partner_did(
    tmp_path, migrated_file, with_somebody
):
    told = {}
    for number, choice in enumerate(CHOICES):
        url = f"sqlite:///{shutil.copy(migrated_file, tmp_path / f'{number}.db')}"
        told[choice] = beside(url, choice, with_somebody)
    for choice in CHOICES:
        assert told[choice] == told[NOTHING], choice
    _, asked, over = told[NOTHING]
    assert len(asked) == 1 + with_somebody  # about the second one too
    assert len(over) == (not with_somebody)


def apart(database_url, way):
    """What the other one reads, who looks and is not introduced, for this reason."""
    town = Town(database_url)
    coffee, ana, _, (other, _) = pairs(town)
    if way == AVOIDS:
        ana.types(f"/coffee avoid <@{other.id}>")
    if way == AVOIDED:
        other.types(f"/coffee avoid <@{ana.id}>")
    town.move_to("Wednesday 10:10")
    since = town.clock.now().timestamp()
    if way != ALONE:
        ana.presses(SECOND_FIND)
    if way == RESTS:
        ana.types("/coffee pause 2w", in_=coffee)
    other.presses(SECOND_FIND)
    begun = received(town, other, Kind.ASK)
    town.move_to("Friday 17:00")
    shown = [(at, text) for at, text in heard(other) if at >= since]
    town.close()
    return begun, shown


def test_who_finds_nobody_cannot_tell_that_somebody_looked_and_avoids_them_or_is_avoided(
    tmp_path, migrated_file
):
    told = {}
    for way in WAYS:
        url = f"sqlite:///{shutil.copy(migrated_file, tmp_path / f'{way}.db')}"
        told[way] = apart(url, way)
        assert told[way] == told[ALONE], way
    [begun], after = told[ALONE]
    assert after
    assert gist(view.search) in begun
