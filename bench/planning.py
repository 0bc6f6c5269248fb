"""A round of a very large channel, from the database to the plan.

Run: python -m bench.planning [people] [rounds before this one]

Everything `rounds.decide` does but for asking Slack: who takes part, the past, the lists, the plan.
"""

import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from time import perf_counter, process_time
from typing import Any, cast

from bot.meetings import planning
from bot.platform.pacing import Pacer
from bot.platform.services import Services
from bot.platform.settings import made
from bot.platform.slack import Slack
from bot.rounds import participants
from core.matching import History, Rules
from core.values import ChannelSettings, Place, TakingPart, Who
from storage.channels import channels
from storage.people import memberships, people
from storage.platform.database import Database
from storage.platform.migrate import upgrade
from storage.rounds import history
from storage.rounds.rounds import NewRound, open_round

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
ZONES = ("Europe/Berlin", "Europe/London", "America/New_York", "Asia/Kolkata")
TEAM, CHANNEL = "T1", "C1"


class Standing:
    """A clock that stands."""

    def now(self) -> datetime:
        return NOW


def fill(url: str, count: int, rounds: int) -> None:
    """People of one channel, rounds of pairs drawn by chance, one "not with" list in a hundred."""
    db, rnd = Database(url), Random(1)
    upgrade(db)
    ids = [f"U{n:06d}" for n in range(count)]
    with db.transaction() as tx:
        people.workspace(tx, TEAM)
        channels.add(tx, Place(TEAM, CHANNEL), "big", None)
        channels.decide(
            tx, Place(TEAM, CHANNEL), ChannelSettings(taking_part=TakingPart.EVERYONE), NOW
        )
        seen = {user_id: {"zone": ZONES[n % len(ZONES)]} for n, user_id in enumerate(ids)}
        people.refresh(tx, TEAM, seen, NOW)
        memberships.reconcile(tx, Place(TEAM, CHANNEL), ids)
        for _ in range(count // 100):
            one, other = rnd.sample(ids, 2)
            people.set_not_with(tx, Who(TEAM, one), [other])
    with db.transaction() as tx:
        numbers = [person.number for person in people.some(tx, TEAM, ids).values()]
        for week in range(rounds, 0, -1):
            order = rnd.sample(numbers, count - count % 2)
            pairs = [order[k : k + 2] for k in range(0, len(order), 2)]
            held = NOW - timedelta(weeks=week)
            new = NewRound(rounds - week + 1, held, held, held + timedelta(weeks=1), seed=1)
            round_id = open_round(tx, Place(TEAM, CHANNEL), new)
            assert round_id is not None
            history.pack_round(tx, Place(TEAM, CHANNEL), round_id, pairs, held)
    db.close()


def measure(url: str) -> None:
    """In a process of its own, so that the memory is this round's."""
    db = Database(url)
    settings = made(slack_bot_token="xoxb-bench", slack_app_token="xapp-bench")
    slack = cast(Slack, None)  # nobody asks
    services = Services(db, Standing(), lambda _team: slack, settings, Pacer())
    with db.reading() as tx:
        (channel,) = channels.running(tx)
    print(f"  {'':34} seconds  processor  peak memory")
    print(f"  {'the program itself':34} {'':19}  {megabytes():8.0f} MB")
    gathering = timed("who takes part", lambda: participants.gather(services, channel, NOW))
    with db.reading() as tx:
        here = gathering.decision.taking_part
        blocks = timed('"not with" lists', lambda: people.blocks(tx, TEAM, here))
        past = timed("the past", lambda: history.load(tx, TEAM, CHANNEL))
    crowd = timed("people as columns", lambda: planning.crowd(gathering.taking_part, NOW))
    rules, before = Rules(blocks=blocks), History({}, past)
    plan = timed("plan, with all its groups", lambda: planning.plan(crowd, before, rules, 7))
    again = sum(why.times > 0 for group in plan.groups for why in group.why)
    print(
        f"  {len(plan.groups):,} groups, {again} of them people who have met in {len(past)} rounds"
    )
    db.close()


def timed(what: str, work: Callable[[], Any]) -> Any:
    wall, cpu = perf_counter(), process_time()
    result = work()
    wall, cpu = perf_counter() - wall, process_time() - cpu
    print(f"  {what:34} {wall:7.2f} {cpu:10.2f}  {megabytes():8.0f} MB", flush=True)
    return result


def megabytes() -> float:
    """The most megabytes so far (Linux; getrusage would count what the parent used)."""
    (peak,) = re.findall(r"VmHWM:\s*(\d+)", Path("/proc/self/status").read_text())
    return int(peak) / 1024


def main(count: int = 100_000, rounds: int = 50) -> None:
    print(f"One round of {count:,} people, SQLite", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'bench.db'}"
        fill(url, count, rounds)
        subprocess.run([sys.executable, "-m", "bench.planning", "measure", url], check=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["measure"]:
        measure(sys.argv[2])
    else:
        main(*map(int, sys.argv[1:]))
