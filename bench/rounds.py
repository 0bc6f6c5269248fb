"""One round of a very large channel: how long it takes to read, decide and record it.

Run: python -m bench.rounds [people]
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

from bot.platform.pacing import Pacer
from bot.platform.services import Services
from bot.platform.settings import made
from bot.platform.slack import Slack, seen
from bot.rounds import holding, participants, recording
from core.values import ChannelSettings, Place, TakingPart
from storage.channels import channels
from storage.people import people
from storage.platform.database import Database
from storage.platform.migrate import upgrade

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
ZONES = ("Europe/Berlin", "Europe/London", "America/New_York", "Asia/Kolkata")


class Standing:
    """A clock that stands."""

    def now(self) -> datetime:
        return NOW


class Members:
    """Slack with one channel of `count` people, answering at once."""

    def __init__(self, count: int) -> None:
        self.ids = [f"U{n:06d}" for n in range(count)]

    def members(self, _channel_id: str) -> list[str]:
        return self.ids

    def people(self) -> Any:
        for i in range(0, len(self.ids), 1000):
            yield [
                self._seen(place, user_id) for place, user_id in enumerate(self.ids[i : i + 1000])
            ]

    def _seen(self, place: int, user_id: str) -> Any:
        return seen({"id": user_id, "tz": ZONES[place % len(ZONES)], "profile": {}}, "T")


def main(count: int) -> None:
    """Hold one round of `count` people on SQLite and print the seconds of each step."""
    with tempfile.TemporaryDirectory() as folder:
        db = Database(f"sqlite:///{Path(folder) / 'bench.db'}")
        upgrade(db)
        slack = cast(Slack, Members(count))
        settings = made(slack_bot_token="xoxb-bench", slack_app_token="xapp-bench")
        services = Services(db, Standing(), lambda _team: slack, settings, Pacer())
        everyone = ChannelSettings(taking_part=TakingPart.EVERYONE)
        with db.transaction() as tx:
            people.workspace(tx, "T")
            channels.add(tx, Place("T", "C"), "big", None)
            channel = channels.decide(tx, Place("T", "C"), everyone, NOW)
        print(f"{count} people in one channel, SQLite")
        _timed(
            "member list read for the first time", lambda: participants.reconcile(services, channel)
        )
        _timed("member list read again", lambda: participants.reconcile(services, channel))
        decision = _timed("decided", lambda: holding.decide(services, channel, NOW, seed=7))
        times = recording.Times(NOW, NOW + timedelta(days=7), None)
        _timed("recorded", lambda: recording.record(services, channel, decision, times))
        db.close()


def _timed(what: str, work: Callable[[], Any]) -> Any:
    wall, cpu = time.perf_counter(), time.process_time()
    result = work()
    spent = time.perf_counter() - wall, time.process_time() - cpu
    print(f"  {what:<38} {spent[0]:7.2f} s ({spent[1]:.2f} s of CPU)")
    return result


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
