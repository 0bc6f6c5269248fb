"""How much one person hears unasked, in a day and in a round (P18): `core/ledger/budget.py`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.meetings import availability, introductions, times
from bot.meetings import keys as meeting_keys
from bot.people import reachable
from bot.platform import zones
from bot.platform.services import Services
from bot.rounds import notices, participants
from bot.views.blocks import Message
from core import slots
from core.ledger import budget
from core.ledger.hours import AHEAD
from core.outbox.kinds import ENOUGH
from core.outbox.kinds import DeliveryKind as Kind
from core.outbox.muting import is_optional
from core.values import Channel, Meeting, Notice, Person, Place, Who
from storage.channels import channels
from storage.meetings import meetings
from storage.outbox import readers
from storage.outbox.deliveries import Delivery
from storage.outbox.readers import Had
from storage.people import memberships, people

SOON = slots.LEAD / 2  # an introduction held up until a time is nearer offers others
Span = tuple[datetime, datetime]


def in_turn(services: Services, delivery: Delivery, now: datetime) -> datetime:
    """In the hours of its one reader, on a day on which nothing more important comes for them."""
    at = reachable.in_their_hours(services, delivery, now)
    perhaps_there = delivery.doubts > 0
    if at > now or perhaps_there or len(delivery.users) != 1 or delivery.channel_id is not None:
        return at
    with services.db.reading() as tx:
        person = people.get(tx, Who(delivery.team_id, delivery.users[0]))
        if person is None or delivery.asked_by == person.id:
            return now
        who, (begins, ends) = Who(delivery.team_id, person.id), day(person, now)
        had = _kinds(readers.had(tx, who, budget.RANKED, begins, ends), who)
        waiting = _today(readers.to_come(tx, who, budget.RANKED, ends), person, ends)
        to_come = _kinds(waiting, who)
        to_come += _planned(tx, delivery, person, (now, ends))
    if not budget.waits_its_turn(delivery.kind, had, to_come):
        return now
    return reachable.in_their_hours(services, delivery, ends)


def in_their_turn(services: Services, delivery: Delivery, now: datetime) -> datetime:
    """For an introduction of a round: another day, where one of them has another one today."""
    at = reachable.in_their_day(services, delivery, now)
    if at > now or delivery.doubts or delivery.round_id is None or delivery.meeting_id is None:
        return at
    with services.db.reading() as tx:
        meeting = meetings.get(tx, delivery.team_id, delivery.meeting_id)
        channel = channels.get(tx, Place(delivery.team_id, (meeting and meeting.channel_id) or ""))
        if meeting is None or channel is None:
            return now
        members = list(people.some(tx, delivery.team_id, delivery.users).values())
        if _free(tx, delivery, members, now, planned=False):  # of two for now, one has to go
            return now
        until = meeting.created_at + min(
            AHEAD, (meeting.ends_at - meeting.created_at) / times.SHARE
        )
        later = times.moments(members, channel, now, until)
        return next((one for one in later if _free(tx, delivery, members, one)), now)


def still_to_come(services: Services, delivery: Delivery) -> Message | None:
    """The introduction with other times, where it was held up until one of them is too soon."""
    now = services.clock.now()
    if delivery.meeting_id is None:
        return None
    with services.db.transaction() as tx:
        meeting = meetings.hold(tx, delivery.team_id, delivery.meeting_id)
        if meeting is None or all(at >= now + SOON for at in meeting.proposals):
            return None
        people.hold_all(tx, meeting.team_id, meeting.user_ids)
        members = list(people.some(tx, meeting.team_id, meeting.user_ids).values())
        channel = channels.get(tx, Place(meeting.team_id, meeting.channel_id or ""))
        meeting = introductions.prepare(tx, meeting, members, channel, now)
        return introductions.render(
            meeting, members, changed=meeting_keys.is_of_fewer(delivery.key)
        )


def enough(services: Services, delivery: Delivery) -> str | None:
    """Why a question or a nudge of a round is left out; None where there is room for it."""
    if delivery.meeting_id is None or len(delivery.users) != 1:
        return None
    now, who = services.clock.now(), Who(delivery.team_id, delivery.users[0])
    with services.db.reading() as tx:
        meeting = meetings.get(tx, delivery.team_id, delivery.meeting_id)
        channel = channels.get(tx, Place(delivery.team_id, (meeting and meeting.channel_id) or ""))
        person = people.get(tx, who)
        if meeting is None or channel is None or person is None:
            return None
        if _overtaken(tx, who, delivery, now) or availability.paused(person, now):
            return ENOUGH
        if meeting.agreed_at is None and _is_past(tx, who, meeting, now):
            return ENOUGH
        had = _of_round(tx, who, meeting, channel, now)
    notice = _notice_to_come(channel, meeting) and Kind.NOTICE not in had
    organises = meeting.organiser == person.id
    found = budget.is_enough(delivery.kind, had, person.unanswered, organises, notice)
    return ENOUGH if found else None


def _notice_to_come(channel: Channel, meeting: Meeting) -> bool:
    """Whether a message of their own will tell them of the round after the meeting's."""
    due = channel.next_due_at
    by_dm = channel.settings.notice is Notice.DM
    return by_dm and due is not None and due - meeting.created_at >= notices.SHORTEST


def day(person: Person, at: datetime) -> Span:
    """The person's own calendar day, from its begin (UTC) to that of the next."""
    zone = ZoneInfo(zones.known(person.zone))
    today = at.astimezone(zone).date()
    begins, ends = (datetime.combine(today + timedelta(days=n), time(), zone) for n in (0, 1))
    return begins.astimezone(at.tzinfo), ends.astimezone(at.tzinfo)


def _kinds(found: Iterable[Had], who: Who) -> list[Kind]:
    """The kinds of those that count; what somebody pressed for does not, a coffee now neither."""
    return [
        one.kind
        for one in found
        if one.asked_by != who.user
        and (one.kind is not Kind.INTRODUCTION or one.round_id is not None)
    ]


def _today(waiting: Iterable[Had], person: Person, ends: datetime) -> Iterator[Had]:
    """Those of them that do come to the person before their day ends."""
    for one in waiting:
        if person.muted and is_optional(one.kind):
            continue
        by_hours = one.kind is not Kind.INTRODUCTION  # that is gathered by day, not by hours
        if not by_hours or availability.reached(person, one.at) < ends:
            yield one


def _planned(tx: Session, delivery: Delivery, person: Person, within: Span) -> Iterator[Kind]:
    """An introduction for each round that begins in that time, of those that they are in."""
    new_in = delivery.about if delivery.kind in (Kind.NEWCOMER, Kind.WELCOME) else None
    for own in memberships.of_person(tx, Who(delivery.team_id, person.id)):
        channel = channels.get(tx, Place(delivery.team_id, own.channel_id))
        if channel is None or not channel.active or not channel.started or channel.id == new_in:
            continue
        due = channel.next_due_at
        if due is None or not within[0] <= due < within[1]:
            continue
        if participants.is_in(person, own, channel, due):
            yield Kind.INTRODUCTION


def _free(
    tx: Session, delivery: Delivery, members: list[Person], at: datetime, planned: bool = True
) -> bool:
    """Whether none of them has an introduction of another round on the day it is for them then.

    With `planned`, one that is still to come counts as well.
    """
    kinds = (Kind.INTRODUCTION,)
    for person in members:
        who, (begins, ends) = Who(delivery.team_id, person.id), day(person, at)
        others = readers.had(tx, who, kinds, begins, ends)
        if planned:
            others += [one for one in readers.to_come(tx, who, kinds, ends) if one.at >= begins]
        if any(one.round_id not in (None, delivery.round_id) for one in others):
            return False
    return True


def _overtaken(tx: Session, who: Who, delivery: Delivery, now: datetime) -> bool:
    """Whether a newer question about the same meeting is due as well: after a stop, one is enough.

    To get it going is not asked for any more then either.
    """
    waiting = readers.to_come(tx, who, (Kind.ASK,), now + timedelta(seconds=1))
    same = [one.id for one in waiting if one.meeting_id == delivery.meeting_id]
    return bool(same) and same[-1] != delivery.id


def _is_past(tx: Session, who: Who, meeting: Meeting, now: datetime) -> bool:
    """Whether its round is over, and they have been introduced to somebody in another one since."""
    if meeting.ends_at > now:
        return False
    had = readers.had(tx, who, (Kind.INTRODUCTION,), meeting.ends_at, now + timedelta(seconds=1))
    return any(one.round_id is not None for one in had)


def _of_round(
    tx: Session, who: Who, meeting: Meeting, channel: Channel, now: datetime
) -> list[Kind]:
    """What this person had since the meeting's round began, of that channel."""
    found = readers.had(tx, who, budget.RANKED, meeting.created_at, now + timedelta(seconds=1))
    return _kinds(
        (one for one in found if one.meeting_id == meeting.id or one.about == channel.id), who
    )
