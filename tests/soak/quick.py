"""A town in which nobody looks for what is due where nothing can have become due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import event

from bot.platform.services import Services
from kettle.app import Parts
from kettle.idle import CountingExecutor
from kettle.play import play_until
from tests.town import Town


@dataclass(frozen=True)
class Driven:
    """The running parts, as letting time pass knows them."""

    town: QuickTown

    @property
    def services(self) -> Services:
        """The app's own."""
        return self.town.parts.services

    @property
    def executor(self) -> CountingExecutor:
        """The app's own."""
        return self.town.parts.executor

    def settle(self) -> None:
        """As `Parts.settle`, where something may have changed."""
        self.town.settles()


class QuickTown(Town):
    """A town that beats only when time has passed or something was stored since the last beat.

    What is due is in the database alone, and by instants: nothing else can make a beat do anything.
    """

    _stored = 0
    _settled: tuple[datetime, int] | None = None

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._engine = self.db.engine
        event.listen(self._engine, "commit", self._counts)

    def _counts(self, _connection: object) -> None:
        self._stored += 1

    def connect(self) -> None:
        """As a town does."""
        super().connect()
        self._settled, self.sim.settle = None, self.settles

    def settles(self) -> None:
        """Wait until the app is idle, and beat if there can be a reason."""
        self.parts.executor.wait_idle()
        if self._settled != (self.clock.now(), self._stored):
            self.parts.settle()
            self._settled = (self.clock.now(), self._stored)

    def move_to(self, when: str | datetime, zone: str = "Europe/Berlin") -> None:
        """Let time pass until then, with everything that becomes due on the way."""
        play_until(cast(Parts, Driven(self)), self.sim.clock, self.sim.clock.next(when, zone))

    def close(self) -> None:
        """Stop the app, then Slack."""
        event.remove(self._engine, "commit", self._counts)
        super().close()
