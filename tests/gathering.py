"""A channel with rounds, its host and its people, in one line; and what they read."""

from __future__ import annotations

import re
from typing import Any

from bot.meetings.ids import MEETING_SHUFFLE
from bot.people import standing
from core.values import Who
from simulator import Channel, Person
from tests.town import Town
from tests.words.reading import stands

NAMES = (
    "Ana", "Bo", "Cem", "Dia", "Eli", "Fay", "Gus", "Hui", "Ida", "Jon", "Kim", "Lea", "Max",
    "Nia", "Ola", "Pia",
)  # fmt: skip
MENTION = re.compile(r"<@(\w+)>")


def a_channel(
    town: Town, count: int, name: str = "coffee", start: int = 0, **fields: Any
) -> tuple[Channel, list[Person]]:
    """`count` people, of whom the first is the host, all in a channel and in its rounds."""
    people = [town.person(each) for each in NAMES[start : start + count]]
    return opened(town, people, name, **fields), people


def opened(town: Town, people: list[Person], name: str = "coffee", **fields: Any) -> Channel:
    """A channel of these people, set up by the first one; everybody joins its rounds.

    They join by the verb behind `/coffee join`: dozens of commands would cost seconds.
    """
    town.forward(seconds=2)  # one message a second in one conversation
    channel = town.channel(name, people)
    town.sets_up(channel, people[0], **fields)
    services, team = town.parts.services, town.sim.team_id
    here = standing.locate(services, Who(team, people[0].id), channel.id)
    for person in people:
        standing.join(services, here, person.id)
        assert stands(town, person, channel).opted
    return channel


def introduced(town: Town) -> list[set[str]]:
    """Who was introduced to whom so far, as read in the group conversations, oldest first."""
    return [names for _, names in _introductions(town)]


def _introductions(town: Town) -> list[tuple[float, set[str]]]:
    found = []
    for conversation in town.group_conversations():
        for message in town.sim.messages(conversation):
            first = message.versions[0] if message.versions else message.blocks  # as it was new
            if MEETING_SHUFFLE.id in str(first):
                greeted = first[0]["text"]["text"].partition("\n•")[0]
                people = {town.sim.person(user_id).name for user_id in MENTION.findall(greeted)}
                found.append((float(message.ts), people))
    return sorted(found, key=lambda one: one[0])


def newest(person: Person) -> str:
    """The last message that this person sees from the bot, as text."""
    return person.transcript().rpartition("Kettle: ")[2]


def with_person(town: Town, person: Person) -> set[str]:
    """Whom this person was introduced to last."""
    return next(g for g in reversed(introduced(town)) if person.name in g) - {person.name}
