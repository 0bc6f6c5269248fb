"""What people do by themselves while the quarter passes: they press, answer, or keep silent."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import Any

from bench.quarter.company import Colleague, Habit
from bot.checkins import ids as checkins
from bot.meetings import ids as meetings
from bot.rounds import ids as rounds
from bot.views.carried import Action
from simulator import Person, Simulator
from simulator.blocks import elements
from simulator.world.records import JSON, Conversation, Message
from tests.words import labels

SOON, LATER = 10, 4 * 60  # minutes after which somebody answers, at work
COMES_UP = 0.4  # of the times agreed, so many do not suit after all
WILLING = {Habit.ANSWERS, Habit.AGREES, Habit.MOVES}
Act = Callable[[], object]
Pressed = Action[Any]


@dataclass(order=True, frozen=True)
class Deed:
    """Somebody is going to do something."""

    at: datetime
    n: int
    act: Act = field(compare=False)


class Habits:
    """Everybody at once. `close` makes them stop; `first` keeps what each message said at first."""

    def __init__(self, sim: Simulator, people: Mapping[str, Colleague], seed: int) -> None:
        self._sim, self._people, self._seed = sim, people, seed
        self._persons = {user: sim.person(who.name) for user, who in people.items()}
        self._planned: list[Deed] = []
        self._news: list[tuple[str, str]] = []
        self._seen: set[tuple[str, str, str]] = set()
        self._count = 0
        self.first: dict[tuple[str, str], str] = {}
        self.close = sim.on_change(self._hear)

    def _hear(self, kind: str, ids: JSON) -> None:
        if kind == "message":
            with self._sim.world.lock:
                self._news.append((ids["channel"], ids["ts"]))

    # -- time -------------------------------------------------------------------

    def next_at(self) -> datetime | None:
        """When somebody acts next."""
        self._read()
        return self._planned[0].at if self._planned else None

    def act(self, now: datetime) -> None:
        """Do what is due by now."""
        self._read()
        while self._planned and self._planned[0].at <= now:
            heapq.heappop(self._planned).act()
            self._read()

    def plans(self, at: datetime, act: Act) -> None:
        """Somebody is going to do this at that instant."""
        self._count += 1
        heapq.heappush(self._planned, Deed(at, self._count, act))

    # -- reading ----------------------------------------------------------------

    def _read(self) -> None:
        with self._sim.world.lock:
            news, self._news = self._news, []
            found = [
                (conv, message)
                for channel, ts in news
                if (conv := self._sim.world.conversations.get(channel))
                and (message := conv.messages.get(ts))
                and message.by_app
                and not message.ephemeral_to
            ]
        for conv, message in found:
            self.first.setdefault((message.channel, message.ts), message.text)
            self._answers(conv, message)

    def _answers(self, conv: Conversation, message: Message) -> None:
        buttons = list(_buttons(message))
        for user in conv.members:
            who = self._people.get(user)
            if who is None or who.habit not in WILLING:
                continue
            for action, act in self._would(conv, message, self._persons[user], who, buttons):
                key = (user, message.channel + message.ts, action.id)
                if key not in self._seen:
                    self._seen.add(key)
                    self.plans(self._when(who, key), act)

    def _when(self, who: Colleague, key: tuple[str, str, str]) -> datetime:
        wait = self._chance(*key).randint(SOON, LATER)
        return who.at_work(self._sim.clock.now() + timedelta(minutes=wait))

    def _would(
        self,
        conv: Conversation,
        message: Message,
        person: Person,
        who: Colleague,
        buttons: Sequence[str],
    ) -> Iterator[tuple[Pressed, Act]]:
        """What this person makes of the message."""
        chance = self._chance(person.id, message.channel, message.ts)
        for action in self._wishes(conv, who.habit, buttons, chance):
            if action is meetings.PLAN_CHANGE:
                yield action, partial(self._changes, person, message, chance)
            elif action is checkins.ANSWER:
                yield action, partial(self._tells, person, message, chance)
            elif action is checkins.REPLY_OPEN:
                yield action, partial(self._replies, person, message)
            else:
                yield action, partial(self._press, person, message, action)

    def _wishes(
        self, conv: Conversation, habit: Habit, buttons: Sequence[str], chance: Random
    ) -> Iterator[Pressed]:
        """Which buttons of a message somebody of this habit presses."""
        if conv.kind == "mpim":
            for action in (meetings.MEETING_TIME, meetings.PLAN_AGAIN, meetings.PLAN_YES):
                if _has(buttons, action):
                    yield action
            mine = habit is Habit.MOVES and _has(buttons, meetings.PLAN_CHANGE)
            if mine and chance.random() < COMES_UP:
                yield meetings.PLAN_CHANGE
        elif conv.kind == "im":
            yield from _alone(habit, buttons, chance)
        elif _has(buttons, checkins.ANSWER) and habit is not Habit.MOVES:
            yield checkins.ANSWER

    # -- doing ------------------------------------------------------------------

    def _press(self, person: Person, message: Message, action: Pressed) -> None:
        """Press the last button of this name that the message shows now, if there is one."""
        shown = [
            (element["action_id"], block["block_id"])
            for block, element in elements.walk(message.blocks)
            if _has([str(element.get("action_id"))], action)
        ]
        if shown:
            where = {"channel_id": message.channel, "message_ts": message.ts}
            self._sim.actions.press(person.id, where, *shown[-1])
            self._sim.wait_quiet()

    def _changes(self, person: Person, message: Message, chance: Random) -> None:
        """Something came up: another time, or none."""
        self._press(person, message, meetings.PLAN_CHANGE)
        with self._sim.world.lock:
            mine = [m for m in self._sim.world.ephemerals.get(person.id, [])[-3:]]
        off = chance.random() < 0.3
        for said in reversed(mine):
            if _has(list(_buttons(said)), meetings.PLAN_OFF):
                moves = _has(list(_buttons(said)), meetings.PLAN_MOVE) and not off
                self._press(person, said, meetings.PLAN_MOVE if moves else meetings.PLAN_OFF)
                return

    def _tells(self, person: Person, message: Message, chance: Random) -> None:
        """Answer a check-in; whoever finds a field for actions takes one on."""
        self._press(person, message, checkins.ANSWER)
        view = self._sim.world.top_view(person.id)
        if view is not None and view.body.get("callback_id") == checkins.ANSWER_FORM.id:
            shown = person.modal or ""
            given: dict[str, object] = {}
            for label in (labels.ANSWER, labels.ACTIONS):
                if label in shown:
                    given[label] = f"{person.name} has thought of step {chance.randrange(99)}."
            if labels.ACTIONS in given and chance.random() < 0.5:
                given[labels.ACTIONS_OWNER] = person
            person.fills(checkins.ANSWER_FORM, given)
        while self._sim.world.top_view(person.id) is not None:
            person.closes_modal()

    def _replies(self, person: Person, message: Message) -> None:
        """Whoever asked says what they heard."""
        self._press(person, message, checkins.REPLY_OPEN)
        view = self._sim.world.top_view(person.id)
        if view is not None and view.body.get("callback_id") == checkins.REPLY_FORM.id:
            person.fills(checkins.REPLY_FORM, {labels.HEARD: "A lot.", labels.WILL: "Less."})
        while self._sim.world.top_view(person.id) is not None:
            person.closes_modal()

    def _chance(self, *about: str) -> Random:
        return Random(" ".join(map(str, (self._seed, *about))))


def _alone(habit: Habit, buttons: Sequence[str], chance: Random) -> Iterator[Pressed]:
    """What somebody presses in their own messages."""
    if _has(buttons, meetings.MEETING_MET):
        said = [meetings.MEETING_MET]
        if habit is not Habit.ANSWERS:
            said = [meetings.MEETING_MET, meetings.MEETING_PLANNING, meetings.MEETING_NOT]
        if habit is Habit.ANSWERS or chance.random() < 0.6:
            yield chance.choice(said)
    elif _has(buttons, checkins.ITEM_DONE) and habit is not Habit.MOVES:
        yield checkins.ITEM_DONE if habit is Habit.ANSWERS else checkins.ITEM_STILL
    elif _has(buttons, rounds.CHANNEL_SKIP) and habit is Habit.MOVES and chance.random() < 0.1:
        yield rounds.CHANNEL_SKIP
    elif _has(buttons, rounds.QUIET_STAY):
        yield rounds.QUIET_STAY
    elif _has(buttons, checkins.REPLY_OPEN) and chance.random() < 0.5:
        yield checkins.REPLY_OPEN


def _buttons(message: Message) -> Iterator[str]:
    for _, element in elements.walk(message.blocks):
        yield str(element.get("action_id"))


def _has(buttons: Sequence[str], action: Pressed) -> bool:
    return any(name == action.id or name.startswith(f"{action.id}.") for name in buttons)
