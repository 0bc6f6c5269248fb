"""Actions in answers: the last edit counts, and what one answer holds is told beside the field."""

from __future__ import annotations

import pytest

from bot.checkins.ids import AFTER_NOTHING, ANSWER, ANSWER_FORM, ASK_FORM
from bot.checkins.views import words
from bot.checkins.views.post import ACTIONS_AT_ONCE
from core.actions import ItemKind
from core.values import Place
from storage.checkins import items
from tests.gathering import a_channel
from tests.words import labels


@pytest.fixture
def retro(town):
    """A look back that is open, in a channel of five; whoever asks has gone first."""
    channel, people = a_channel(town, 5)
    people[0].types("/checkin retro", in_=channel)
    assert people[0].fills(ASK_FORM, {}) == {}
    town.forward(seconds=5)
    return channel, people


def answers(person, channel, **fields) -> dict[str, str]:
    person.presses(ANSWER, in_=channel)
    named = {"actions": labels.ACTIONS, "owner": labels.ACTIONS_OWNER}
    problems: dict[str, str] = person.fills(ANSWER_FORM, {named[k]: v for k, v in fields.items()})
    if not problems:
        person.presses(AFTER_NOTHING)
    person.closes_modal(everything=True)
    return problems


def agreed(town, channel) -> list[tuple[str, str | None]]:
    town.forward(days=1, minutes=1)
    with town.db.reading() as tx:
        found = items.of_channel(tx, Place(town.parts.team_id, channel.id))
    return sorted((item.text, item.owner) for item in found)


def test_an_action_that_was_edited_is_there_once_as_it_was_said_last(town, retro):
    channel, (_, bo, cem, *_) = retro
    assert answers(bo, channel, actions="Write a plan\nBook a room", owner=cem) == {}
    assert answers(bo, channel, actions="Write the plan\nBook a room") == {}
    assert agreed(town, channel) == [("Book a room", cem.id), ("Write the plan", cem.id)]


def test_an_action_that_was_taken_out_again_is_gone(town, retro):
    channel, (_, bo, *_) = retro
    answers(bo, channel, actions="Write a plan\nBook a room")
    answers(bo, channel, actions="Book a room")
    assert agreed(town, channel) == [("Book a room", None)]


def test_somebody_else_takes_it_on_in_the_last_edit(town, retro):
    channel, (_, bo, cem, dia, *_) = retro
    answers(bo, channel, actions="Write a plan", owner=cem)
    answers(bo, channel, owner=dia)
    assert agreed(town, channel) == [("Write a plan", dia.id)]


def test_who_edits_takes_nothing_from_others_who_said_the_same(town, retro):
    channel, (_, bo, cem, *_) = retro
    answers(cem, channel, actions="Write a plan")
    answers(bo, channel, actions="Write a plan")
    answers(bo, channel, actions="Book a room")
    assert agreed(town, channel) == [("Book a room", None), ("Write a plan", None)]


def test_more_actions_than_one_answer_takes_are_refused_beside_the_field(town, retro):
    channel, (_, bo, *_) = retro
    seven = [f"Step {number}" for number in range(ACTIONS_AT_ONCE + 2)]
    problems = answers(bo, channel, actions="\n".join(seven))
    assert list(problems.values()) == [words.too_many(ACTIONS_AT_ONCE)]
    assert answers(bo, channel, actions="\n".join(seven[:ACTIONS_AT_ONCE])) == {}
    assert [text for text, _ in agreed(town, channel)] == seven[:ACTIONS_AT_ONCE]


def test_of_what_an_earlier_version_noted_down_while_it_was_open_the_last_edit_stays(town, retro):
    channel, (_, bo, *_) = retro
    answers(bo, channel, actions="Write the plan\nBook a room")
    with town.db.transaction() as tx:
        place, checkin_id = Place(town.parts.team_id, channel.id), 1
        for text in ("Write a plan", "Book a room"):
            items.add(tx, place, ItemKind.ACTION, text, bo.id, checkin_id)
    assert agreed(town, channel) == [("Book a room", bo.id), ("Write the plan", None)]


def test_every_worry_of_a_kickoff_comes_back(town):
    channel, (ana, bo, *_) = a_channel(town, 5)
    ana.types("/checkin kickoff", in_=channel)
    assert ana.fills(ASK_FORM, {}) == {}
    town.forward(seconds=5)
    bo.presses(ANSWER, in_=channel)
    worries = [f"Worry {number}" for number in range(50)]
    assert bo.fills(ANSWER_FORM, {labels.WORRIES: "\n".join(worries)}) == {}
    assert [text for text, _ in agreed(town, channel)] == sorted(worries)
