"""Check-ins: asked with names and without, answered, answered again, replied to; and a hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from bot.checkins.asking.views import form, hosts
from bot.checkins.ids import (
    AFTER_TALK,
    ANSWER,
    ANSWER_FORM,
    ASK_FORM,
    PULSE_FORM,
    REPLY_FORM,
    REPLY_OPEN,
    RESULTS_POST,
    SCHEDULE_FORM,
)
from bot.people.ids import PREFERENCES
from bot.people.views.preferences import OPEN_TO_ASK
from simulator import Person
from simulator.blocks import elements
from tests.soak.known import Answer, Asked, Cause
from tests.soak.life.colleagues import avoids
from tests.soak.life.world import Button, Life
from tests.words import labels

KINDS = ("open", "pulse", "pulse", "pressure", "motivation", "retro", "kickoff", "celebrate")
FOR_ALL = {"kickoff", "celebrate"}  # meant for everybody, unless the asker says otherwise


def prepares(life: Life) -> None:
    """The pulse is turned on, and two colleagues may be asked for a hand."""
    life.host.types("/checkin pulse", in_=life.channel)
    life.host.fills(PULSE_FORM, {labels.PULSE: hosts.ON})
    life.closes_modals(life.host)
    for person in life.inside[2:4]:
        person.types("/coffee preferences", in_=life.channel)
        person.fills(PREFERENCES, {OPEN_TO_ASK.label: [OPEN_TO_ASK.options[0][0]]})
    for _ in range(2):
        avoids(life)


def asks_the_team(life: Life) -> None:
    """Somebody asks, with names or without, now or in a day."""
    asker, kind = life.anybody(), life.chance.choice(KINDS)
    named = kind != "pulse" and life.chance.random() < 0.5
    everyone, hours = life.chance.random() < 0.5, life.chance.choice((4, 24, 24, 48, 72))
    later = life.chance.random() < 0.2
    if not life.types(asker, f"/checkin {kind}"):
        life.closes_modals(asker)
        return
    values: dict[str, object] = {
        labels.LINE: f"A line of {asker.name}.",
        form.NAMES.label: "yes" if named else "no",
        labels.AUDIENCE: "channel" if everyone else "asker",
        labels.OPEN_FOR: str(hours),
        labels.WHEN: form.LATER if later else form.NOW,
    }
    at = life.now
    sent = life.fills(asker, ASK_FORM.id, values)
    if sent and life.town.sim.world.top_view(asker.id) is None:  # else it says why not
        opens_at = at + timedelta(days=1) if later else at
        life.known.asked.append(Asked(asker.id, kind, named, everyone, hours, at, opens_at))
        life.notes(f"{asker.name} asks: {kind} {'named' if named else 'unnamed'} {hours} h")
    life.closes_modals(asker)
    if life.chance.random() < 0.8:
        life.waits(5, 60)
        most_answer(life)


def answers(life: Life, person: Person) -> None:
    """This person answers what is asked in the channel, if anything is."""
    button = next(life.buttons_called(person, ANSWER.id), None)
    if button is None:
        return
    life.press(person, button)
    if not life.has_modal(person, ANSWER_FORM.id):
        life.closes_modals(person)
        return
    view = life.town.sim.world.top_view(person.id)
    assert view is not None
    word, mood = f"Quince{len(life.known.acts)}{person.name}", None
    values: dict[str, object] = {}
    for block, element in elements.walk(view.blocks):
        if element["type"] == "plain_text_input" and not values.get("word"):
            values["word"] = block["label"]["text"]
        if element["type"] == "radio_buttons":
            mood = life.chance.randint(1, 5)
    given: dict[str, object] = {str(values["word"]): word}
    if mood is not None:
        given[labels.MOOD] = str(mood)
    _noted(life, person, button, Answer(person.id, word, life.now, mood), given)


def _noted(
    life: Life, person: Person, button: Button, answer: Answer, given: dict[str, object]
) -> None:
    sure = life.fills(person, ANSWER_FORM.id, given)
    if button.value.isdecimal():
        told = life.known.answers.setdefault(int(button.value), [])
        told.append(answer if sure else None)
    if life.chance.random() < 0.1:
        for sight in elements.walk(_shown(life, person)):
            if sight[1].get("action_id") == AFTER_TALK.id and life.calm:
                person.presses(AFTER_TALK)
                break
    life.closes_modals(person)


def _shown(life: Life, person: Person) -> list[dict[str, object]]:
    view = life.town.sim.world.top_view(person.id)
    return list(view.blocks) if view else []


def one_answers(life: Life) -> None:
    """Somebody answers."""
    answers(life, life.anybody())


def most_answer(life: Life) -> None:
    """So many answer that it may be enough."""
    several = life.chance.sample(life.inside, life.chance.randint(3, min(7, len(life.inside))))
    for person in several:
        answers(life, person)
    if life.chance.random() < 0.4:
        life.waits(1, 60)
        answers(life, several[0])  # what they say last counts, where it carries a name


def replies(life: Life) -> None:
    """Whoever asked says what they heard."""
    for asked in life.known.asked[-3:]:
        asker = next((p for p in life.inside if p.id == asked.asker), None)
        button = next(life.buttons_called(asker, REPLY_OPEN.id), None) if asker else None
        if asker is not None and button is not None and life.running:
            life.press(asker, button)
            life.fills(asker, REPLY_FORM.id, {labels.HEARD: "A lot.", labels.WILL: "Less."})
            life.closes_modals(asker)
            return


def posts_results(life: Life) -> None:
    """Whoever asked shows the results to all."""
    person = life.anybody()
    if button := next(life.buttons_called(person, RESULTS_POST.id), None):
        life.press(person, button)


def asks_for_a_hand(life: Life) -> None:
    """Volunteers are asked."""
    person = life.anybody()
    life.types(person, f"/coffee hand with {life.chance.choice(('a draft', 'a hard talk'))}")


def schedules(life: Life) -> None:
    """A question that comes back every week."""
    person = life.anybody()
    if life.known.lasting(Cause.TROUBLE) or not life.types(person, "/checkin schedule"):
        life.closes_modals(person)
        return
    values: dict[str, object] = {
        labels.LINE: "Every week.",
        labels.AGAIN: "weeks:1",
        labels.AGAIN_AT: "11:00",
        labels.OPEN_FOR: "24",
    }
    life.fills(person, SCHEDULE_FORM.id, values)
    life.closes_modals(person)


ACTS: dict[Callable[[Life], None], int] = {
    asks_the_team: 4, one_answers: 3, most_answer: 1, replies: 1, posts_results: 1,
    asks_for_a_hand: 1,
}  # fmt: skip
RARE: dict[Callable[[Life], None], int] = {schedules: 2}
