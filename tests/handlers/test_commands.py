"""One table of words: what is typed, what is done, and what help says."""

import pytest

from bot.people.views.coffee import unknown
from handlers.coffee import COFFEE


def test_help_tells_of_every_word_in_its_order(town):
    ana = town.person("Ana")
    shown = ana.types("/coffee help")
    lines = [line for line in shown.splitlines() if line.startswith("• ")]
    assert lines[0].startswith("• `/coffee join` – ")
    assert "• `/coffee pause 2w | until 12 Dec` – a break that ends by itself" in lines
    assert [line.split()[2].strip("`") for line in lines] == list(COFFEE.names())


@pytest.mark.parametrize(
    ("typed", "guess"),
    [("pasue", "pause"), ("xyz", None), ("/JION", "join")],
)
def test_an_unknown_word_gets_the_nearest(town, typed, guess):
    shown = town.person("Ana").types(f"/coffee {typed}")
    assert shown == unknown(typed.lower().strip("/"), guess)


def test_the_rest_is_for_the_word_before_it(town):
    ana = town.person("Ana")
    assert "“soon” as a date." in ana.types("/coffee  Pause  soon ")
