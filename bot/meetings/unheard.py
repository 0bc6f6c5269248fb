"""What follows when a group conversation does not take what was to be said there."""

from __future__ import annotations

from sqlmodel import Session

from bot.meetings import keys
from bot.meetings.views import introductions as view
from bot.meetings.views import plans as changes
from bot.platform.services import Services
from core.outbox.kinds import DeliveryKind
from core.outbox.outgoing import Outgoing
from core.values import Meeting
from storage.meetings import meetings, plans
from storage.outbox import deliveries
from storage.outbox.deliveries import Delivery


def to_each(services: Services, tx: Session, delivery: Delivery, code: str) -> None:
    """Each of the group reads it alone. What was for one of them already is for nobody else."""
    if delivery.users or delivery.meeting_id is None:
        return
    meeting = meetings.get(tx, delivery.team_id, delivery.meeting_id)
    if meeting is None or _is_moot(delivery, meeting):
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


def _is_moot(delivery: Delivery, meeting: Meeting) -> bool:
    """A reminder of a time that was moved or called off while it was on its way."""
    return delivery.kind is DeliveryKind.REMINDER and delivery.expires_at != meeting.agreed_at


def no_file(services: Services, tx: Session, delivery: Delivery, code: str) -> None:
    """The calendar file was announced: where it was to follow, they read that it does not."""
    if delivery.meeting_id is None or delivery.channel_id is None:
        return
    meeting = meetings.get(tx, delivery.team_id, delivery.meeting_id)
    if meeting is None:
        return
    number, of = plans.of(tx, meeting.id).number, delivery.expires_at
    if delivery.key != keys.calendar(meeting, number) or of is None:
        return  # another file has followed since
    said = Outgoing(
        delivery.team_id,
        keys.no_calendar(meeting, number),
        DeliveryKind.AGREED,
        view.no_calendar_file(of) if meeting.agreed_at else changes.no_calendar_file(of),
        services.clock.now(),
        channel_id=delivery.channel_id,
        meeting_id=meeting.id,
        expires_at=of,
    )
    deliveries.put(tx, said)
