"""Looks at what came of a life from outside: Slack's side, and the database in plain SQL.

It shares no code with the app, so that a fault in the app's own queries cannot hide itself.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from simulator import Simulator
from tests.soak.life import Known

SORRY = "Something went wrong on my side"
FLOOR = 5  # answers, under which nothing of a pulse is shown
STUCK = timedelta(hours=12)  # a message that waits longer than this is lost
RECEIPT = timedelta(hours=3)  # by then the hosts have read what a round did
STAMP = "%Y-%m-%d %H:%M:%S"


class Auditor:
    """`findings` says all that is wrong now, a sentence each."""

    def __init__(self, sim: Simulator, file: Path, known: Known) -> None:
        self.sim, self.file, self.known = sim, file, known

    def findings(self) -> list[str]:
        """Everything that must not be; empty when all is well."""
        with sqlite3.connect(f"file:{self.file}?mode=ro", uri=True) as db:
            checks = (
                self.twice_in_a_round(db), self.kept_apart(db), self.rested(db), self.stuck(db),
                self.unintroduced(db), self.untold(db), self.floors(db),
            )  # fmt: skip
            return [finding for check in (*checks, self.messages()) for finding in check]

    def twice_in_a_round(self, db: sqlite3.Connection) -> Iterator[str]:
        """Nobody is in two groups of a round, and nobody is in one alone."""
        query = (
            "select m.round_id, m.id, p.user_id from meetings m join meeting_people p "
            "on p.meeting_id = m.id where m.round_id is not null"
        )
        seen: Counter[tuple[int, str]] = Counter()
        sizes: Counter[int] = Counter()
        for round_id, meeting_id, user_id in db.execute(query):
            seen[round_id, user_id] += 1
            sizes[meeting_id] += 1
        yield from (f"{who} twice in round {at}" for (at, who), n in seen.items() if n > 1)
        yield from (f"alone in meeting {meeting_id}" for meeting_id, n in sizes.items() if n == 1)

    def _groups(self, db: sqlite3.Connection) -> dict[int, tuple[datetime, set[str]]]:
        query = (
            "select m.id, m.created_at, p.user_id from meetings m join meeting_people p "
            "on p.meeting_id = m.id"
        )
        groups: dict[int, tuple[datetime, set[str]]] = {}
        for meeting_id, created_at, user_id in db.execute(query):
            groups.setdefault(meeting_id, (_instant(created_at), set()))[1].add(user_id)
        return groups

    def kept_apart(self, db: sqlite3.Connection) -> Iterator[str]:
        """Who avoids whom is never put together with them afterwards."""
        for meeting_id, (at, group) in self._groups(db).items():
            for pair, since in self.known.avoided.items():
                if pair <= group and at > since:
                    yield f"meeting {meeting_id} puts {sorted(pair)} together"

    def rested(self, db: sqlite3.Connection) -> Iterator[str]:
        """Nobody on a pause is introduced in a round."""
        query = "select id from meetings where round_id is not null"
        rounds = {meeting_id for (meeting_id,) in db.execute(query)}
        for meeting_id, (at, group) in self._groups(db).items():
            for user_id, since in self.known.paused.items():
                if meeting_id in rounds and user_id in group and at > since:
                    yield f"meeting {meeting_id} takes {user_id} out of a pause"

    def stuck(self, db: sqlite3.Connection) -> Iterator[str]:
        """No message waits for ever."""
        before = (self.sim.clock.now() - STUCK).strftime(STAMP)
        query = "select kind, due_at, error from deliveries where state = 'waiting' and due_at < ?"
        for kind, due_at, error in db.execute(query, (before,)):
            yield f"{kind} of {due_at} still waits ({error})"

    def unintroduced(self, db: sqlite3.Connection) -> Iterator[str]:
        """Every group of a round is introduced, or given up with a cause."""
        before = (self.sim.clock.now() - STUCK).strftime(STAMP)
        query = (
            "select m.id from meetings m where m.created_at < ? and m.closed = 0 and "
            "m.conversation_id is null and not exists (select 1 from deliveries d where "
            "d.meeting_id = m.id and d.kind = 'introduction' and d.error is not null)"
        )
        yield from (f"meeting {i} was never introduced" for (i,) in db.execute(query, (before,)))

    def untold(self, db: sqlite3.Connection) -> Iterator[str]:
        """The hosts read what each round did."""
        before = (self.sim.clock.now() - RECEIPT).strftime(STAMP)
        query = "select id from rounds where receipted = 0 and held_at < ?"
        yield from (f"round {i} has no receipt" for (i,) in db.execute(query, (before,)))

    def floors(self, db: sqlite3.Connection) -> Iterator[str]:
        """No pulse shows anything of fewer answers than the floor."""
        for number, kind, result in db.execute("select id, kind, result from checkins"):
            told = json.loads(result) if result else {}
            if told and kind == "pulse" and told.get("shown") and told.get("count", 0) < FLOOR:
                yield f"pulse {number} shows {told['count']} answers"

    def messages(self) -> Iterator[str]:
        """Nothing is said three times; doubles only where an answer was lost; no crash is read."""
        said: dict[str, int] = defaultdict(int)
        with self.sim.world.lock:
            every = [m for c in self.sim.world.conversations.values() for m in c.messages.values()]
        for message in every:
            if SORRY in message.text or SORRY in json.dumps(message.blocks):
                yield f"somebody reads: {message.text}"
            if name := ((message.metadata or {}).get("event_payload") or {}).get("id"):
                said[name] += 1
        yield from (f"delivery {name} was said {n} times" for name, n in said.items() if n > 2)
        if (doubles := sum(n == 2 for n in said.values())) > self.known.troubles:
            yield f"{doubles} messages doubled by {self.known.troubles} troubles"


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)  # so SQLite keeps them
