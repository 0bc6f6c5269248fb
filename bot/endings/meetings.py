"""How messages about meetings end: introductions, questions, agreed times, a coffee right now."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlmodel import Session

from bot.meetings import ids, outcomes
from bot.meetings.views import ended as view
from bot.meetings.views import impromptu
from bot.outbox.policy import Posted
from bot.platform.services import Services
from bot.views import blocks as b
from bot.views.blocks import Message
from core.outbox.kinds import DeliveryKind
from core.values import Meeting
from storage.meetings import meetings, plans
from storage.outbox import endings
from storage.outbox.deliveries import Delivery


def introduction(services: Services, tx: Session, delivery: Delivery) -> Message | None:
    """Who was introduced when."""
    meeting = _meeting(tx, delivery)
    if meeting is None or not meeting.people or delivery.posted_ts is None:
        return None
    return view.introduction(meeting, datetime.fromtimestamp(float(delivery.posted_ts), UTC))


def ask(services: Services, tx: Session, delivery: Delivery) -> Message | None:
    """What its reader answered."""
    meeting, to = _meeting(tx, delivery), delivery.users[0]
    if meeting is None or to not in meeting.user_ids:
        return None
    return view.ask(meeting, to)


def agreed(services: Services, tx: Session, delivery: Delivery) -> Message | None:
    """What is agreed now."""
    meeting = _meeting(tx, delivery)
    return view.plan(meeting.agreed_at, services.clock.now()) if meeting else None


def asked(services: Services, tx: Session, delivery: Delivery) -> Message | None:
    """Somebody had time for a coffee."""
    return impromptu.too_late()


def alone(services: Services, tx: Session, delivery: Delivery) -> Message | None:
    """Who was found could not be reached, and somebody waited again."""
    return view.short(view.NOT_WAITING)


def _meeting(tx: Session, delivery: Delivery) -> Meeting | None:
    if delivery.meeting_id is None:
        return None
    return meetings.get(tx, delivery.team_id, delivery.meeting_id)


# -- overtaken by the next one ------------------------------------------------


def asked_anew(services: Services, tx: Session, delivery: Delivery, posted: Posted) -> None:
    """A person is asked about the same meeting again: the question before is over."""
    for before in _open(tx, delivery, *outcomes.QUESTIONS):
        if before.users == delivery.users and before.id != delivery.id:
            endings.end(tx, before, services.clock.now())


def plan_told(services: Services, tx: Session, delivery: Delivery, posted: Posted) -> None:
    """The group reads what is agreed now: what was said of another time is over."""
    meeting = _meeting(tx, delivery)
    if meeting is None:
        return
    for before in _open(tx, delivery, delivery.kind):
        if before.id != delivery.id and not _stands(tx, meeting, before):
            endings.end(tx, before, services.clock.now())


def _open(tx: Session, delivery: Delivery, *kinds: DeliveryKind) -> list[Delivery]:
    if delivery.meeting_id is None:
        return []
    return endings.open_of_meeting(tx, delivery.meeting_id, *kinds)


def _stands(tx: Session, meeting: Meeting, told: Delivery) -> bool:
    """Whether what can be pressed in this message is still about what is so."""
    payload = dict(told.payload)
    if change := b.value_of(payload, ids.PLAN_CHANGE):
        return change.at == meeting.agreed_at
    if request := b.value_of(payload, ids.PLAN_YES):
        return request.at == plans.of(tx, meeting.id).wanted_at
    return meeting.agreed_at is None  # other times, after one was called off
