"""A channel and its meetings in the database alone: for verbs that ask Slack next to nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Unpack

from bot.meetings import keys
from bot.platform.pacing import Pacer
from bot.platform.services import Services
from bot.platform.settings import made
from bot.platform.slack import Seen, Slack, SlackRefused, seen
from core.outbox.kinds import DeliveryKind, DeliveryState
from core.outbox.outgoing import Outgoing
from core.values import Channel, ChannelSettings, Meeting, Membership, Person, Place, Who
from storage.channels import channels
from storage.meetings import meetings
from storage.meetings.meetings import MeetingChanges, NewMeeting
from storage.outbox import deliveries, looking
from storage.outbox.deliveries import Delivery
from storage.people import memberships, people
from storage.people.rows import MembershipChanges, PersonChanges
from storage.platform.database import Database
from storage.rounds import rounds
from storage.rounds.rounds import NewRound, Round

TEAM = "T1"
PLACE = Place(TEAM, "C1")
MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)  # 10:00 in Berlin
WEEK = timedelta(weeks=1)


class Still:
    """One channel, #coffee (C1), with a clock that stands until it is moved."""

    def __init__(self, db: Database, settings: ChannelSettings | None = None) -> None:
        self.db, self.at = db, MONDAY
        config = made(slack_bot_token="xoxb-still", slack_app_token="xapp-still")
        self.round_id: int | None = None  # of the meetings that are made from now on
        self.here: list[str] = []  # Slack's member list of the channel
        self.gone: set[str] = set()  # whom Slack calls deactivated
        self.refusals: dict[str, str] = {}  # what Slack says when asked about somebody
        self.services = Services(db, self, lambda _team: Here(self), config, Pacer(), Random(7))
        with db.transaction() as tx:
            people.workspace(tx, TEAM)
            channels.add(tx, PLACE, "coffee", "UHOST")
            channels.decide(tx, PLACE, settings or ChannelSettings(), MONDAY + WEEK)

    def now(self) -> datetime:
        """This instant."""
        return self.at

    @property
    def channel(self) -> Channel:
        """#coffee as it is stored."""
        with self.db.reading() as tx:
            found = channels.get(tx, PLACE)
        assert found is not None
        return found

    def person(self, user_id: str, **columns: Unpack[PersonChanges]) -> Person:
        """A colleague, known from now on, with these columns."""
        with self.db.transaction() as tx:
            return people.change(tx, Who(TEAM, user_id), **columns)

    def stands(self, user_id: str, **columns: Unpack[MembershipChanges]) -> Membership:
        """The person's place in the channel, with these columns from now on."""
        with self.db.transaction() as tx:
            memberships.change(tx, PLACE, user_id, **columns)
            return memberships.get(tx, PLACE, user_id)

    def joins(self, *user_ids: str, **columns: Unpack[MembershipChanges]) -> None:
        """They are in the channel and in its rounds."""
        for user_id in user_ids:
            self.here.append(user_id)
            self.stands(user_id, **{"present": True, "opted": True, **columns})

    def rounds(self) -> list[Round]:
        """The channel's rounds, newest first."""
        with self.db.reading() as tx:
            return rounds.latest(tx, PLACE)

    def meetings_of(self, held: Round) -> list[Meeting]:
        """The meetings of a round."""
        with self.db.reading() as tx:
            return meetings.of_round(tx, held.id)

    def holds_a_round(self) -> None:
        """A round begins now, for a week: who is introduced from now on is introduced in it."""
        new = NewRound(1, self.at, self.at, self.at + WEEK, seed=7)
        with self.db.transaction() as tx:
            self.round_id = rounds.open_round(tx, PLACE, new)

    def meeting(self, *user_ids: str, **changes: Unpack[MeetingChanges]) -> Meeting:
        """These people, in the channel's rounds, were introduced now, for a week."""
        for user_id in user_ids:
            self.person(user_id)
            self.stands(user_id, present=True, opted=True)
        new = NewMeeting(user_ids, user_ids[0], self.at, self.at + WEEK, channel_id="C1")
        new = replace(new, round_id=self.round_id)
        arrived = MeetingChanges(conversation_id="G1", message_ts="1.1")
        with self.db.transaction() as tx:
            made = meetings.add(tx, TEAM, new)
            meetings.change(tx, made.id, **{**arrived, **changes})
            return _found(meetings.get(tx, TEAM, made.id))

    def asked(self, meeting: Meeting, *user_ids: str, at: datetime | None = None) -> None:
        """These people have been asked what came of their meeting, two days later at first."""
        at = at or self.at + timedelta(days=2)
        with self.db.transaction() as tx:
            for user_id in user_ids:
                key, words = keys.ask(meeting, "first", user_id), {"text": "Did you?"}
                ask = Outgoing(TEAM, key, DeliveryKind.ASK, words, at, users=(user_id,))
                laid = deliveries.put(tx, replace(ask, meeting_id=meeting.id))
                assert laid is not None
                deliveries.sent(tx, laid, "D1", "1.1", at)

    def again(self, meeting: Meeting) -> Meeting:
        """The meeting as it is stored now."""
        with self.db.reading() as tx:
            return _found(meetings.get(tx, TEAM, meeting.id))

    def laid(self, kind: DeliveryKind) -> list[Delivery]:
        """The messages of this kind that wait, the next due first."""
        with self.db.reading() as tx:
            found = looking.unsent(tx, 1000)
        return [d for d in found if d.kind is kind and d.state is DeliveryState.WAITING]

    def readers(self, kind: DeliveryKind) -> list[str]:
        """Whom the waiting messages of this kind are for."""
        return sorted(user_id for message in self.laid(kind) for user_id in message.users)


def who(user_id: str) -> Who:
    """This person of the one workspace."""
    return Who(TEAM, user_id)


def _found(meeting: Meeting | None) -> Meeting:
    assert meeting is not None
    return meeting


class Here(Slack):
    """Slack's word on who is in the channel and who is gone, and nothing else."""

    def __init__(self, still: Still) -> None:
        self.team_id, self._still = TEAM, still

    def members(self, channel_id: str) -> list[str]:
        return list(self._still.here)

    def person(self, user_id: str) -> Seen:
        """Nobody is special, but those who are gone."""
        if code := self._still.refusals.get(user_id):
            raise SlackRefused(code)
        gone = user_id in self._still.gone
        return seen({"id": user_id, "tz": "Europe/Berlin", "deleted": gone}, TEAM)
