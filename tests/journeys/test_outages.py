"""Slack away, slow or refusing, for seconds or hours: nothing is lost, little is doubled."""

from __future__ import annotations

from collections import Counter

import pytest

from bot.checkins.ids import ASK_FORM
from storage.outbox import looking
from tests import scale
from tests.gathering import a_channel, introduced
from tests.words import labels

POST, OPEN, ANY = "chat.postMessage", "conversations.open", "*"
SECONDS = {"20 s": 20, "2 min": 120, "40 min": 2400, "10 h": 36_000}
# What is down, and how; where Slack surely did not post, nothing may be said twice.
DOWN = {
    "no connection": ("away", ANY, 0),
    "unavailable": ("unavailable", ANY, 0),
    "HTTP 500 for posts": ("server_error", POST, 0),
    "HTTP 500 for all": ("server_error", ANY, 0),
    "posts cut off": ("cut", POST, 0),
    "posts done and unanswered": ("lose", POST, 1),
    "nothing can be opened": ("server_error", OPEN, 0),
    "slow": ("delay", ANY, 0),
}
SLOW = 0.05  # real seconds that a slow Slack takes for each answer
EVERY = [(down, long) for down in DOWN for long in SECONDS]
SOME = [(down, list(SECONDS)[i % 2]) for i, down in enumerate(DOWN)]


def goes_down(town, down):
    kind, method, _ = DOWN[down]
    if kind == "away":
        town.sim.go_away()
    else:
        town.sim.faults.outage(kind, method, SLOW)


def comes_back(town):
    town.sim.faults.over()
    town.sim.come_back()


def told(capsys, what, down, long, doubled):
    """A line of the table: part of what `make proof-outages` shows."""
    with capsys.disabled():
        print(f"{what:10} {down:27} {long:7} lost 0, said twice {doubled}")  # noqa: T201


def nothing_waits(town):
    with town.db.reading() as tx:
        counted = looking.counts(tx)
        return not counted.get("failed") and not counted.get("in_doubt")


@pytest.mark.parametrize(("down", "long"), scale.of([*SOME, ("unavailable", "10 h")], EVERY))
def test_a_round_that_is_due_while_slack_is_down_is_held_all_the_same(town, down, long, capsys):
    _, people = a_channel(town, 4)
    town.move_to("Monday 9:59")
    goes_down(town, down)
    town.forward(seconds=60 + SECONDS[long])
    comes_back(town)
    town.forward(minutes=12)
    if long == "10 h":  # it is eight in the evening: the groups begin in the morning
        town.move_to("Tuesday 9:15")
    said = Counter(frozenset(group) for group in introduced(town))
    assert len(said) == 2
    doubled = sum(said.values()) - 2
    assert doubled <= DOWN[down][2], said
    people[0].sees("2 introductions, 4 people.")
    assert nothing_waits(town)
    told(capsys, "round", down, long, doubled)


@pytest.mark.parametrize(("down", "long"), scale.of(SOME[5:6], EVERY))
def test_a_receipt_that_is_due_while_slack_is_down_comes_all_the_same(town, down, long, capsys):
    _, (ana, *_) = a_channel(town, 4)
    town.move_to("Monday 9:59")
    town.clock.forward(minutes=1)
    town.parts.beat()
    assert len(introduced(town)) == 2
    goes_down(town, down)
    town.forward(seconds=SECONDS[long])
    comes_back(town)
    town.forward(minutes=12)
    told_to_ana = ana.transcript().count("2 introductions, 4 people.")
    assert 1 <= told_to_ana <= 1 + DOWN[down][2]
    assert nothing_waits(town)
    told(capsys, "receipt", down, long, told_to_ana - 1)


@pytest.mark.parametrize(("down", "long"), scale.of(SOME[1:2], EVERY))
def test_a_check_in_that_opens_while_slack_is_down_is_asked_all_the_same(town, down, long, capsys):
    channel, (ana, *_) = a_channel(town, 3)
    ana.types("/checkin open", in_=channel)
    goes_down(town, down)
    assert ana.fills(ASK_FORM, {labels.LINE: "I wonder."}) == {}
    town.forward(seconds=SECONDS[long])
    comes_back(town)
    town.forward(minutes=12)
    posted = channel.transcript().count("I wonder.")
    assert 1 <= posted <= 1 + DOWN[down][2]
    assert nothing_waits(town)
    told(capsys, "check-in", down, long, posted - 1)
