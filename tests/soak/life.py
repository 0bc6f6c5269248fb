"""What people do in a day, drawn from a seed: they come, go, rest, press, type and break things."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from random import Random

from bot.channels.ids import SETTINGS
from simulator import Channel, Person
from simulator.blocks import elements
from tests.town import Town
from tests.words import labels

NAMES = (
    "Ana", "Bo", "Cem", "Dia", "Eli", "Fay", "Gus", "Hui", "Ida", "Jon", "Kim", "Lea",
)  # fmt: skip
ZONES = ("Europe/Berlin", "Europe/Lisbon", "America/New_York", "Asia/Kolkata")
RHYTHMS = ("weeks:1", "weeks:2", "days:1")
POSTING = ("chat.postMessage", "conversations.open", "chat.update", "users.info")


@dataclass
class Known:
    """What the life itself knows, for the auditor: nothing of it is read from the app."""

    avoided: dict[frozenset[str], datetime] = field(default_factory=dict)  # pair of ids, since
    paused: dict[str, datetime] = field(default_factory=dict)  # user id, since; for a year
    troubles: int = 0  # faults ordered: each may double a message, none may lose one
    acts: list[str] = field(default_factory=list)  # all that happened, for whoever replays it


class Life:
    """A channel of eight and four who may still come, with a host who is never bored."""

    def __init__(self, town: Town, chance: Random) -> None:
        self.town, self.chance, self.known = town, chance, Known()
        zones = [chance.choice(ZONES) for _ in NAMES]
        people = [town.person(name, tz=zone) for name, zone in zip(NAMES, zones, strict=True)]
        self.host, self.inside, self.outside = people[0], people[:8], people[8:]
        self.channel: Channel = town.channel("coffee", self.inside)
        town.sets_up(self.channel, self.host, often=chance.choice(RHYTHMS[:2]))
        for person in self.inside:
            person.types("/coffee join", in_=self.channel)
        weighted: dict[Callable[[], None], int] = {
            self.presses_something: 12, self.presses_twice: 3, self.presses_late: 3,
            self.pauses: 1, self.resumes: 2, self.skips: 2, self.avoids: 1, self.leaves: 1,
            self.joins: 2, self.has_time_now: 2, self.asks_the_team: 1, self.changes_settings: 1,
            self.runs_a_round: 1, self.trouble: 3, self.restarts: 1,
        }  # fmt: skip
        self._acts, self._weights = list(weighted), list(weighted.values())

    def day(self) -> None:
        """Some acts, at some hours, until the next morning."""
        for _ in range(self.chance.randint(0, 5)):
            self.town.forward(minutes=self.chance.randint(1, 150))
            act = self.chance.choices(self._acts, self._weights)[0]
            self.known.acts.append(f"{self.town.clock.now():%a %d %b %H:%M} {act.__name__}")
            act()
        self.town.move_to("8:00")

    def anybody(self) -> Person:
        return self.chance.choice(self.inside)

    # -- what people press ------------------------------------------------------

    def _buttons(self, person: Person) -> list[tuple[dict[str, str], str, str]]:
        found = []
        for message in person.messages:
            where = {"channel_id": message.channel, "message_ts": message.ts}
            for block, element in elements.walk(message.blocks):
                if element["type"] == "button" and not element.get("url"):
                    found.append((where, element["action_id"], block["block_id"]))
        return found[-20:]

    def _press(self, person: Person, times: int) -> None:
        buttons = self._buttons(person)
        if not buttons:
            return
        chosen = self.chance.choice(buttons)
        self.known.acts.append(f"  {person.name} presses {chosen[1]}")
        if chosen[1] == "silence.pause":
            self.known.paused.pop(person.id, None)  # an end of its own: not watched any more
        for _ in range(times):
            self.town.sim.actions.press(person.id, *chosen)
            self.town.sim.wait_quiet()
        self._closes_modals(person)

    def _closes_modals(self, person: Person) -> None:
        while self.town.sim.world.top_view(person.id) is not None:
            person.closes_modal()

    def presses_something(self) -> None:
        self._press(self.anybody(), 1)

    def presses_twice(self) -> None:
        self._press(self.anybody(), 2)

    def presses_late(self) -> None:
        person = self.anybody()
        old = [message for message in person.messages if message.versions]
        if not old:
            return
        message = self.chance.choice(old)
        shown = [e for _, e in elements.walk(self.chance.choice(message.versions))]
        buttons = [e for e in shown if e["type"] == "button" and not e.get("url")]
        if buttons:
            where = {"channel_id": message.channel, "message_ts": message.ts}
            action_id = self.chance.choice(buttons)["action_id"]
            self.town.sim.actions.press(person.id, where, action_id, stale=True)
            self.town.sim.wait_quiet()
            self._closes_modals(person)

    # -- what people type -------------------------------------------------------

    def _types(self, person: Person, text: str) -> str:
        self.known.acts.append(f"  {person.name} types {text}")
        return person.types(text, in_=self.channel)

    def pauses(self) -> None:
        person = self.anybody()
        if person is not self.host:
            self._types(person, "/coffee pause 40w")
            self.known.paused[person.id] = self.town.clock.now()

    def resumes(self) -> None:
        person = self.anybody()
        self._types(person, "/coffee resume")
        self.known.paused.pop(person.id, None)

    def skips(self) -> None:
        self._types(self.anybody(), "/coffee skip")

    def avoids(self) -> None:
        one, other = self.chance.sample(self.inside, 2)
        pair = frozenset({one.id, other.id})
        if pair not in self.known.avoided:
            self._types(one, f"/coffee avoid <@{other.id}>")
            self.known.avoided[pair] = self.town.clock.now()

    def leaves(self) -> None:
        if len(self.inside) > 5:
            person = self.chance.choice(self.inside[1:])
            person.leaves(self.channel)
            self.inside.remove(person)
            self.outside.append(person)

    def joins(self) -> None:
        if self.outside:
            person = self.outside.pop(0)
            person.joins(self.channel)
            self.inside.append(person)
            self._types(person, "/coffee join")

    def has_time_now(self) -> None:
        for person in self.chance.sample(self.inside, self.chance.randint(1, 2)):
            self._types(person, "/coffee now 15")

    def asks_the_team(self) -> None:
        asker = self.anybody()
        self._types(asker, "/checkin open")
        if self.town.sim.world.top_view(asker.id) is not None:
            asker.submits()
            self._closes_modals(asker)

    def changes_settings(self) -> None:
        self._types(self.host, "/coffee settings")
        if self.town.sim.world.top_view(self.host.id) is not None:
            size = self.chance.choice(("2", "2", "3", "4"))
            self.host.fills(SETTINGS, {labels.SIZE: size})
            self._closes_modals(self.host)

    def runs_a_round(self) -> None:
        self._types(self.host, "/coffee run")

    # -- what breaks ------------------------------------------------------------

    def trouble(self) -> None:
        faults, method = self.town.sim.faults, self.chance.choice(POSTING)
        self.known.troubles += 1
        self.chance.choice((
            lambda: faults.lose_next_answer(method),
            lambda: faults.rate_limit(method, seconds=self.chance.randint(1, 90)),
            lambda: faults.server_error_next(method),
            lambda: faults.lose_next_event(),
            lambda: faults.duplicate_next_event(),
        ))()  # fmt: skip

    def restarts(self) -> None:
        self.town.restart()
