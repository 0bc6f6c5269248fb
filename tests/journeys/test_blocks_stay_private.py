"""A private "not with" list: nobody but its owner can infer it from anything Kettle shows.

The same town lives twice, once with a list and once without, and everything that anybody can
read is compared. Who meets whom differs, as it must; names are therefore struck out, and the
starter and times with them. What is left has to be the same, word for word.
"""

import re

import pytest

from tests.gathering import NAMES, a_channel, introduced, newest
from tests.town import Town

NAME = re.compile(r"@(?:{})\b".format("|".join(NAMES)))
STARTER = re.compile(r"(\*Something to start with\*\n).*")
SLOTS = re.compile(r"^.*\d:\d\d [AP]M\n\[Suits me\]\n?", re.M)


def struck_out(text):
    text = STARTER.sub(r"\1…", SLOTS.sub("", NAME.sub("@…", text)))
    return re.sub(r"^(?:• @… and @…\n?)+", "• groups\n", text, flags=re.M)


def surfaces(town, host, person, coffee):
    """Everything this person can look at, by name."""
    shown = {
        "direct messages": person.transcript(),
        "the channel": person.transcript(coffee),
        "the introduction": person.transcript(town.group_of(person)),
        "/coffee": person.types("/coffee"),
        "why": person.types("/coffee why"),
        "history": person.types("/coffee history"),
        "settings": person.types("/coffee settings", in_=coffee),
        "preferences": person.types("/coffee preferences"),
        "avoid": person.types("/coffee avoid"),
        "Home": person.opens_home(),
        "skip": person.types("/coffee skip", in_=coffee),
        "skip again": person.types("/coffee skip", in_=coffee),
        "now": person.types("/coffee now 5"),
        "help": person.types("/coffee help"),
    }
    while person.modal:
        person.closes_modal()
    if person is host:
        shown["preview"] = person.types("/coffee preview", in_=coffee)
    return {name: struck_out(text) for name, text in shown.items()}


def lived(database_url, listed, rounds=2):
    """Six people, some rounds; `listed` maps a place to the places on that person's list."""
    town = Town(database_url)
    coffee, people = a_channel(town, 6)
    for place, others in listed.items():
        named = " ".join(f"<@{people[other].id}>" for other in others)
        said = people[place].types(f"/coffee avoid {named}")
        assert "Only you can see that." in said
    for _ in range(rounds):
        town.move_to("Monday 10:01")
    town.move_to("Wednesday 10:05")
    return town, coffee, people


@pytest.fixture
def worlds(tmp_path):
    """The town without any list, and the one in which Bo (place 1) avoids Cem (place 2)."""
    made = [
        lived(f"sqlite:///{tmp_path}/{name}.db", listed)
        for name, listed in (("without", {}), ("with", {1: [2]}))
    ]
    yield made
    for town, *_ in made:
        town.close()


def organiser_nudge(text):
    """Whose turn it is to organise is chance; the nudge goes to them alone."""
    return re.sub(r"Kettle: You are getting the coffee with @….*\n?", "", text)


def test_every_surface_reads_the_same_for_everyone_but_the_list_of_its_owner(worlds):
    shown = [
        [surfaces(town, people[0], person, coffee) for person in people]
        for town, coffee, people in worlds
    ]
    for place, (without, with_list) in enumerate(zip(*shown, strict=True)):
        assert without.keys() == with_list.keys()
        for name in without:
            if place == 1 and name in {"avoid", "preferences", "direct messages"}:
                continue  # Bo's own list, and the answer when he made it
            assert organiser_nudge(with_list[name]) == organiser_nudge(without[name]), name


def test_the_one_on_the_list_is_named_to_its_owner_only(worlds):
    _, (_town, _, people) = worlds
    assert "{Cem}" in people[1].types("/coffee avoid")
    assert "Bo" not in people[2].types("/coffee avoid")


def test_those_two_never_meet_and_everybody_else_does(tmp_path):
    town, _, people = lived(f"sqlite:///{tmp_path}/x.db", {1: [2]}, rounds=6)
    pairs = [frozenset(group) for group in introduced(town)]
    assert frozenset({"Bo", "Cem"}) not in pairs
    assert len(set(pairs)) >= 13  # of the fourteen pairs that may meet
    for person in people:
        for word in ("avoid", "block", "not with", "list"):
            assert word not in person.types("/coffee why")
    town.close()


@pytest.fixture
def hermit(town):
    """Dia puts everybody on her list; and then it is Monday."""
    coffee, people = a_channel(town, 5)
    others = " ".join(f"<@{p.id}>" for p in people if p.name != "Dia")
    said = people[3].types(f"/coffee avoid {others}")
    town.said, town.coffee = said, coffee
    town.move_to("Monday 10:01")
    return people


def test_whoever_blocks_everyone_is_told_privately_that_no_partner_is_left(town, hermit):
    ana, bo, cem, dia, eli = hermit
    assert "there is nobody left whom I could introduce to you in #coffee" in town.said
    for person in (ana, bo, cem, eli):
        person.does_not_see("nobody left")
    assert "Dia" not in set().union(*introduced(town))
    assert "You are in it." in dia.types("/coffee")


def test_the_receipt_counts_somebody_without_a_partner_and_names_nobody(town, hermit):
    said = newest(hermit[0])
    assert "Left out: 1 × no partner was left" in said
    assert "@Dia" not in said


def test_the_preview_counts_them_without_a_name_as_well(town, hermit):
    said = hermit[0].types("/coffee preview", in_=town.coffee)
    assert "Left out: 1 × no partner was left" in said
    assert "@Dia" not in said


def test_with_only_two_who_do_not_meet_the_host_is_not_told_why(town):
    coffee, (ana, bo, cem) = a_channel(town, 3)
    ana.types("/coffee leave", in_=coffee)
    bo.types(f"/coffee avoid <@{cem.id}>")
    town.move_to("Monday 10:01")
    assert introduced(town) == []
    assert "The round of #coffee came due, but I could not introduce anybody." in newest(ana)
    town.forward(minutes=10)
    assert "I could introduce nobody just now." in ana.types("/coffee run", in_=coffee)
    assert "I could introduce nobody." in ana.types("/coffee preview", in_=coffee)
