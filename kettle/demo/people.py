"""What the colleagues of the demo do by themselves while time passes: answer, or keep silent.

They read what a person would read and press what a person would press; nothing here knows the
database. Who does what comes from a seed, so the same introductions always end the same way.
"""

from __future__ import annotations

import heapq
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from kettle.demo import world
from simulator import Simulator
from simulator.blocks import elements
from simulator.world.names import person_id
from simulator.world.records import JSON, Conversation, Message

SEED = 7
MET, PLANNING, NOT, SILENT = "We met", "Still planning", "Not this time", ""
# What becomes of an introduction: the answer to the first question, the one to the last, and how
# many in a hundred end like this.
STORIES: tuple[tuple[str, str, int], ...] = (
    (MET, MET, 54),
    (PLANNING, MET, 16),
    (PLANNING, NOT, 8),
    (NOT, NOT, 8),
    (SILENT, SILENT, 14),
)
ANSWERS = 0.8  # of the questions a colleague reads, so many get an answer
SUITS = 0.4  # of the introductions with times, in so many both find one
SLOWER = "Fewer rounds"  # what suits one of those who never answer; the other stays silent
DAY = (time(8, 30), time(20))  # when people answer, where they are
SATURDAY = 5
SOON, LATER = 10 * 60, 5 * 3600  # seconds after which somebody answers …
AT_ONCE = 45 * 60  # … and whoever was introduced to the visitor, who is waiting
MENTION = re.compile(r"<@(\w+)>")


@dataclass(order=True, frozen=True, slots=True)
class Deed:
    """Somebody is going to press something (the n-th of that name), or to say something."""

    at: datetime
    who: str
    label: str
    where: str
    ts: str
    n: int = field(default=0, compare=False)
    says: str = field(default="", compare=False)


class Colleagues:
    """Everybody but the visitor, whom the person at the page plays; `close` makes them stop."""

    def __init__(self, sim: Simulator, seed: int = SEED) -> None:
        self._sim = sim
        self._seed = seed
        self._names = {person_id(sim.world, who.name): who.name for who in world.COLLEAGUES}
        self._visitor = person_id(sim.world, world.VISITOR)
        self._planned: list[Deed] = []
        self._news: list[tuple[str, str]] = []
        self._done: Counter[str] = Counter()
        self.close = sim.on_change(self._hear)

    def _hear(self, kind: str, ids: JSON) -> None:
        if kind == "message":
            with self._sim.world.lock:
                self._news.append((ids["channel"], ids["ts"]))

    # -- time -----------------------------------------------------------------

    def next_at(self) -> datetime | None:
        """When somebody acts next."""
        self._read()
        return self._planned[0].at if self._planned else None

    def act(self, now: datetime) -> None:
        """Do what is due by now."""
        self._read()
        while self._planned and self._planned[0].at <= now:
            deed = heapq.heappop(self._planned)
            message = self._sim.world.message(deed.where, deed.ts)
            if deed.says:
                self._sim.actions.post_as(deed.who, deed.where, deed.says)
            elif message is not None and len(found := _buttons(message, deed.label)) > deed.n:
                container = {"channel_id": deed.where, "message_ts": deed.ts}
                done = self._sim.actions.press(deed.who, container, *found[deed.n])
                self._done[deed.label] += done.ok

    def done(self) -> Counter[str]:
        """How often each button was pressed since this was asked."""
        done, self._done = self._done, Counter()
        return done

    # -- reading and deciding -------------------------------------------------

    def _read(self) -> None:
        with self._sim.world.lock:
            news, self._news = self._news, []
            for channel, ts in news:
                conv = self._sim.world.conversations[channel]
                message = conv.messages.get(ts)
                if message is not None and message.by_app and conv.kind in ("im", "mpim"):
                    for deed in self._deeds(conv, message):
                        heapq.heappush(self._planned, deed)

    def _deeds(self, conv: Conversation, message: Message) -> Iterable[Deed]:
        people = [user for user in conv.members if user in self._names]
        labels = _labels(message)
        if conv.kind == "mpim" and MET in labels:
            yield from self._introduced(people, message, labels.count("Suits me"))
        elif conv.kind == "im" and people != [self._visitor]:
            if {MET, PLANNING} <= set(labels):
                yield from self._outcome(people[0], message)
            elif SLOWER in labels and self._name(people[0]) == world.SLOWER:
                yield self._deed(people[0], message, SLOWER, self._chance(people, message))

    def _introduced(self, people: list[str], message: Message, times: int) -> Iterable[Deed]:
        chance = self._chance(people, message)
        n = chance.randrange(1, times) if times > 1 else 0  # the first may be too soon
        others = [who for who in people if who != self._visitor]
        if len(others) < len(people):
            hello = self._deed(others[0], message, "", chance)
            yield replace(hello, says=chance.choice(world.HELLOS))
        elif chance.random() > SUITS:
            return
        if times:
            yield from (self._deed(who, message, "Suits me", chance, n) for who in others)

    def _outcome(self, who: str, message: Message) -> Iterable[Deed]:
        others = MENTION.findall(message.text)
        if self._visitor in others or self._name(who) in world.SILENT:
            return
        week = self._when(message).isocalendar()
        pair = Random(f"{self._seed} {sorted(map(self._name, [who, *others]))} {week.week}")
        story = pair.choices(STORIES, [story[2] for story in STORIES])[0]
        chance = self._chance([who], message)
        label = story[1] if week.weekday > 3 else story[0]
        if label and chance.random() < ANSWERS:
            yield self._deed(who, message, label, chance)

    def _deed(self, who: str, message: Message, label: str, chance: Random, n: int = 0) -> Deed:
        waiting = self._visitor in self._sim.world.members_of(message.channel)
        wait = timedelta(seconds=chance.randrange(SOON, AT_ONCE if waiting else LATER))
        at = self._when(message) + wait
        if not waiting:
            at = self._awake(who, at)
        return Deed(at, who, label, message.channel, message.ts, n)

    def _awake(self, who: str, at: datetime) -> datetime:
        """Then; at night when the person's next working day begins."""
        local = at.astimezone(ZoneInfo(self._sim.world.users[who].tz or "UTC"))
        day = local.date() + timedelta(days=local.time() > DAY[1])
        if DAY[0] <= local.time() <= DAY[1] or day.weekday() >= SATURDAY:
            return at
        morning = datetime.combine(day, DAY[0], local.tzinfo) + timedelta(minutes=at.minute)
        return morning.astimezone(UTC)

    def _chance(self, people: list[str], message: Message) -> Random:
        names = sorted(map(self._name, people))
        return Random(f"{self._seed} {names} {self._when(message).date()}")

    def _when(self, message: Message) -> datetime:
        return datetime.fromtimestamp(float(message.ts), UTC)

    def _name(self, user_id: str) -> str:
        return self._names.get(user_id, "")


def _labels(message: Message) -> list[str]:
    return [_label(element) for _, element in elements.walk(message.blocks)]


def _buttons(message: Message, label: str) -> list[tuple[str, str]]:
    """The action ids and block ids of the buttons with this label, in order."""
    return [
        (element["action_id"], block["block_id"])
        for block, element in elements.walk(message.blocks)
        if _label(element) == label
    ]


def _label(element: JSON) -> str:
    return str(element["text"]["text"]) if element["type"] == "button" else ""
