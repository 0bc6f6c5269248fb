"""A channel that is asked: made up of six people, of whom the first brought the app."""

import pytest

NAMES = ("Ana Ruiz", "Bo Lind", "Cem Aydin", "Dia Roy", "Eli Stern", "Fay Wong")


@pytest.fixture
def people(town):
    return [town.person(name) for name in NAMES]


@pytest.fixture
def channel(town, people):
    made = town.channel("team", people)
    people[0].invites_bot(made)
    return made
