"""Whoever presses again what they have just pressed reads its answer once."""

import ast
import sqlite3
import threading
from contextlib import closing

import pytest

from bot.meetings.ids import MEETING_WHY, NOW_JOIN
from bot.platform.repeats import REMEMBERED, STANDS, Repeats
from bot.rounds.ids import CHANNEL_JOIN, CHANNEL_SKIP
from bot.trouble import PRESS_AGAIN, unsaved
from core.values import Who
from handlers.platform import door
from tests.gathering import a_channel
from tests.house import modules, name_of, tree_of


@pytest.fixture
def coffee(town):
    """A channel with its first post, and Bo, who is in its rounds."""
    channel, people = a_channel(town, 3)
    return channel, people[1]


@pytest.fixture
def notice(town, coffee):
    """The post of the day before, with a second button."""
    town.move_to("Sunday 10:00")


def test_a_button_pressed_again_and_again_answers_once(coffee):
    _, bo = coffee
    first, *more = [bo.presses(CHANNEL_JOIN) for _ in range(4)]
    assert first
    assert more == ["", "", ""]


def test_what_has_become_of_it_meanwhile_is_said(coffee):
    channel, bo = coffee
    assert bo.presses(CHANNEL_JOIN)
    bo.types("/coffee leave", channel)
    assert bo.presses(CHANNEL_JOIN)


def test_whoever_comes_back_to_the_button_later_is_answered_again(town, coffee):
    _, bo = coffee
    assert bo.presses(CHANNEL_JOIN)
    town.forward(seconds=STANDS.total_seconds() - 1)
    assert bo.presses(CHANNEL_JOIN) == ""
    town.forward(seconds=2)
    assert bo.presses(CHANNEL_JOIN)


def test_another_person_and_another_button_are_answered(town, coffee):
    _, bo = coffee
    cem = town.sim.person("Cem")
    town.move_to("Monday 10:00")
    assert bo.presses(MEETING_WHY)
    assert bo.presses(MEETING_WHY) == ""
    assert bo.presses(CHANNEL_JOIN)
    assert cem.presses(CHANNEL_JOIN)
    assert bo.presses(MEETING_WHY)


def test_what_is_typed_is_answered_each_time(coffee):
    channel, bo = coffee
    assert bo.types("/coffee join", channel) == bo.types("/coffee join", channel) != ""


def test_that_nothing_was_saved_is_said_each_time(town, coffee, notice, monkeypatch):
    _, bo = coffee
    assert bo.presses(CHANNEL_JOIN)
    with monkeypatch.context() as patch:
        patch.setattr(door, "IN_TIME", 0.3)
        with closing(sqlite3.connect(str(town.db.url.database))) as other:
            other.execute("BEGIN IMMEDIATE")
            said = [bo.presses(CHANNEL_SKIP) for _ in range(2)]
    assert said == [unsaved(PRESS_AGAIN, False)] * 2
    assert bo.presses(CHANNEL_SKIP)  # it worked, and is said
    assert bo.presses(CHANNEL_SKIP) == ""


def test_the_same_said_by_two_at_once_is_said_by_one(town):
    """Socket Mode brings a double click to two threads."""
    repeats, who, now = Repeats(), Who("T1", "U1"), town.clock.now()
    barrier, news = threading.Barrier(8), []

    def press():
        barrier.wait()
        repeats.begins(who, "join")
        news.append(repeats.is_news(who, "join", "done", now))

    racing = [threading.Thread(target=press) for _ in range(8)]
    for one in racing:
        one.start()
    for one in racing:
        one.join()
    assert sorted(news) == [False] * 7 + [True]


def test_an_answer_that_slack_did_not_take_is_not_held_to_be_said(town, coffee):
    _, bo = coffee
    bo.opens_home()
    read = len(bo.messages)
    town.sim.faults.fail_next("chat.postMessage", "channel_not_found", n=2)  # the sorry too
    bo.presses(NOW_JOIN)
    assert len(bo.messages) == read
    bo.presses(NOW_JOIN)
    bo.presses(NOW_JOIN)
    assert len(bo.messages) == read + 1


def test_memory_has_an_end(town):
    repeats, now = Repeats(), town.clock.now()
    for number in range(REMEMBERED + 1):
        assert repeats.is_news(Who("T1", f"U{number}"), "join", "in", now)
    assert repeats.is_news(Who("T1", "U0"), "join", "in", now)  # the oldest was let go
    assert not repeats.is_news(Who("T1", f"U{REMEMBERED}"), "join", "in", now)


def test_every_private_word_of_the_doors_goes_through_the_one_place():
    speaking = {"respond", "chat_postMessage", "chat_postEphemeral"}
    found = {
        (name_of(path), node.func.attr)
        for path in modules("handlers")
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if node.func.attr in speaking
    }
    assert {name for name, _ in found} == {"handlers/platform/visits.py"}
