"""The notice of a round: on the channel's last working day before it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from sqlmodel import Session

from bot.meetings import availability
from bot.platform import closed_days
from bot.platform.services import Services
from bot.rounds import keys, participants
from bot.rounds.views import notices
from core.ledger import hours
from core.outbox.kinds import DeliveryKind
from core.outbox.outgoing import Outgoing
from core.values import Channel, Notice, Person
from storage.channels import channels
from storage.outbox import deliveries
from storage.rounds import rounds

DAY_BEFORE = timedelta(hours=24)
SHORTEST = timedelta(hours=40)  # rounds closer together than this are not announced each time


def give_notice(services: Services, channel: Channel) -> None:
    """The notice of the last working day before, once for each due time (P8, P16)."""
    now, due_at = services.clock.now(), channel.next_due_at
    if due_at is None or channel.noticed_for == due_at:
        return
    if channel.notice_at is None:
        channel = _reckoned(services, channel, due_at)
    if channel.notice_at is None or not channel.notice_at <= now < due_at:
        return
    with services.db.reading() as tx:
        redundant = _knows_already(tx, channel, due_at, now)
    gathering = participants.gather(services, channel, due_at)
    with services.db.transaction() as tx:
        fresh = channels.hold(tx, channel.place)
        if fresh is None or fresh.next_due_at != due_at or fresh.noticed_for == due_at:
            return  # a host has moved it, or another beat was here
        channels.change(tx, channel.place, noticed_for=due_at)
        if not redundant and gathering.decision.taking_part:
            _lay_notice(tx, channel, gathering.decision.taking_part, due_at, now)
        for user_id in gathering.decision.to_ask:
            _ask_about_status(tx, channel, gathering.people[user_id], due_at, now)


def _reckoned(services: Services, channel: Channel, due_at: datetime) -> Channel:
    """When this round is announced: on the channel's last working day before, at its time."""
    settings = channel.settings
    closed, zone = closed_days.days_off(settings), settings.cadence.zone
    week = hours.working_week(settings.cadence.weekdays)
    notice_at, now = hours.day_before(due_at, zone, week, closed), services.clock.now()
    if notice_at < now:  # the date was moved, or nobody ran: not at night for that
        notice_at = hours.reaches(hours.by_day(week, zone, closed), now) or due_at
    with services.db.transaction() as tx:
        fresh = channels.hold(tx, channel.place)
        if fresh is None or (fresh.next_due_at, fresh.settings) != (due_at, settings):
            return channel  # a host has moved it: the next beat reads what is so now
        channels.change(tx, channel.place, notice_at=notice_at)
    return replace(channel, notice_at=notice_at)


def _knows_already(tx: Session, channel: Channel, due_at: datetime, now: datetime) -> bool:
    """Rounds come every day or so, or the channel has just been told of the next one."""
    opening = deliveries.by_key(tx, channel.team_id, keys.opening(channel, channel.round_count))
    if opening is not None and opening.due_at > now - DAY_BEFORE:
        return True
    latest = rounds.latest(tx, channel.place, 1)
    return bool(latest) and due_at - latest[0].due_at < SHORTEST


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
            now,
            users=(person.id,),
            expires_at=due_at,
            about=channel.id,
        ),
    )


def _lay_notice(
    tx: Session, channel: Channel, user_ids: tuple[str, ...], due_at: datetime, now: datetime
) -> None:
    if channel.settings.notice is Notice.CHANNEL:
        payload = notices.day_before(channel, due_at)
        deliveries.put(
            tx,
            Outgoing(
                channel.team_id,
                keys.notice(channel, due_at),
                DeliveryKind.NOTICE,
                payload,
                now,
                channel_id=channel.id,
                expires_at=due_at,
            ),
        )
    elif channel.settings.notice is Notice.DM:
        payload = notices.day_before_to(channel, due_at)
        for user_id in user_ids:
            deliveries.put(
                tx,
                Outgoing(
                    channel.team_id,
                    keys.notice(channel, due_at, user_id),
                    DeliveryKind.NOTICE,
                    payload,
                    now,
                    users=(user_id,),
                    expires_at=due_at,
                    about=channel.id,
                ),
            )
