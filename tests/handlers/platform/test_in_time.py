"""What is acknowledged is stored, and what is told as not saved never will be."""

import sqlite3
from collections.abc import Callable
from contextlib import closing

import pytest
from sqlalchemy import text

from bot.channels.ids import SETTINGS
from bot.platform.slack import SlackTrouble
from bot.platform.visiting import Unsaved
from bot.trouble import HALF_DONE, PRESS_AGAIN, TYPE_AGAIN, unsaved
from core.values import Who
from handlers.platform import door
from storage.people import people
from storage.platform.database import Database
from tests.gathering import a_channel
from tests.words.labels import SIZE
from tests.words.reading import on_top, stands, stored

# What an interaction stores may be spoken of later; messages and Home are drawn meanwhile.
LATER = {"outbox", "deliveries", "homes"}
COMMANDS = (
    "/coffee pause 2w",
    "/coffee skip",
    "/coffee leave",
    "/coffee join",
    "/coffee now 30",
    "/coffee avoid @Bo",
    "/coffee run",
)


@pytest.fixture
def coffee(town):
    return a_channel(town, 4)


@pytest.fixture
def hurried(monkeypatch):
    monkeypatch.setattr(door, "IN_TIME", 0.3)


def rows(town) -> dict[str, list[object]]:
    with town.db.reading() as tx:
        tables = tx.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars()
        return {
            name: sorted(map(str, tx.execute(text(f'SELECT * FROM "{name}"')).all()))
            for name in tables
            if not any(part in name for part in LATER)
        }


def at_acknowledgement(town, monkeypatch) -> list[dict[str, list[object]]]:
    """What is stored whenever the app acknowledges something."""
    seen: list[dict[str, list[object]]] = []
    client = town.parts.socket.client
    sends: Callable[..., None] = client.send_socket_mode_response

    def send(response: object) -> None:
        seen.append(rows(town))
        sends(response)

    monkeypatch.setattr(client, "send_socket_mode_response", send)
    return seen


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_is_stored_when_it_is_acknowledged(town, coffee, monkeypatch, command):
    channel, (_, _, cem, _) = coffee
    who = coffee[1][0] if command == "/coffee run" else cem
    town.sim.settle = town.parts.executor.wait_idle  # no heartbeat behind it
    seen = at_acknowledgement(town, monkeypatch)
    before = rows(town)
    who.types(command, in_=channel)
    assert len(seen) == 1
    assert seen[0] == rows(town)
    assert (seen[0] != before) == (command != "/coffee join")


def test_somebody_who_comes_is_stored_when_the_event_is_acknowledged(town, coffee, monkeypatch):
    new = town.person("Eva")
    town.parts.settle()
    seen = at_acknowledgement(town, monkeypatch)
    new.joins(coffee[0])
    assert seen
    assert str(seen[-1]).count(new.id) >= 1
    with town.db.reading() as tx:
        assert people.get(tx, Who(town.sim.team_id, new.id)) is not None


def test_an_event_that_could_not_be_stored_comes_again(town, coffee, monkeypatch):
    town.sim.ack_timeout = 0.2
    channel, (_, bo, *_) = coffee
    whole, broken = Database.transaction, [True]

    def transaction(db):
        if broken:
            broken.pop()
            raise OSError("no room left")
        return whole(db)

    monkeypatch.setattr(Database, "transaction", transaction)
    bo.leaves(channel)
    assert town.sim.world.wait_for(lambda: not stands(town, bo, channel).present, 10)
    assert not broken


def test_what_is_half_done_is_never_told_as_not_done():
    for error in (Unsaved(), SlackTrouble(), ValueError()):
        assert HALF_DONE in door.explain(error, stored=True)
        assert HALF_DONE not in door.explain(error)


@pytest.mark.usefixtures("hurried")
def test_a_command_that_cannot_be_stored_in_time_is_told_and_never_stored(town, coffee):
    channel, (_, bo, *_) = coffee
    with somebody_writes(town):
        said = bo.types("/coffee skip", in_=channel)
    assert unsaved(TYPE_AGAIN, stored=False) in said
    town.parts.settle()
    assert not stands(town, bo, channel).skipping


@pytest.mark.usefixtures("hurried")
def test_a_form_that_cannot_be_stored_in_time_stays_open(town, coffee):
    channel, (ana, *_) = coffee
    ana.types("/coffee settings", in_=channel)
    before = stored(town, channel)
    with somebody_writes(town):
        problems = ana.fills(SETTINGS, {SIZE: "3"})
    assert list(problems.values()) == [unsaved(PRESS_AGAIN, stored=False)]
    assert on_top(ana) == SETTINGS.id
    assert stored(town, channel) == before


@pytest.mark.usefixtures("hurried")
def test_an_admin_whose_form_meets_a_slow_slack_keeps_it(town, coffee):
    channel = coffee[0]
    boss = town.person("Di", admin=True)
    boss.joins(channel)
    boss.types("/coffee settings", in_=channel)
    town.sim.faults.delay_next("users.info", 1)
    assert list(boss.fills(SETTINGS, {}).values()) == [door.words.slack_is_away()]
    assert on_top(boss) == SETTINGS.id
    assert boss.submits() == {}


def somebody_writes(town):
    """Another process has the database's one writer."""
    connection = sqlite3.connect(town.db.url.database, isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    return closing(connection)
