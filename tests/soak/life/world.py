"""The people of a life, and how each of their acts is done, noted down and looked at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from simulator import Channel, Person
from simulator.blocks import elements
from simulator.world.records import Message, Outcome
from tests.soak.known import UNSURE, Cause, Fact, Known, Rhythm, Value
from tests.town import Town

NAMES = (
    "Ana", "Bo", "Cem", "Dia", "Eli", "Fay", "Gus", "Hui", "Ida", "Jon",
)  # fmt: skip
ZONES = ("Europe/Berlin", "Europe/Lisbon", "America/New_York", "Asia/Kolkata", "Australia/Sydney")
LOOKED_AT = 25  # newest messages in front of somebody who looks for something to press


@dataclass(frozen=True)
class Button:
    """Something to press: the message it stands in, and what it is called and carries."""

    message: Message
    action: str
    block: str
    value: str
    stale: bool = False

    @property
    def where(self) -> dict[str, str]:
        """The message, as the simulator wants it."""
        return {"channel_id": self.message.channel, "message_ts": self.message.ts}


class Life:
    """A channel of six and four who may still come, with two hosts who are never bored."""

    def __init__(self, town: Town, chance: Random) -> None:
        self.town, self.chance, self.known = town, chance, Known()
        people = [self._born(name) for name in NAMES]
        self.host, self.second = people[0], people[1]
        self.inside, self.outside = people[:6], people[6:]
        self.away: list[Person] = []  # whose accounts are deactivated
        self.running, self.outage_until = True, None  # type: bool, datetime | None
        self.channel: Channel = town.channel("coffee", self.inside)
        for person in people:
            self.learn(person, Fact.INSIDE, person in self.inside)
        rhythm = Rhythm(weeks=chance.choice((1, 1, 2)), zone=chance.choice(ZONES[:4]))
        self.sets_up(rhythm)
        for person in self.inside:
            self.types(person, "/coffee join")
            self.learn(person, Fact.OPTED, True)

    def _born(self, name: str) -> Person:
        zone = self.chance.choice(ZONES)
        person = self.town.person(name, tz=zone)
        self.known.zones[person.id] = zone
        blank: dict[Fact, Value] = {
            Fact.OPTED: None, Fact.SKIPPING: False, Fact.PAUSED: None, Fact.PACE: 1,
            Fact.GONE: False, Fact.STATUS: False, Fact.MUTED: False,
        }  # fmt: skip
        for fact, value in blank.items():
            self.learn(person, fact, value)
        return person

    def sets_up(self, rhythm: Rhythm) -> None:
        """The host brings Kettle into the channel."""
        often, at = f"weeks:{rhythm.weeks}", f"{rhythm.hour:02}:00"
        self.town.sets_up(self.channel, self.host, often=often, at=at, zone=rhythm.zone)
        self.known.rhythms.append((self.now, rhythm))
        self.known.hosts.append((self.now, frozenset({self.host.id})))

    # -- looking ----------------------------------------------------------------

    @property
    def now(self) -> datetime:
        """The one clock."""
        now: datetime = self.town.clock.now()
        return now

    @property
    def calm(self) -> bool:
        """Whether whatever is done now is surely done."""
        self.looks_around()
        return self.known.lasting(Cause.TROUBLE) is None and self.running

    def looks_around(self) -> None:
        """Notice whether the trouble is over."""
        if self.outage_until is None and not self.town.sim.faults.waiting:
            self.known.end(Cause.TROUBLE, self.now)

    def anybody(self) -> Person:
        """Somebody in the channel."""
        return self.chance.choice(self.inside)

    def today(self, person: Person) -> date:
        """The date where this person is."""
        return self.now.astimezone(ZoneInfo(self.known.zones[person.id])).date()

    def learn(self, person: Person, fact: Fact, value: Value) -> None:
        """It is so from now on."""
        self.known.learn(person.id, fact, value, self.now)

    def in_rounds(self, person: Person) -> bool:
        """Whether this person surely takes part in rounds."""
        soon = self.now + timedelta(seconds=1)
        facts = (Fact.INSIDE, Fact.OPTED)
        return all(self.known.fact(person.id, fact, soon) is True for fact in facts)

    def may_have_met_since(self, since: datetime) -> bool:
        """Whether a round may have been held, which ends what was skipped."""
        rhythm = self.known.rhythm(self.now)
        zone = ZoneInfo(rhythm.zone)
        begin, end = since.astimezone(zone).date(), self.now.astimezone(zone).date()
        days = (begin + timedelta(days=n) for n in range((end - begin).days + 1))
        changed = any(at >= since for at, _ in self.known.rhythms)
        return changed or any(day.weekday() == rhythm.weekday for day in days)

    def buttons(self, person: Person, old: bool = False) -> list[Button]:
        """What this person could press; with `old` what messages showed before they were drawn."""
        found: list[Button] = []
        for message in person.messages[-LOOKED_AT:]:
            for blocks in message.versions if old else [message.blocks]:
                found += [
                    Button(message, e["action_id"], b["block_id"], str(e.get("value", "")), old)
                    for b, e in elements.walk(blocks)
                    if e["type"] == "button" and not e.get("url")
                ]
        return found

    def buttons_called(self, person: Person, *actions: str) -> Iterator[Button]:
        """The newest first."""
        for button in reversed(self.buttons(person)):
            if button.action in actions or button.action.rpartition(".")[0] in actions:
                yield button

    # -- doing ------------------------------------------------------------------

    def notes(self, line: str) -> None:
        """Write it down for whoever replays this."""
        self.known.acts.append(f"{self.now:%a %d %b %H:%M} {line}")

    def waits(self, least: int = 1, most: int = 20) -> None:
        """Some minutes pass."""
        self.until(self.now + timedelta(minutes=self.chance.randint(least, most)))

    def until(self, when: datetime) -> None:
        """Let time pass until then; an outage that ends on the way ends when it should."""
        if self.outage_until is not None and self.outage_until <= when:
            self.town.move_to(max(self.outage_until, self.now))
            self.mends()
        self.town.move_to(when)
        self.looks_around()

    def mends(self) -> None:
        """The outage is over."""
        self.notes("the outage is over")
        self.town.sim.faults.over()
        self.outage_until = None

    def types(self, person: Person, text: str) -> bool:
        """Whether it was surely understood; an answer that does not come is noted as wrong."""
        self.notes(f"{person.name} types {text}")
        calm = self.calm
        if not self.running:
            self.town.sim.actions.run_command(person.id, self.channel.id, text)
            return False
        said = person.types(text, in_=self.channel)
        return self.surely(calm, bool(said), f"{person.name} typed {text}: no answer")

    def surely(self, calm: bool, fine: bool, complaint: str) -> bool:
        """Whether it went through; that it did not when all was well is wrong."""
        calm = calm and self.calm
        if calm and not fine:
            self.known.wrong.append(complaint)
        return calm and fine

    def press(self, person: Person, button: Button, times: int = 1) -> bool:
        """Press it; whether that surely went through."""
        self.notes(f"{person.name} presses {button.action} {button.value[:24]}")
        calm, fine = self.calm, True
        for time in range(times):
            stale = button.stale or time > 0  # by then it may be drawn without that button
            outcome: Outcome = self.town.sim.actions.press(
                person.id, button.where, button.action, button.block, stale=stale
            )
            fine = fine and outcome.ok
            if self.running:
                self.town.sim.wait_quiet()
        return self.surely(calm, fine, f"{person.name} pressed {button.action}: no answer")

    def closes_modals(self, person: Person) -> None:
        """Everything on top of the screen goes away."""
        while self.town.sim.world.top_view(person.id) is not None:
            person.closes_modal()

    def has_modal(self, person: Person, form: str) -> bool:
        """Whether this form is on top."""
        view = self.town.sim.world.top_view(person.id)
        return view is not None and view.body.get("callback_id") == form

    def becomes(self, person: Person, fact: Fact, value: Value, sure: bool) -> None:
        """What follows from an act; nobody knows when it was done in trouble."""
        self.learn(person, fact, value if sure else UNSURE)

    def fills(self, person: Person, form: str, values: dict[str, object]) -> bool:
        """Fill in and send the form on top; whether it was surely taken."""
        if not self.has_modal(person, form):
            return False
        calm = self.calm
        offered = {label: v for label, v in values.items() if label in (person.modal or "")}
        refused = person.fills(_Form(form), offered)
        taken = calm and self.calm and refused == {}
        if not taken:
            self.closes_modals(person)
        return taken


@dataclass(frozen=True)
class _Form:
    """A form by its id, for the simulator."""

    id: str
