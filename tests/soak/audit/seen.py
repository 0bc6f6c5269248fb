"""What the auditor has before it: rows, messages as Slack holds them, what the life knows."""

from __future__ import annotations

import json
import re
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar, cast

from simulator import Simulator
from simulator.world.records import Message
from tests.soak.known import Known

Row = Mapping[str, Any]
T = TypeVar("T")
KEPT = timedelta(days=75)
LATELY = timedelta(days=10)
MENTION = re.compile(r"<@(\w+)")
TABLES = {
    "rounds": "id, number, due_at, held_at, ends_at, receipt, receipted",
    "meetings": (
        "id, round_id, kind, organiser, odd, created_at, ends_at, conversation_id, message_ts, "
        "proposals, agreed_at, closed, channel_id"
    ),
    "meeting_people": "meeting_id, user_id, outcome, picks",
    "deliveries": (
        "id, dedupe_key, kind, method, users, channel_id, asked_by, meeting_id, round_id, state, "
        "doubts, due_at, expires_at, attempts, error, posted_channel, posted_ts, sent_at, ends_at"
    ),
    "checkins": (
        "id, kind, asker, contract, phase, opens_at, closes_at, schedule_id, invited, answers, "
        "posted_ts, reminded, result, reply"
    ),
    "checkin_answers": "checkin_id, user_id, words",
    "checkin_schedules": "id, asker, kind, next_due_at, active",
    "memberships": "user_id, present, opted, skipping, last_round, waiting_since",
    "people": "user_id, number, deleted, unanswered, organised, paused_until, requests",
    "channels": "channel_id, active, next_due_at, round_count",
    "hands": "id, user_id, state, until, meeting_id",
    "impromptu_queue": "user_id, since, until",
    "searches": "meeting_id, user_id, since, until, ended, found_id",
    "round_packs": "round_id, meeting_id, members, sizes",
}
INSTANTS = {
    "due_at", "held_at", "ends_at", "created_at", "agreed_at", "expires_at", "sent_at", "opens_at",
    "closes_at", "until", "since", "waiting_since", "next_due_at",
}  # fmt: skip
JSONS = {"users", "receipt", "proposals", "picks", "contract", "result", "reply", "words"}


@dataclass(frozen=True)
class Said:
    """A message of the app's in Slack that an outgoing row has laid down."""

    delivery: str
    channel: str
    kind: str  # of conversation
    at: datetime
    message: Message

    @cached_property
    def mentions(self) -> frozenset[str]:
        """Everybody whom it named when it was new."""
        first = self.message.versions[0] if self.message.versions else self.message.blocks
        return frozenset(MENTION.findall(json.dumps(first) + self.message.text))


class Memory:
    """What was read before and is the same now need not be read again."""

    def __init__(self) -> None:
        self._rows: dict[str, dict[tuple[Any, ...], Row]] = {}
        self._texts: dict[tuple[str, str, int], str] = {}

    def rows(self, db: sqlite3.Connection, table: str, columns: str) -> list[Row]:
        """All rows of a table, with what is in them made out."""
        names = columns.split(", ")
        before, now = self._rows.get(table, {}), {}
        for raw in db.execute(f"select {columns} from {table}"):
            now[raw] = before.get(raw) or {n: _value(n, v) for n, v in zip(names, raw, strict=True)}
        self._rows[table] = now
        return list(now.values())

    def text(self, message: Message) -> str:
        """All that a message shows or has shown, as JSON."""
        key = (message.channel, message.ts, len(message.versions))
        if key not in self._texts:
            self._texts[key] = json.dumps([message.text, message.blocks, message.versions])
        return self._texts[key]


class Seen:
    """Everything as it is at this moment."""

    def __init__(self, sim: Simulator, file: Path, known: Known, memory: Memory) -> None:
        self.known, self.now, self.memory = known, sim.clock.now(), memory
        self.bot = sim.bot_user_id
        self._reckoned: dict[str, Any] = {}
        with sim.world.lock:
            self.conversations = dict(sim.world.conversations)
            self.messages = [m for c in self.conversations.values() for m in c.messages.values()]
        db = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
        try:
            self.tables = {table: memory.rows(db, table, names) for table, names in TABLES.items()}
        finally:
            db.close()

    def rows(self, table: str) -> list[Row]:
        """All rows of a table."""
        return self.tables[table]

    @cached_property
    def deliveries(self) -> dict[str, Row]:
        """The outgoing rows, by id."""
        return {row["id"]: row for row in self.rows("deliveries")}

    @cached_property
    def said(self) -> dict[str, list[Said]]:
        """What was said for each outgoing row, by its id."""
        found: dict[str, list[Said]] = defaultdict(list)
        for message in self.messages:
            name = ((message.metadata or {}).get("event_payload") or {}).get("id")
            if name:
                conversation = self.conversations[message.channel]
                at = datetime.fromtimestamp(float(message.ts), UTC)
                found[name].append(Said(name, message.channel, conversation.kind, at, message))
        return found

    @cached_property
    def _said_by_kind(self) -> dict[str, list[tuple[Row, Said]]]:
        found: dict[str, list[tuple[Row, Said]]] = defaultdict(list)
        for row in self.deliveries.values():
            for said in self.said.get(row["id"], []):
                found[row["kind"]].append((row, said))
        return found

    def said_of_kind(self, *kinds: str) -> list[tuple[Row, Said]]:
        """Each message of these kinds that stands in Slack, with its row."""
        return [one for kind in kinds for one in self._said_by_kind.get(kind, [])]

    @cached_property
    def rounds(self) -> list[Row]:
        """The rounds of late: those before were looked at on each of the days after."""
        return [row for row in self.rows("rounds") if self.now - row["held_at"] < LATELY]

    @cached_property
    def together(self) -> dict[int, dict[int, list[str]]]:
        """The groups of each round by meeting, without those that came to nothing."""
        return {
            row["id"]: {
                meeting["id"]: self.groups[meeting["id"]]
                for meeting in self.of_round[row["id"]]
                if self.groups[meeting["id"]]
            }
            for row in self.rows("rounds")
        }

    @cached_property
    def groups(self) -> dict[int, list[str]]:
        """The people of each meeting."""
        found: dict[int, list[str]] = defaultdict(list)
        for row in self.rows("meeting_people"):
            found[row["meeting_id"]].append(row["user_id"])
        return found

    @cached_property
    def meetings(self) -> dict[int, Row]:
        """The meetings, by id."""
        return {row["id"]: row for row in self.rows("meetings")}

    @cached_property
    def of_round(self) -> dict[int, list[Row]]:
        """The meetings of each round."""
        found: dict[int, list[Row]] = defaultdict(list)
        for meeting in self.rows("meetings"):
            if meeting["round_id"] is not None:
                found[meeting["round_id"]].append(meeting)
        return found

    @cached_property
    def scheduled(self) -> list[Row]:
        """The rounds that no host has asked for, oldest first."""
        minutes = {at.replace(second=0, microsecond=0) for at in self.known.runs}
        rounds = sorted(self.rows("rounds"), key=lambda row: (row["held_at"], row["id"]))
        return [row for row in rounds if row["due_at"] not in minutes]

    def reckoned(self, name: str, reckon: Callable[[Seen], T]) -> T:
        """What follows from all this, reckoned once."""
        if name not in self._reckoned:
            self._reckoned[name] = reckon(self)
        return cast(T, self._reckoned[name])

    def forgotten(self, at: datetime) -> bool:
        """Whether this is so long ago that the messages about it may be cleared away."""
        return self.now - at > KEPT

    def overdue(self, at: datetime, within: timedelta) -> bool:
        """Whether what was owed at `at` should have come by now, whatever stood in its way.

        Of long ago it is not asked any more: it was, on the day after.
        """
        if self.forgotten(at):
            return False
        deadline = self.known.deadline(at, within)
        return deadline is not None and self.now > deadline


def _value(name: str, raw: Any) -> Any:
    if name == "members" or name == "sizes" or raw is None:
        return raw
    if name in INSTANTS:
        return datetime.fromisoformat(raw).replace(tzinfo=UTC)  # so SQLite keeps them
    return json.loads(raw) if name in JSONS else raw
