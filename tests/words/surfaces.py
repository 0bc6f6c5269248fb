"""All that one person can look at, by name: for tests that compare what is read in two towns."""

from __future__ import annotations

from dataclasses import replace

from simulator import Channel, Person
from tests.town import Town

COMMANDS = ("", "why", "times", "history", "preferences", "avoid", "now 5", "help")
THERE = ("settings", "skip", "skip ", "preview")  # the second one takes the first back


def surfaces(town: Town, person: Person, channel: Channel) -> dict[str, str]:
    """Conversations, Home, and what each command answers; `channel` is one with rounds."""
    shown = {
        "alone": person.transcript(),
        "channel": person.transcript(channel),
        "the introduction": person.transcript(town.group_of(person)),
    }
    shown |= {word: person.types(f"/coffee {word}") for word in COMMANDS}
    shown["Home"] = person.opens_home()
    shown |= {word: person.types(f"/coffee {word}", in_=channel) for word in THERE}
    while person.modal:
        person.closes_modal()
    return shown


def heard(person: Person) -> list[tuple[int, str]]:
    """Every message in front of the person, with the second in which it came.

    All that each of them has shown: what is over is drawn short, and tells less than it did.
    """
    return [
        (int(float(each.ts)), person.text_of(replace(each, blocks=blocks)))
        for each in person.messages
        for blocks in (*each.versions, each.blocks)
    ]
