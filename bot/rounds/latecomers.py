"""Somebody who came late to a round, or is in no group of it (P12): who waits, who is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from sqlmodel import Session

from bot.meetings import availability
from bot.meetings.second import pool
from bot.platform.services import Services
from bot.rounds.views import notices
from bot.views.blocks import Message
from core.outbox.kinds import NOT_NEEDED, DeliveryKind
from core.outbox.outgoing import Key, Outgoing
from core.values import Channel, Meeting, Place, Who
from storage.channels import channels
from storage.meetings import meetings
from storage.outbox.deliveries import Delivery
from storage.people import memberships, people
from storage.rounds import rounds

NEWS = timedelta(days=1)  # so long somebody is told at least that a round had nobody for them


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
        partner = pool.partner(tx, channel, user_id, now)
        if partner is None:
            memberships.change(tx, channel.place, user_id, waiting_since=now)
            return notices.latecomer_waits(channel.id, channel.next_due_at)
        pool.introduce(tx, channel, latest[0].ends_at, [partner, user_id], now)
    return notices.joined_late(channel)


def word(
    meeting: Meeting, key: Key, kind: DeliveryKind, payload: Message, to: str, now: datetime
) -> Outgoing:
    """To one who is without this introduction; of use while the round lasts, and for a day.

    Outside a channel's rounds they have pressed for somebody to talk to: it is the answer.
    """
    pressed = None if meeting.channel_id else to
    told = Outgoing(meeting.team_id, key, kind, payload, now, users=(to,))
    until = max(meeting.ends_at, now + NEWS)
    return replace(told, about=meeting.channel_id, asked_by=pressed, expires_at=until)


def is_out(tx: Session, channel: Channel, user_id: str, now: datetime) -> bool:
    """Whether somebody has chosen to be without an introduction: a pause, or out of the channel."""
    person = people.get(tx, Who(channel.team_id, user_id))
    paused = person is not None and availability.paused(person, now)
    here = memberships.get(tx, channel.place, user_id)
    return paused or here.opted is False or not here.present


def waits_no_more(services: Services, delivery: Delivery) -> str | None:
    """Why somebody is not told any more that they are without an introduction.

    They have one by now, or chose to be without; None where it is so still.
    """
    if delivery.about is None:
        return None  # of no channel: they pressed for somebody to talk to
    reader, now = delivery.users[0], services.clock.now()
    with services.db.reading() as tx:
        channel = channels.get(tx, Place(delivery.team_id, delivery.about))
        if channel is None:
            return None
        waits = memberships.get(tx, channel.place, reader).waiting_since is not None
        return None if waits and not is_out(tx, channel, reader, now) else NOT_NEEDED


def _half_left(latest: rounds.Round, now: datetime) -> bool:
    return latest.held_at <= now < latest.held_at + (latest.ends_at - latest.held_at) / 2
