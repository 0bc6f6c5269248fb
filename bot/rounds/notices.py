"""The notice of a round: on the channel's last working day before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.meetings import availability
from bot.platform import closed_days
from bot.platform.services import Services
from bot.rounds import keys, participants
from bot.rounds.views import notices
from core.ledger import budget, hours
from core.outbox.kinds import ENOUGH, NOT_NEEDED, DeliveryKind
from core.outbox.outgoing import Outgoing
from core.values import Channel, Notice, Person, Place, Who
from storage.channels import channels
from storage.outbox import deliveries
from storage.outbox.deliveries import Delivery
from storage.people import memberships, people
from storage.rounds import rounds

DAY_BEFORE = timedelta(hours=24)
EARLY = timedelta(hours=48)  # it lies ready so long before: for some the day before begins sooner
SHORTEST = timedelta(hours=40)  # rounds closer together than this are not announced each time


def give_notice(services: Services, channel: Channel) -> None:
    """The notice of the last working day before, once for each due time (P8, P16).

    It is laid down ahead, for the channel's day before, or for that of whoever reads it alone.
    """
    now, due_at = services.clock.now(), channel.next_due_at
    if due_at is None or channel.noticed_for == due_at:
        return
    if channel.notice_at is None:
        channel = _reckoned(services, channel, due_at)
    at = announced_at(channel, due_at, now)
    if channel.notice_at is None or not channel.notice_at <= now < due_at or at >= due_at:
        return
    with services.db.reading() as tx:
        redundant = _knows_already(tx, channel, due_at, at)
    gathering = participants.gather(services, channel, due_at)
    with services.db.transaction() as tx:
        fresh = channels.hold(tx, channel.place)
        if fresh is None or fresh.next_due_at != due_at or fresh.noticed_for == due_at:
            return  # a host has moved it, or another beat was here
        channels.change(tx, channel.place, noticed_for=due_at)
        decided = gathering.decision
        if not redundant and decided.taking_part:
            readers = [gathering.people[user_id] for user_id in decided.taking_part]
            _lay_notice(tx, channel, readers, due_at, (at, now))
        for user_id in decided.to_ask:
            _ask_about_status(tx, channel, gathering.people[user_id], due_at, now)


def announced_at(channel: Channel, due_at: datetime, now: datetime) -> datetime:
    """When the round is announced in the channel: on its last working day before, at its time."""
    at = _channels_day_before(channel, due_at)
    if at >= now:
        return at
    # The date was moved, or nobody ran: not at night for that.
    closed, zone = closed_days.days_off(channel.settings), channel.settings.cadence.zone
    week = hours.working_week(channel.settings.cadence.weekdays)
    return hours.reaches(hours.by_day(week, zone, closed), now) or due_at


def _channels_day_before(channel: Channel, due_at: datetime) -> datetime:
    settings = channel.settings
    closed, week = closed_days.days_off(settings), hours.working_week(settings.cadence.weekdays)
    return hours.day_before(due_at, settings.cadence.zone, week, closed)


def chosen_anew(tx: Session, before: Channel, after: Channel, now: datetime) -> None:
    """Rounds are announced another way from now on: so is the next, unless that is said already."""
    due_at, kept = after.next_due_at, before.settings.notice is after.settings.notice
    if not kept and due_at is not None and now < _channels_day_before(after, due_at):
        channels.change(tx, after.place, noticed_for=None)


def unneeded(services: Services, delivery: Delivery) -> str | None:
    """Why a notice, or the question about a status, is left out; None where it still helps.

    It lies ready for days: the round may be moved meanwhile, or its reader be out of it.
    """
    place = Place(delivery.team_id, delivery.channel_id or delivery.about or "")
    with services.db.reading() as tx:
        channel = channels.get(tx, place)
        if channel is None:
            return None  # of a version before, which did not note what it is about
        due_at = channel.next_due_at
        if not channel.active or due_at is None or due_at != delivery.expires_at:
            return NOT_NEEDED
        kept = delivery.kind is not DeliveryKind.NOTICE or channel.settings.notice is _way(delivery)
        if kept and delivery.users:
            person = people.require(tx, Who(place.team, delivery.users[0]))
            own = memberships.get(tx, channel.place, person.id)
            decided = participants.of_next(person, own, channel, due_at)
            if delivery.kind is DeliveryKind.STATUS:
                return None if decided.to_ask else NOT_NEEDED
            if person.unanswered >= budget.SILENT:
                return ENOUGH  # nothing but introductions before they say a word (P18)
            return None if decided.taking_part else NOT_NEEDED
    there = kept and participants.gather(services, channel, due_at).decision.taking_part
    return None if there else NOT_NEEDED


def _way(delivery: Delivery) -> Notice:
    return Notice.DM if delivery.users else Notice.CHANNEL


def _reckoned(services: Services, channel: Channel, due_at: datetime) -> Channel:
    """From when on the notice of this round may be laid down."""
    lies_ready = announced_at(channel, due_at, services.clock.now()) - EARLY
    with services.db.transaction() as tx:
        fresh = channels.hold(tx, channel.place)
        if fresh is None or (fresh.next_due_at, fresh.settings) != (due_at, channel.settings):
            return channel  # a host has moved it: the next beat reads what is so now
        channels.change(tx, channel.place, notice_at=lies_ready)
    return replace(channel, notice_at=lies_ready)


def _knows_already(tx: Session, channel: Channel, due_at: datetime, at: datetime) -> bool:
    """Rounds come every day or so, or the channel was told of the next one a day before `at`."""
    opening = deliveries.by_key(tx, channel.team_id, keys.opening(channel, channel.round_count))
    if opening is not None and opening.due_at > at - DAY_BEFORE:
        return True
    latest = rounds.latest(tx, channel.place, 1)
    return bool(latest) and due_at - latest[0].due_at < SHORTEST


def _day_before(channel: Channel, person: Person, due_at: datetime, now: datetime) -> datetime:
    """When the person reads it: on their own last working day before, at the round's time there."""
    here = due_at.astimezone(ZoneInfo(channel.settings.cadence.zone)).time()
    closed = closed_days.holidays_of(channel.settings)
    return max(now, availability.day_before(person, due_at, here, closed))


def _ask_about_status(
    tx: Session, channel: Channel, person: Person, due_at: datetime, now: datetime
) -> None:
    until = availability.away_until(person, due_at)
    if until is None:
        return
    payload = notices.status_hint(channel, until, due_at)
    deliveries.put(
        tx,
        Outgoing(
            channel.team_id,
            keys.status(person.id, until),
            DeliveryKind.STATUS,
            payload,
            _day_before(channel, person, due_at, now),
            users=(person.id,),
            expires_at=due_at,
            about=channel.id,
        ),
    )


def _lay_notice(
    tx: Session,
    channel: Channel,
    readers: Sequence[Person],
    due_at: datetime,
    at_and_now: tuple[datetime, datetime],
) -> None:
    at, now = at_and_now
    if channel.settings.notice is Notice.CHANNEL:
        key, payload = keys.notice(channel, due_at), notices.day_before(channel, due_at)
        post = Outgoing(channel.team_id, key, DeliveryKind.NOTICE, payload, at)
        deliveries.put(tx, replace(post, channel_id=channel.id, expires_at=due_at))
    elif channel.settings.notice is Notice.DM:
        payload = notices.day_before_to(channel, due_at)
        for person in readers:
            key = keys.notice(channel, due_at, person.id)
            when = _day_before(channel, person, due_at, now)
            word = Outgoing(channel.team_id, key, DeliveryKind.NOTICE, payload, when)
            own = replace(word, users=(person.id,), expires_at=due_at, about=channel.id)
            deliveries.put(tx, own)
