"""A small town for tests: the real app, over real Socket Mode, in the simulated Slack."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from random import Random
from typing import Any

import yaml

from bot.channels.ids import SETTINGS, SETTINGS_OPEN
from bot.platform.settings import made
from core.values import Place
from kettle.app import MANIFEST, Parts, build
from kettle.play import play_until
from simulator import Channel, Person, Simulator
from storage.channels import channels
from storage.platform.database import Database
from tests.words import labels

MONDAY = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


class Town:
    """The simulator, the app, and a clock that plays what becomes due on the way."""

    def __init__(
        self,
        database_url: str,
        start: datetime = MONDAY,
        connected: bool = True,
        db: Database | None = None,
        **options: Any,
    ) -> None:
        self.sim = Simulator(manifest=_manifest(), start=start, **options)
        self.sim.start()
        self.settings = made(
            slack_bot_token=self.sim.bot_token,
            slack_app_token=self.sim.app_token,
            slack_api_url=self.sim.api_url,
            database_url=database_url,
        )
        self.chance = Random(2026)  # who meets whom is the same in every run of a test
        self.parts: Parts = build(self.settings, clock=self.sim.clock, db=db, chance=self.chance)
        if connected:
            self.connect()

    def connect(self) -> None:
        """Open the socket and follow every action of a person until the app is idle."""
        self.parts.connect()
        self.sim.wait_connected()
        self.sim.settle = self.parts.settle

    def restart(self) -> None:
        """The app dies and comes back; the database and Slack stay."""
        self.stop_app()
        self.start_app()

    def start_app(self, db: Database | None = None) -> None:
        """The app comes back, on this database or on the one that the settings name."""
        self.parts = build(self.settings, clock=self.sim.clock, db=db, chance=self.chance)
        self.connect()

    def stop_app(self) -> None:
        """The app dies."""
        self.sim.settle = None
        self.sim.close_client(self.parts.socket)
        self.parts.close()

    @property
    def clock(self) -> Any:
        """The simulator's clock; use `move_to` of the town to have things happen on the way."""
        return self.sim.clock

    @property
    def db(self) -> Database:
        """The app's database."""
        return self.parts.services.db

    def person(self, name: str, tz: str = "Europe/Berlin", **options: Any) -> Person:
        """A colleague."""
        return self.sim.add_person(name, tz=tz, **options)

    def channel(self, name: str, members: list[Person], **options: Any) -> Channel:
        """A channel that the bot is not in yet."""
        return self.sim.add_channel(name, members=members, **options)

    def sets_up(self, channel: Channel, host: Person, **fields: Any) -> None:
        """The host invites Kettle and saves the settings: Mondays at 10:00 in Berlin, pairs.

        Fields by the names in `labels.FIELDS`, their choices by value.
        """
        labelled = {labels.FIELDS[name]: value for name, value in fields.items()}
        host.invites_bot(channel)
        host.presses(SETTINGS_OPEN)
        problems = host.fills(SETTINGS, {labels.ZONE: "Europe/Berlin", **labelled})
        assert problems == {}, problems

    def next_due(self, channel: Channel) -> datetime:
        """When the channel's next round is due."""
        with self.db.reading() as tx:
            found = channels.get(tx, Place(self.sim.team_id, channel.id))
        assert found is not None
        assert found.next_due_at is not None
        return found.next_due_at

    @contextmanager
    def reopened(self) -> Iterator[Database]:
        """The database, while the app is not running."""
        db = Database(self.settings.database_url)
        yield db
        db.close()

    def group_conversations(self) -> list[Channel]:
        """Every group DM there is, in the order in which they were opened."""
        with self.sim.world.lock:
            ids = [c.id for c in self.sim.world.conversations.values() if c.kind == "mpim"]
        return [self.sim.channel(conversation_id) for conversation_id in ids]

    def group_of(self, person: Person) -> Channel:
        """The newest group DM that the person is in."""
        return next(c for c in reversed(self.group_conversations()) if person.id in c.members)

    def move_to(self, when: str | datetime, zone: str = "Europe/Berlin") -> None:
        """Let time pass until then, with everything that becomes due on the way."""
        play_until(self.parts, self.sim.clock, self.sim.clock.next(when, zone))

    def forward(self, **amount: float) -> None:
        """Let this much time pass."""
        self.move_to(self.sim.clock.now() + timedelta(**amount))

    def close(self) -> None:
        """Stop the app, then Slack."""
        self.stop_app()
        self.sim.stop()


@cache
def _manifest() -> dict[str, Any]:
    """The manifest, read once: it is a good part of what a town costs."""
    told: dict[str, Any] = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))
    return told
