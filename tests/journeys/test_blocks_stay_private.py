"""A private "not with" list: nobody but its owner can infer it from anything Kettle shows.

The same town lives twice, once with a list and once without, and everything that anybody can
read is compared. Who meets whom differs, as it must; names are therefore struck out, and the
starter and times with them. What is left has to be the same, word for word.
"""

import re
import shutil

import pytest

from bot.meetings.views.followups import nudge
from bot.meetings.views.introductions import STARTER, SUITS_ME
from bot.people.views.coffee import IN_IT
from bot.people.views.preferences import nobody_left, now_avoided
from bot.rounds.errors import NobodyAvailable
from bot.rounds.views.notices import OWN_LIST
from bot.rounds.views.receipts import NOT_IN_IT
from bot.trouble import sentence
from core.outbox.kinds import DeliveryKind as Kind
from tests.gathering import NAMES, a_channel, introduced, newest
from tests.town import Town
from tests.words.reading import gist, received
from tests.words.surfaces import heard, surfaces

NAME = re.compile(r"@(?:{})\b".format("|".join(NAMES)))
STARTER_LINE = re.compile(rf"({re.escape(STARTER)}\n).*")
SLOTS = re.compile(rf"^.*\d:\d\d [AP]M\n\[{SUITS_ME}\]\n?", re.M)


def struck_out(text):
    text = STARTER_LINE.sub(r"\1…", SLOTS.sub("", NAME.sub("@…", text)))
    return re.sub(r"^(?:• @… and @…\n?)+", "• groups\n", text, flags=re.M)


def lived(database_url, listed):
    """Four people, two rounds; `listed` maps a place to the places on that person's list."""
    town = Town(database_url)
    coffee, people = a_channel(town, 4)
    for place, others in listed.items():
        named = " ".join(f"<@{people[other].id}>" for other in others)
        said = people[place].types(f"/coffee avoid {named}")
        assert gist(now_avoided) in said
    for _ in range(2):
        town.move_to("Monday 10:01")
    town.move_to("Wednesday 10:05")
    return town, coffee, people


@pytest.fixture
def worlds(tmp_path, migrated_file):
    """The town without any list, and the one in which Bo (place 1) avoids Cem (place 2)."""
    made = []
    for name, listed in (("without", {}), ("with", {1: [2]})):
        file = shutil.copy(migrated_file, tmp_path / f"{name}.db")
        made.append(lived(f"sqlite:///{file}", listed))
    yield made
    for town, *_ in made:
        town.close()


def organiser_nudge(text):
    """Whose turn it is to organise is chance; the nudge goes to them alone."""
    return re.sub(rf".*{re.escape(gist(nudge))}.*\n?", "", text)


def test_every_surface_reads_the_same_for_everyone_but_the_list_of_its_owner(worlds):
    shown = [
        [
            {name: struck_out(text) for name, text in surfaces(town, person, coffee).items()}
            for person in people
        ]
        for town, coffee, people in worlds
    ]
    for place, (without, with_list) in enumerate(zip(*shown, strict=True)):
        assert without.keys() == with_list.keys()
        for name in without:
            if place == 1 and name in {"avoid", "preferences", "alone"}:
                continue  # Bo's own list, and the answer when he made it
            assert organiser_nudge(with_list[name]) == organiser_nudge(without[name]), name
    _, _, people = worlds[1]
    assert "{Cem}" in people[1].types("/coffee avoid")
    people[1].closes_modal()
    assert "Bo" not in people[2].types("/coffee avoid")
    people[2].closes_modal()


def test_those_two_never_meet_and_everybody_else_does(town):
    _, people = a_channel(town, 6)
    people[1].types(f"/coffee avoid <@{people[2].id}>")
    for _ in range(3):
        town.move_to("Monday 10:01")
    pairs = [frozenset(group) for group in introduced(town)]
    assert frozenset({"Bo", "Cem"}) not in pairs
    assert len(set(pairs)) == 9  # of the fourteen pairs that may meet
    for person in people:
        for word in ("avoid", "block", "not with", "list"):
            assert word not in person.types("/coffee why")


def test_whoever_blocks_everyone_is_told_privately_and_counted_without_a_name(town):
    coffee, people = a_channel(town, 5)
    ana, bo, cem, dia, eli = people
    others = " ".join(f"<@{p.id}>" for p in people if p is not dia)
    said = dia.types(f"/coffee avoid {others}")
    assert gist(nobody_left) in said
    town.move_to("Monday 10:01")
    for person in (ana, bo, cem, eli):
        person.does_not_see(gist(nobody_left))
    assert "Dia" not in set().union(*introduced(town))
    assert IN_IT in dia.types("/coffee")
    preview = ana.types("/coffee preview", in_=coffee)
    for said in (newest(ana), preview):
        assert f"{NOT_IN_IT}: 1 person" in said
        assert "@Dia" not in said


@pytest.mark.parametrize("count", [2, 3])
def test_a_host_reads_the_same_of_a_private_list_and_of_a_pause(tmp_path, migrated_file, count):
    """The last one avoids everybody, or is on a pause; two are left, or one alone."""
    read = []
    for way in ("avoid", "pause"):
        town = Town(f"sqlite:///{shutil.copy(migrated_file, tmp_path / f'{way}.db')}")
        coffee, (ana, *others) = a_channel(town, count)
        here = " ".join(f"<@{one.id}>" for one in (ana, *others[:-1]))
        others[-1].types(f"/coffee avoid {here}" if way == "avoid" else "/coffee pause 4w")
        shown = [ana.types("/coffee preview", in_=coffee)]
        shown += [ana.types("/coffee run", in_=coffee)] if count == 2 else []
        town.move_to("Monday 10:05")
        shown += sorted(struck_out(said) for _, said in heard(ana))  # two come at once
        shown += [ana.types("/coffee why"), ana.opens_home()]
        town.close()
        read.append(shown)
    assert read[0] == read[1]


def test_two_who_do_not_meet_read_what_somebody_reads_who_is_there_alone(town):
    coffee, (ana, bo, cem) = a_channel(town, 3)
    ana.types("/coffee leave", in_=coffee)
    bo.types(f"/coffee avoid <@{cem.id}>")
    preview = ana.types("/coffee preview", in_=coffee)
    assert "If the round were held now, I could introduce nobody." in preview
    assert ana.types("/coffee run", in_=coffee) == sentence(NobodyAvailable())
    town.move_to("Monday 10:01")
    assert introduced(town) == []
    assert received(town, ana, Kind.RECEIPT)[-1] == newest(ana)
    cem.types("/coffee pause 2w")
    town.move_to("Monday 10:01")
    own, alone = (said.partition("again")[0] for said in received(town, bo, Kind.WITHOUT))
    [other] = (said.partition("again")[0] for said in received(town, cem, Kind.WITHOUT))
    assert alone == other
    assert OWN_LIST in own
