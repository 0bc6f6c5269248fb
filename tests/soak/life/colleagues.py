"""What colleagues press and type: about themselves, their introductions, and a coffee now."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from bot.meetings.ids import (
    MEETING_MET,
    MEETING_NOT,
    MEETING_PLANNING,
    MEETING_TIME,
    NOW_ACCEPT,
    NOW_JOIN,
    NOW_LEAVE,
    SECOND_FIND,
    SECOND_STOP,
)
from bot.people.ids import MUTE, PAUSE_END, UNMUTE
from bot.rounds.ids import (
    CHANNEL_JOIN,
    CHANNEL_LEAVE,
    CHANNEL_SKIP,
    CHANNEL_UNSKIP,
    QUIET_PAUSE,
    QUIET_SLOWER,
    QUIET_STOP,
    ROUND_RUN,
)
from simulator import Person
from tests.soak.known import UNSURE, Fact, Value
from tests.soak.life.world import Button, Life

FOUR_WEEKS = timedelta(weeks=4)
SAID = {MEETING_MET.id: "met", MEETING_PLANNING.id: "planning", MEETING_NOT.id: "not_this_time"}


# -- pressing ------------------------------------------------------------------


def presses_something(life: Life, times: int = 1) -> None:
    """Anybody presses any button that they see."""
    person = life.anybody()
    buttons = life.buttons(person)
    if buttons:
        _presses(life, person, life.chance.choice(buttons), times)


def presses_twice(life: Life) -> None:
    """The same, by a nervous finger."""
    presses_something(life, 2)


def presses_late(life: Life) -> None:
    """A button that a message does not show any more."""
    person = life.anybody()
    buttons = life.buttons(person, old=True)
    if buttons:
        _presses(life, person, life.chance.choice(buttons), 1)


def _presses(life: Life, person: Person, button: Button, times: int) -> None:
    begun = life.now
    sure = life.press(person, button, times)
    meeting, said = button.value, SAID.get(button.action)
    if said and meeting.isdecimal():
        says(life, person, int(meeting), said if sure else "")
    if button.action in {SECOND_FIND.id, SECOND_STOP.id} and meeting.isdecimal():
        looked = life.known.looked.setdefault((int(meeting), person.id), [])
        looked.append((begun, button.action == SECOND_FIND.id))
    if button.action == ROUND_RUN.id:
        life.known.runs.append(begun)
    if button.action in {NOW_JOIN.id, NOW_ACCEPT.id}:
        wants(life, person, begun, _until(button, begun), sure)
    if button.action == NOW_LEAVE.id:
        stops_waiting(life, person)
    for fact, value in _follows(life, person, button).items():
        life.becomes(person, fact, value, sure)
    life.closes_modals(person)


def _until(button: Button, begun: datetime) -> datetime:
    """How long somebody has time who presses this: so many minutes, or until an instant."""
    number = int(button.value)
    if button.action == NOW_JOIN.id:
        return begun + timedelta(minutes=number)
    return datetime.fromtimestamp(number, UTC)


def wants(life: Life, person: Person, since: datetime, until: datetime, sure: bool) -> None:
    """Somebody would like a coffee now: by then they meet somebody, or read that nobody could."""
    if until > since:  # else it was an old button, and they were told so
        life.known.calls.append((since, until, person.id if sure else ""))


def _follows(life: Life, person: Person, button: Button) -> dict[Fact, Value]:
    """What is so afterwards, by what was pressed."""
    inside = life.known.fact(person.id, Fact.INSIDE, life.now + timedelta(seconds=1)) is True
    table: dict[str, Callable[[], dict[Fact, Value]]] = {
        CHANNEL_JOIN.id: lambda: {Fact.OPTED: True if inside else UNSURE, Fact.SKIPPING: False},
        CHANNEL_LEAVE.id: lambda: {Fact.OPTED: False, Fact.SKIPPING: False},
        CHANNEL_SKIP.id: lambda: (
            {Fact.SKIPPING: True} if life.in_rounds(person) and _of_next(life, button) else {}
        ),
        CHANNEL_UNSKIP.id: lambda: {Fact.SKIPPING: False} if _of_next(life, button) else {},
        QUIET_SLOWER.id: lambda: {Fact.PACE: 2},
        QUIET_PAUSE.id: lambda: {Fact.PAUSED: life.today(person) + FOUR_WEEKS},
        QUIET_STOP.id: lambda: {Fact.OPTED: False if inside else UNSURE, Fact.SKIPPING: False},
        PAUSE_END.id: lambda: {Fact.PAUSED: None},
        MUTE.id: lambda: {Fact.MUTED: True},
        UNMUTE.id: lambda: {Fact.MUTED: False},
    }
    return table.get(button.action, dict)()


def _of_next(life: Life, button: Button) -> bool:
    """Whether a button is about the round that comes next; an old one changes nothing."""
    due = button.value.rpartition("|")[2]
    return due == str(int(life.town.next_due(life.channel).timestamp()))


def says(life: Life, person: Person, meeting: int, said: str) -> None:
    """What became of a meeting, as this person has told; "" where nobody knows."""
    life.known.said.setdefault((meeting, person.id), []).append((life.now, said))


def stops_waiting(life: Life, person: Person) -> None:
    """Whoever does not wait any more is owed nothing."""
    life.known.calls = [call for call in life.known.calls if call[2] != person.id]


def answers_about_a_meeting(life: Life) -> None:
    """Somebody says what became of their introduction."""
    person = life.anybody()
    found = list(life.buttons_called(person, *SAID))
    if found:
        _presses(life, person, life.chance.choice(found[:3]), 1)


def take_another_partner(life: Life) -> None:
    """Two or three look for a second partner, some minutes apart; one may think better of it."""
    people = [p for p in life.inside if next(life.buttons_called(p, SECOND_FIND.id), None)]
    for person in life.chance.sample(people, min(len(people), life.chance.randint(2, 3))):
        button = next(life.buttons_called(person, SECOND_FIND.id), None)
        if button is not None:
            _presses(life, person, button, life.chance.choice((1, 1, 1, 2)))
            life.waits(1, 20)
        stop = next(life.buttons_called(person, SECOND_STOP.id), None)
        if stop is not None and life.chance.random() < 0.2:
            _presses(life, person, stop, 1)


def agree_on_a_time(life: Life) -> None:
    """All of a group press the same time, some minutes apart."""
    person = life.anybody()
    first = next(life.buttons_called(person, MEETING_TIME.id), None)
    if first is None:
        return
    for user_id in life.town.sim.world.conversations[first.message.channel].members:
        companion = next((p for p in life.inside if p.id == user_id), None)
        if companion is None:
            continue
        same = [
            button
            for button in life.buttons_called(companion, MEETING_TIME.id)
            if button.action == first.action and button.message.ts == first.message.ts
        ]
        if same:
            life.press(companion, same[0])
            life.waits(1, 3)


# -- typing --------------------------------------------------------------------


def pauses(life: Life) -> None:
    """A break of some weeks."""
    person, weeks = life.anybody(), life.chance.choice((1, 2, 3, 40))
    if person in (life.host, life.second):
        return
    sure = life.types(person, f"/coffee pause {weeks}w")
    life.becomes(person, Fact.PAUSED, life.today(person) + timedelta(weeks=weeks), sure)
    stops_waiting(life, person)


def resumes(life: Life) -> None:
    """Whoever is on a break comes back."""
    resting = [p for p in life.inside if life.known.fact(p.id, Fact.PAUSED, life.now)]
    if resting:
        person = life.chance.choice(resting)
        life.becomes(person, Fact.PAUSED, None, life.types(person, "/coffee resume"))


def skips(life: Life) -> None:
    """The next round without this person; typed again, with them."""
    person = life.anybody()
    moment = life.now + timedelta(seconds=1)
    before = life.known.fact(person.id, Fact.SKIPPING, moment)
    since = life.known.facts[person.id, Fact.SKIPPING][-1][0]
    sure = life.types(person, "/coffee skip")
    if life.in_rounds(person):
        doubtful = before is UNSURE or (before is True and life.may_have_met_since(since))
        life.becomes(person, Fact.SKIPPING, UNSURE if doubtful else not before, sure)


def mutes(life: Life) -> None:
    """Nothing that is not needed, from now on; or all of it again."""
    person = life.anybody()
    moment = life.now + timedelta(seconds=1)
    on = life.known.fact(person.id, Fact.MUTED, moment) is False
    sure = life.types(person, "/coffee mute" if on else "/coffee unmute")
    life.becomes(person, Fact.MUTED, on, sure)


def avoids(life: Life) -> None:
    """Somebody would rather not meet somebody; typed by the same again, they would after all."""
    one, other = life.chance.sample(life.inside, 2)
    pair = frozenset({one.id, other.id})
    if pair in life.known.avoided or len(life.known.avoided) > 3:
        return
    sure = life.types(one, f"/coffee avoid <@{other.id}>")
    life.known.avoided[pair] = [(life.now, True if sure else UNSURE)]
    if life.chance.random() < 0.3:
        life.waits(1, 30)
        sure = life.types(one, f"/coffee avoid <@{other.id}>")
        life.known.avoided[pair].append((life.now, UNSURE if not sure else False))


def leaves(life: Life) -> None:
    """Out of the channel, or of its rounds alone."""
    if len(life.inside) < 6:
        return
    person = life.chance.choice([p for p in life.inside if p is not life.second])
    if life.chance.random() < 0.5:
        sure = life.types(person, "/coffee leave")
        life.becomes(person, Fact.OPTED, False, sure)
        life.becomes(person, Fact.SKIPPING, False, sure)
        return
    if person is life.host:
        return
    life.notes(f"{person.name} leaves the channel")
    life.inside.remove(person)
    life.outside.append(person)
    life.learn(person, Fact.INSIDE, False)
    person.leaves(life.channel)


def joins(life: Life) -> None:
    """Somebody comes (back), and takes part."""
    if life.outside:
        person = life.outside.pop(0)
        life.notes(f"{person.name} joins the channel")
        life.inside.append(person)
        life.learn(person, Fact.INSIDE, True)
        person.joins(life.channel)
    else:
        person = life.anybody()
    sure = life.types(person, "/coffee join")
    life.becomes(person, Fact.OPTED, True, sure)
    life.becomes(person, Fact.SKIPPING, False, sure)


def has_time_now(life: Life) -> None:
    """One or two would like a coffee right now."""
    for person in life.chance.sample(life.inside, life.chance.randint(1, 2)):
        minutes = life.chance.choice((15, 30))
        begun = life.now
        sure = life.types(person, f"/coffee now {minutes}")
        wants(life, person, begun, begun + timedelta(minutes=minutes), sure)


def looks_at_home(life: Life) -> None:
    """Somebody opens the Home tab."""
    person = life.anybody()
    if life.running:
        life.notes(f"{person.name} opens Home")
        person.opens_home()


def reads(life: Life) -> None:
    """Somebody asks how things stand."""
    word = life.chance.choice(("", " why", " history", " times", " help"))
    life.types(life.anybody(), f"/coffee{word}")


ACTS: dict[Callable[[Life], None], int] = {
    presses_something: 6, presses_twice: 2, presses_late: 2, answers_about_a_meeting: 6,
    agree_on_a_time: 2, take_another_partner: 2, pauses: 2, resumes: 2, skips: 2, mutes: 1,
    avoids: 1, leaves: 2, joins: 3, has_time_now: 2, looks_at_home: 1, reads: 1,
}  # fmt: skip
