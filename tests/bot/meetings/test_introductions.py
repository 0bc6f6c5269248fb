"""An introduction can always be drawn, whatever its people wrote about themselves."""

from bot.people.ids import PREFERENCES
from tests.gathering import a_channel
from tests.words import labels


def test_a_round_is_held_though_everyone_wrote_what_grows_when_it_is_escaped(town):
    _, people = a_channel(town, 8, size="4")
    for person in people:
        person.types("/coffee preferences")
        assert person.fills(PREFERENCES, {labels.ASK_ABOUT: "&" * 150}) == {}
    town.move_to("Monday 10:00")
    for person in people:
        read = person.transcript(town.group_of(person))
        assert read.count("&" * 150) == 4
        assert "Something to start with" in read
