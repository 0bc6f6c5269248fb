"""The try-out: the real app over a real socket in the simulated Slack, on this machine alone."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from apscheduler.schedulers.background import BackgroundScheduler

from bot.settings import made
from kettle import demo_lines, scheduler
from kettle import demo_world as world
from kettle.app import Parts, build
from kettle.play import play_until
from simulator import Person, Simulator
from storage import channels, deliveries, people

MANIFEST = Path(__file__).resolve().parent.parent / "manifest.yml"
START = datetime(2026, 3, 2, 7, 30, tzinfo=UTC)  # a Monday, 8:30 in Berlin


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
        self.beats: BackgroundScheduler | None = None
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

    def play_until(self, target: datetime) -> list[str]:
        """Let time pass until then; returns what happened, a line for each stop."""
        lines: list[str] = []
        before = self.sim.clock.now()

        def stopped(now: datetime) -> None:
            nonlocal before
            with self.parts.services.db.reading() as tx:
                sent = deliveries.sent_between(tx, before, now)
            if told := demo_lines.line(now, sent):
                lines.append(told)
            before = now

        play_until(self.parts, self.sim.clock, target, stopped)
        return lines

    def next_round(self) -> tuple[str, datetime] | None:
        """When the next round of any channel is due."""
        with self.parts.services.db.reading() as tx:
            due = [c.next_due_at for c in channels.running(tx) if c.next_due_at]
        return ("next round", min(due)) if due else None

    def kill_app(self) -> str:
        """Stop the app without a word, and start it again on the same database."""
        self._stop_app()
        self.parts = self._start_app()
        if self.beats is None:
            self._beat()
        return "The app was stopped and started again. Its work waited in the database."

    def beat(self) -> None:
        """Start the heartbeat: for a clock that runs."""
        self._beat()

    def close(self) -> None:
        """Stop the app, then the simulator."""
        self._stop_app()
        self.sim.stop()

    def person(self, name: str) -> Person:
        """A colleague by name."""
        return self.sim.person(name)

    def _start_app(self) -> Parts:
        parts = build(self.settings, clock=self.sim.clock)
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
        self.beats = scheduler.start(self.parts.services)

    def _write_lines(self, staff: dict[str, Person]) -> None:
        lines = {who.name: who.ask_about for who in world.COLLEAGUES}
        with self.parts.services.db.transaction() as tx:
            for name, person in staff.items():
                people.change(tx, self.parts.team_id, person.id, ask_about=lines[name])


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
