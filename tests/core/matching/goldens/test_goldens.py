"""The same people, past, rules and seed give the same plan in every version of Kettle."""

import pytest

from tests.core.matching.goldens.stories import FILE, stories

NOTED = dict(line.rsplit(": ", 1) for line in FILE.read_text().splitlines())
STORIES = dict(stories())


@pytest.mark.parametrize("name", STORIES)
def test_a_seed_gives_the_plan_it_always_gave(name):
    assert f"{STORIES[name]():08x}" == NOTED[name]


def test_every_story_noted_is_told():
    assert NOTED.keys() == STORIES.keys()
