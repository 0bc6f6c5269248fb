"""The try-out: the real app over a real socket in the simulated Slack, on this machine alone."""

from __future__ import annotations

import tempfile
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from bot.platform.settings import made
from core.values import Who
from kettle import play, scheduler
from kettle.app import MANIFEST, Parts, build
from kettle.demo import world
from kettle.demo.lines import Diary
from kettle.demo.people import SEED, Colleagues
from simulator import Person, Simulator
from storage.channels import channels
from storage.outbox import looking
from storage.people import people

START = datetime(2026, 3, 2, 7, 30, tzinfo=UTC)  # a Monday, 8:30 in Berlin
SLACK = timedelta(hours=1)


class Demo:
    """The simulator, the app, and a company that has just invited Kettle."""

    def __init__(self, folder: Path, port: int = 0, running_clock: bool = False) -> None:
        self.sim = Simulator(manifest=MANIFEST, start=START, port=port, running_clock=running_clock)
        self.sim.world.team_name = world.COMPANY
        self.sim.start()
        self.settings = made(
            slack_bot_token=self.sim.bot_token,
            slack_app_token=self.sim.app_token,
            slack_api_url=self.sim.api_url,
            database_url=f"sqlite:///{folder / 'demo.db'}",
        )
        self.beats: scheduler.Heart | None = None
        self._playing = threading.Lock()  # one play at a time
        self._app = threading.RLock()  # the app is not exchanged in the middle of a step
        self._closing = threading.Event()
        self._chance = Random(SEED)  # each demo tells the same story; a killed app goes on in it
        self.parts: Parts = self._start_app()

    def furnish(self) -> None:
        """Colleagues, channels, Kettle invited and set up, everyone in but the visitor."""
        staff = {
            who.name: self.sim.add_person(
                who.name, tz=who.zone, title=who.title, admin=who.name == world.HOST
            )
            for who in world.COLLEAGUES
        }
        everyone = list(staff.values())
        coffee = self.sim.add_channel(world.COFFEE, members=everyone)
        self.sim.add_channel(world.STUDIO, members=[staff[n] for n in world.STUDIO_MEMBERS])
        host = staff[world.HOST]
        host.invites_bot(coffee)
        host.presses("Settings")
        host.fills("Settings", world.SETTINGS)
        for name, person in staff.items():
            if name != world.VISITOR:
                person.presses("I'm in", in_=coffee)
        self._write_lines(staff)
        self.colleagues = Colleagues(self.sim)

    def play_until(self, target: datetime) -> list[str]:
        """Let time pass until then; returns what happened, a line for each stop.

        Ends early when the demo is closed meanwhile; goes on with the new app when it is killed.
        """
        diary = Diary()
        with self._playing, self._heart_held():
            start = self.sim.clock.now() - SLACK
            told = self._sent(start)
            stops = play.stops(lambda: self.parts, self.sim.clock, target, self.colleagues)
            while not self._closing.is_set():
                with self._app:
                    now = next(stops, None)
                    sent = self._sent(start)
                if now is None:
                    break
                diary.note(now, sent - told, self.colleagues.done())
                told = sent
        diary.close()
        return diary.lines

    @contextmanager
    def _heart_held(self) -> Iterator[None]:
        """Play is the heartbeat while time passes; the other one would only be in its way."""
        if self.beats is not None:
            self.beats.pause()
        try:
            yield
        finally:
            if self.beats is not None and not self._closing.is_set():
                self.beats.resume()

    def _sent(self, since: datetime) -> Counter[str]:
        """All messages sent since, by kind: whoever sent them, play or heartbeat."""
        with self.parts.services.db.reading() as tx:
            return Counter(looking.sent_between(tx, since, self.sim.clock.now() + SLACK))

    def next_round(self) -> tuple[str, datetime] | None:
        """When the next round of any channel is due."""
        with self._app, self.parts.services.db.reading() as tx:
            due = [c.next_due_at for c in channels.running(tx) if c.next_due_at]
        return ("next round", min(due)) if due else None

    def kill_app(self) -> str:
        """Stop the app without a word, and start it again on the same database."""
        with self._app:
            beating = self.beats is not None
            self._stop_app()
            self.parts = self._start_app()
            if beating:
                self._beat()
        return "The app was stopped and started again. Its work waited in the database."

    def beat(self) -> None:
        """Start the heartbeat: for a clock that runs."""
        self._beat()

    def close(self) -> None:
        """Stop a play under way, the app, then the simulator."""
        self._closing.set()
        with self._app:
            self._stop_app()
        self.sim.stop()

    def person(self, name: str) -> Person:
        """A colleague by name."""
        return self.sim.person(name)

    def _start_app(self) -> Parts:
        parts = build(self.settings, clock=self.sim.clock, chance=self._chance)
        parts.connect()
        self.sim.wait_connected()
        self.sim.settle = parts.settle
        return parts

    def _stop_app(self) -> None:
        self.sim.settle = None
        if self.beats is not None:
            self.beats.shutdown(wait=True)
            self.beats = None
        self.sim.close_client(self.parts.socket)
        self.parts.close()

    def _beat(self) -> None:
        self.beats = scheduler.start(self.parts.worker)

    def _write_lines(self, staff: dict[str, Person]) -> None:
        lines = {who.name: who.ask_about for who in world.COLLEAGUES}
        with self.parts.services.db.transaction() as tx:
            for name, person in staff.items():
                people.change(tx, Who(self.parts.team_id, person.id), ask_about=lines[name])


@contextmanager
def running(port: int = 0, running_clock: bool = False) -> Iterator[Demo]:
    """A furnished demo in a folder of its own that is removed at the end."""
    with tempfile.TemporaryDirectory(prefix="kettle-demo-") as folder:
        demo = Demo(Path(folder), port, running_clock)
        try:
            demo.furnish()
            yield demo
        finally:
            demo.close()
