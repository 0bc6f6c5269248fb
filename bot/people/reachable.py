"""Whom a message reaches when: nobody reads at night what they have not asked for (P16)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlmodel import Session

from bot.meetings import availability, times
from bot.platform import closed_days
from bot.platform.services import Services
from core.cadence import Closed
from core.ledger import hours
from core.values import Place, Who
from storage.channels import channels
from storage.meetings import meetings
from storage.outbox.deliveries import Delivery
from storage.people import people

LATE = timedelta(minutes=15)
NEVER = datetime.min.replace(tzinfo=UTC)


def in_their_hours(services: Services, delivery: Delivery, now: datetime) -> datetime:
    """The first instant in the working hours of its one reader, on a day that is not off.

    For a post in a channel: by day where its rounds are, on a day on which it works. At once: in a
    group, to whoever pressed for it, and to somebody of whom Slack has told nothing yet, a zone
    neither.
    """
    if delivery.channel_id is not None and not delivery.users and delivery.asked_by is None:
        return _in_channels_day(services, Place(delivery.team_id, delivery.channel_id), now)
    alone = len(delivery.users) == 1 and delivery.channel_id is None
    if not alone or delivery.asked_by == delivery.users[0]:
        return now
    with services.db.reading() as tx:
        person = people.get(tx, Who(delivery.team_id, delivery.users[0]))
        if person is None or people.stale(tx, delivery.team_id, delivery.users, NEVER):
            return now
        return availability.reached(person, now, _closed(tx, delivery))


def _in_channels_day(services: Services, place: Place, now: datetime) -> datetime:
    with services.db.reading() as tx:
        channel = channels.get(tx, place)
    if channel is None:
        return now
    cadence, closed = channel.settings.cadence, closed_days.days_off(channel.settings)
    week = hours.working_week(cadence.weekdays)
    return hours.reaches(hours.by_day(week, cadence.zone, closed), now) or now


def in_their_day(services: Services, delivery: Delivery, now: datetime) -> datetime:
    """For the introduction of a round, which was laid for its moment: another one, where an outage,
    a stop or the pace of many has carried it past that and into somebody's night."""
    if delivery.meeting_id is None:
        return now
    with services.db.reading() as tx:
        meeting = meetings.get(tx, delivery.team_id, delivery.meeting_id)
        channel = channels.get(tx, Place(delivery.team_id, (meeting and meeting.channel_id) or ""))
        if meeting is None or channel is None:
            return now  # they pressed for each other, and are there
        members = list(people.some(tx, delivery.team_id, delivery.users).values())
    planned = times.starts(members, channel, meeting.created_at, meeting.ends_at)
    on_time = now - LATE < planned  # when it is due says nothing: that moves with the pace
    return now if on_time else times.starts(members, channel, now, meeting.ends_at)


def _closed(tx: Session, delivery: Delivery) -> Closed:
    """The holidays of the channel that it is about."""
    place = delivery.about
    if place is None and delivery.meeting_id is not None:
        meeting = meetings.get(tx, delivery.team_id, delivery.meeting_id)
        place = meeting.channel_id if meeting else None
    found = channels.get(tx, Place(delivery.team_id, place)) if place else None
    if found is None:
        return ()
    return closed_days.holidays_of(found.settings)
