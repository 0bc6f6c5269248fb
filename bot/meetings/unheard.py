"""What follows when a group conversation does not take what was to be said there."""

from __future__ import annotations

from dataclasses import replace

from sqlmodel import Session

from bot.meetings import keys
from bot.meetings.views import introductions as view
from bot.platform.services import Services
from core.outbox.kinds import DeliveryKind
from core.outbox.outgoing import Outgoing
from storage.meetings import meetings
from storage.outbox import deliveries
from storage.outbox.deliveries import Delivery


def to_each(services: Services, tx: Session, delivery: Delivery, code: str) -> None:
    """Each of the group reads it alone. What was for one of them already is for nobody else."""
    if delivery.users or delivery.meeting_id is None:
        return
    meeting = meetings.get(tx, delivery.team_id, delivery.meeting_id)
    if meeting is None:
        return
    now = services.clock.now()
    for user_id in meeting.user_ids:
        message = Outgoing(
            delivery.team_id,
            keys.alone_with(delivery.key, user_id),
            delivery.kind,
            delivery.payload,
            now,
            users=(user_id,),
            meeting_id=meeting.id,
            expires_at=delivery.expires_at,
        )
        deliveries.put(tx, message)


def no_file(services: Services, tx: Session, delivery: Delivery, code: str) -> None:
    """The calendar file was announced: where it was to follow, they read that it does not."""
    if delivery.meeting_id is None or delivery.channel_id is None:
        return
    meeting = meetings.get(tx, delivery.team_id, delivery.meeting_id)
    if meeting is None or meeting.agreed_at is None:
        return
    said = Outgoing(
        delivery.team_id,
        keys.no_calendar(meeting),
        DeliveryKind.AGREED,
        view.no_calendar_file(meeting.agreed_at),
        services.clock.now(),
        channel_id=delivery.channel_id,
        meeting_id=meeting.id,
    )
    deliveries.put(tx, replace(said, expires_at=delivery.expires_at))
