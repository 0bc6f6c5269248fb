"""What stands in Slack and what the database knows of it, looked at every day to be counted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlmodel import Session, col, select

from core.outbox.kinds import DeliveryKind as Kind
from core.outbox.kinds import Method
from core.values import Outcome
from simulator.blocks import elements
from simulator.world.records import Message
from storage.checkins.rows import CheckInRow
from storage.meetings.rows import MeetingPersonRow, MeetingRow
from storage.outbox.rows import DeliveryRow
from storage.rounds.rows import RoundRow
from tests.town import Town

REDRAWN_WITHIN = timedelta(hours=24)
TALK = timedelta(minutes=30)
ANYTHING_ELSE = timedelta(days=14)  # after which what has no end of its own has ended
OF_A_MEETING = {Kind.INTRODUCTION, Kind.AGREED, Kind.ASK, Kind.NUDGE, Kind.HAND_WISH}
BEFORE_A_ROUND = {Kind.NOTICE, Kind.STATUS}
OF_A_CHECK_IN = {Kind.CHECKIN, Kind.CHECKIN_REMINDER, Kind.ITEM}


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message that went out: what it was, to whom, and what about."""

    kind: Kind
    users: tuple[str, ...]
    asked_by: str | None
    meeting: int | None
    round: int | None
    about: str | None
    checkin: int | None


@dataclass(frozen=True, slots=True)
class Reading:
    """A message as one person has it before them; `out` is None for the answer to a press."""

    user: str
    at: datetime
    where: str  # the kind of conversation
    message: Message
    out: Outgoing | None


class Watch:
    """Everything that was said, who met whom, and which buttons have outlived what they are for."""

    def __init__(self, town: Town) -> None:
        self._town = town
        self.out: dict[tuple[str, str], Outgoing] = {}
        self.meetings: dict[int, MeetingRow] = {}
        self.members: dict[int, list[str]] = {}
        self.rounds: dict[int, RoundRow] = {}
        self.overdue: dict[tuple[str, str], tuple[Kind | None, datetime]] = {}
        self.checkins: dict[int, CheckInRow] = {}
        self._answered: dict[tuple[str, str], datetime] = {}  # questions, by where they stand
        self._met: dict[int, datetime] = {}
        self._told: set[tuple[int, str]] = set()  # who has answered, about which meeting
        self._since = datetime.min.replace(tzinfo=UTC)

    @property
    def now(self) -> datetime:
        """The one clock."""
        now: datetime = self._town.clock.now()
        return now

    def look(self) -> None:
        """Read what is new, and note the buttons that should be gone."""
        now = self.now
        with self._town.db.reading() as tx:
            self._reads(tx, now)
            tx.expunge_all()
        for message in self.messages():
            self._notes_an_answer(message)
            if is_live(message):
                ends = self.ends(message)
                if now - ends > REDRAWN_WITHIN:
                    out = self.out.get((message.channel, message.ts))
                    key = (message.channel, message.ts)
                    self.overdue.setdefault(key, (out.kind if out else None, ends))

    def messages(self) -> list[Message]:
        """What Kettle has said and more than one glance can see: all but the ephemeral."""
        with self._town.sim.world.lock:
            return [
                message
                for conversation in self._town.sim.world.conversations.values()
                for message in conversation.messages.values()
                if message.by_app and not message.ephemeral_to
            ]

    def readings(self) -> Iterator[Reading]:
        """Every message once for each who has it before them, oldest first."""
        kinds = self._town.sim.world.conversations
        for message in sorted(self.messages(), key=lambda one: float(one.ts)):
            conversation = kinds[message.channel]
            at = datetime.fromtimestamp(float(message.ts), UTC)
            out = self.out.get((message.channel, message.ts))
            for user in conversation.members:
                if user == self._town.sim.bot_user_id:
                    continue
                yield Reading(user, at, conversation.kind, message, out)

    def ends(self, message: Message) -> datetime:
        """When what a message offers is over, however it looks."""
        said = datetime.fromtimestamp(float(message.ts), UTC)
        out = self.out.get((message.channel, message.ts))
        if out is None:
            return said + ANYTHING_ELSE
        if out.kind in BEFORE_A_ROUND:
            return self.next_round(out.about or message.channel, said) or self.now
        if (checkin := self.checkins.get(out.checkin or 0)) is not None:
            ahead = out.kind is Kind.CHECKIN_REMINDER and out.users  # to whoever asks
            return checkin.opens_at if ahead else checkin.closes_at
        meeting = self.meetings.get(out.meeting or 0)
        if meeting is None or out.kind not in OF_A_MEETING:
            return said + ANYTHING_ELSE
        over = meeting.ends_at
        if meeting.agreed_at is not None and out.kind is not Kind.ASK:
            over = max(over, meeting.agreed_at + TALK)
        if out.kind is Kind.ASK:
            answered = self._answered.get((message.channel, message.ts), over)
            over = min(over, answered, self._met.get(meeting.id or 0, over))
        return over

    def next_round(self, channel: str, at: datetime) -> datetime | None:
        """When the first round of the channel after `at` was due; None while it is to come."""
        due = [r.due_at for r in self.rounds.values() if r.channel_id == channel and r.due_at > at]
        return min(due, default=None)

    def _notes_an_answer(self, message: Message) -> None:
        """An answer is drawn where it was asked for: one to the question before is none to this."""
        at = (message.channel, message.ts)
        out = self.out.get(at)
        if out is None or out.kind is not Kind.ASK or message.edited is None:
            return
        if (out.meeting or 0, out.users[0]) in self._told:
            self._answered.setdefault(at, datetime.fromtimestamp(float(message.edited["ts"]), UTC))

    # -- the database -----------------------------------------------------------

    def _reads(self, tx: Session, now: datetime) -> None:
        query = select(DeliveryRow).where(col(DeliveryRow.sent_at) >= self._since)
        for row in tx.exec(query.where(DeliveryRow.method != Method.UPDATE)):
            if row.posted_channel and row.posted_ts:
                self.out[row.posted_channel, row.posted_ts] = _outgoing(row)
        self._since = now - timedelta(minutes=1)
        self.meetings = {row.id: row for row in tx.exec(select(MeetingRow)) if row.id}
        self.rounds = {row.id: row for row in tx.exec(select(RoundRow)) if row.id}
        self.members = {}
        people = select(
            MeetingPersonRow.meeting_id, MeetingPersonRow.user_id, MeetingPersonRow.outcome
        )
        for meeting, user, outcome in tx.exec(people):
            self.members.setdefault(meeting, []).append(user)
            if outcome is not None:
                self._told.add((meeting, user))
            if outcome is Outcome.MET:
                self._met.setdefault(meeting, now)
        self.checkins = {row.id: row for row in tx.exec(select(CheckInRow)) if row.id}


def is_live(message: Message) -> bool:
    """Whether there is anything to press in it that does more than open a page."""
    return any(
        element.get("action_id") and not element.get("url")
        for _, element in elements.walk(message.blocks)
    )


def _outgoing(row: DeliveryRow) -> Outgoing:
    number = row.dedupe_key.split(":")[1]
    return Outgoing(
        row.kind,
        tuple(row.users),
        row.asked_by,
        row.meeting_id,
        row.round_id,
        row.about,
        int(number) if row.kind in OF_A_CHECK_IN and number.isdecimal() else None,
    )
