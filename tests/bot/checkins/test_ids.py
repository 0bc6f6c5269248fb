"""What buttons and modals of check-ins carry is read as it was drawn; anything else is stale."""

import pytest

from bot.checkins import ids
from bot.checkins.views.kinds import WORDS
from bot.views.carried import StaleValue
from core.checkins import Kind

DRAWN = {
    "12": ids.OfCheckIn(12),
    "12|light": ids.OfItem(12, "light"),
    "12|3": ids.Page(12, 3),
    "C1|retro": ids.KindHere("C1", Kind.RETRO),
    "pulse": ids.OfKind(Kind.PULSE),
    '{"c": "C1", "k": "open", "q": ["a"], "p": []}': ids.Asked("C1", Kind.OPEN, ("a",)),
    '{"c": "C1", "k": "open", "p": null}': ids.Reworded("C1", Kind.OPEN),
}


@pytest.mark.parametrize("text", DRAWN)
def test_values_are_what_the_first_version_drew(text):
    assert DRAWN[text].text() == text
    assert type(DRAWN[text]).read(text) == DRAWN[text]


def test_a_schedule_of_the_first_version_keeps_no_prompts():
    assert ids.Asked.read('{"c": "C1", "k": "aar"}') == ids.Asked("C1", Kind.AAR)
    nameless = '{"c": "C1", "k": "open", "q": [null, "a"], "p": ["b"]}'
    assert ids.Asked.read(nameless) == ids.Asked("C1", Kind.OPEN, ("a",), ("b",))


@pytest.mark.parametrize("carried", [type(value) for value in DRAWN.values()])
@pytest.mark.parametrize("forged", ["", "-", "x|y|z", "[1]", "7.5", '{"c": "C1"}', '{"k": "no"}'])
def test_forged_and_foreign_values_are_stale(carried, forged):
    with pytest.raises(StaleValue):
        carried.read(forged)


def test_titles_fit_and_every_kind_is_explained():
    for kind in Kind:
        assert 0 < len(WORDS[kind].name) <= 24
        assert WORDS[kind].about
