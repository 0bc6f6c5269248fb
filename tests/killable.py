"""A process that is Kettle and nothing else, so that a test can kill it at any instant."""

from __future__ import annotations

from datetime import datetime
from multiprocessing.connection import Connection

from bot.platform.settings import Settings
from kettle.app import build
from kettle.cli import FixedClock

BEATS = 60


def live(settings: Settings, at: datetime, line: Connection) -> None:
    """Beat until nothing is left to do at the instant `at`: "ready" before, "done" after."""
    parts = build(settings, clock=FixedClock(at))
    line.send("ready")
    for _ in range(BEATS):
        if not parts.beat():
            break
    line.send("done")


def listen(settings: Settings, at: datetime, line: Connection) -> None:
    """Take what people do, at the instant `at`, until killed: "ready" once Slack knows of it."""
    parts = build(settings, clock=FixedClock(at))
    parts.connect()
    line.send("ready")
    line.recv()
