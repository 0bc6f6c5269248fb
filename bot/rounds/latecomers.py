"""Somebody who joins after a round began (P12): introduced to another latecomer, or told when."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from bot.meetings import availability, introductions, times
from bot.platform.services import Services
from bot.rounds.views import notices
from core.values import Channel, Who
from storage.channels import channels
from storage.meetings import meetings
from storage.meetings.meetings import NewMeeting
from storage.people import memberships, people
from storage.rounds import history, rounds


def welcome(services: Services, channel: Channel, user_id: str) -> str | None:
    """What a latecomer reads; None when no round is under way with more than half of it left."""
    now = services.clock.now()
    with services.db.transaction() as tx:
        channels.hold(tx, channel.place)  # of two latecomers at once, the second finds the first
        latest = rounds.latest(tx, channel.place, 1)
        if not latest or not _half_left(latest[0], now):
            return None
        in_round = {u for m in meetings.of_round(tx, latest[0].id) for u in m.user_ids}
        paused = availability.paused(people.require(tx, Who(channel.team_id, user_id)), now)
        if user_id in in_round or channel.next_due_at is None or paused:
            return None
        partner = _waiting(tx, channel, user_id, latest[0].held_at, now)
        if partner is None:
            memberships.change(tx, channel.place, user_id, waiting_since=now)
            return notices.latecomer_waits(channel.id, channel.next_due_at)
        _introduce(tx, channel, latest[0].ends_at, [partner, user_id], now)
    return notices.joined_late(channel)


def _half_left(latest: rounds.Round, now: datetime) -> bool:
    return latest.held_at <= now < latest.held_at + (latest.ends_at - latest.held_at) / 2


def _waiting(
    tx: Session, channel: Channel, user_id: str, since: datetime, now: datetime
) -> str | None:
    """The one who has waited longest and may be introduced to this person."""
    waiting = sorted(
        (m.waiting_since, m.user_id)
        for m in memberships.of_channel(tx, channel.place).values()
        if m.waiting_since and m.waiting_since >= since and m.opted and m.present
    )
    for _, other in waiting:
        blocked = people.blocks(tx, channel.team_id, [user_id, other])
        person = people.require(tx, Who(channel.team_id, other))
        paused = availability.paused(person, now)
        if other != user_id and not (blocked or paused or person.deleted):
            return other
    return None


def _introduce(
    tx: Session, channel: Channel, ends_at: datetime, pair: list[str], now: datetime
) -> None:
    members = [people.require(tx, Who(channel.team_id, user_id)) for user_id in pair]
    organiser = min(members, key=lambda person: (person.organised, person.id))
    people.add_organised(tx, channel.team_id, [organiser.id])
    begun = NewMeeting(tuple(pair), organiser.id, now, ends_at, channel_id=channel.id)
    meeting = meetings.add(tx, channel.team_id, begun)
    history.pack_meeting(tx, meeting, [person.number for person in members])
    for person in members:
        memberships.change(tx, channel.place, person.id, waiting_since=None)
    begins = times.starts(members, channel, now, ends_at)
    meeting = introductions.prepare(tx, meeting, members, channel, begins)
    introductions.lay_introduction(tx, meeting, members, begins)
