"""A time is agreed, first or anew: the word, the calendar file, the reminder, the question."""

from __future__ import annotations

import base64
from dataclasses import replace
from datetime import datetime, timedelta

from sqlmodel import Session

from bot.meetings import introductions, invitations, keys
from bot.meetings.views import introductions as view
from bot.views.blocks import Message
from core.outbox.kinds import DeliveryKind, Method
from core.outbox.outgoing import Outgoing
from core.values import Meeting
from storage.meetings import plans
from storage.meetings import times as storage_times
from storage.outbox import deliveries, endings

BEFORE = timedelta(minutes=10)  # the reminder comes this long before the agreed time
ASKED_BY = timedelta(days=1)  # the question after an agreed time has reached them by then
AFTER = timedelta(seconds=2)  # the calendar file comes this long after the word about it
OF_A_PLAN = (DeliveryKind.AGREED, DeliveryKind.CALENDAR, DeliveryKind.REMINDER)


def agree(
    tx: Session, meeting: Meeting, at: datetime, now: datetime, said: Message | None = None
) -> None:
    """This time is agreed, in place of any before; `said` tells so where it was another one."""
    plans.agree(tx, meeting.id, at)
    storage_times.unpick(tx, meeting.team_id, meeting.user_ids, at, besides=meeting.id)
    if meeting.conversation_id is not None:  # else when it is known where they talk
        confirm(tx, meeting, at, now, said)


def confirm(
    tx: Session, meeting: Meeting, at: datetime, now: datetime, said: Message | None = None
) -> None:
    """A time is agreed: a message, a calendar file, a reminder; what was laid before is moot."""
    number = plans.of(tx, meeting.id).number
    deliveries.cancel_for_meeting(tx, meeting.id, (DeliveryKind.NUDGE, *OF_A_PLAN))
    introductions.ask_after(tx, meeting, at, number)
    for shown in endings.open_of_meeting(tx, meeting.id, DeliveryKind.INTRODUCTION):
        endings.end(tx, shown, open_until(replace(meeting, agreed_at=at)))
    told = word(meeting, number, said or view.agreed(meeting, at), now, at)
    reminder = replace(
        told,
        key=keys.reminder(meeting, number),
        kind=DeliveryKind.REMINDER,
        payload=view.reminder(meeting, at),
        due_at=max(now, at - BEFORE),
    )
    told = replace(told, key=keys.agreed(meeting, number))
    for message in (told, _file(meeting, told, at, number), reminder):
        deliveries.put(tx, message)


def end(tx: Session, meeting: Meeting, was: datetime, now: datetime, said: Message) -> None:
    """Nothing is agreed any more: one message, one file that takes the entry away."""
    number = plans.of(tx, meeting.id).number
    deliveries.cancel_for_meeting(tx, meeting.id, OF_A_PLAN)
    introductions.ask_as_usual(tx, meeting, now, number)
    for shown in endings.open_of_meeting(tx, meeting.id, DeliveryKind.INTRODUCTION):
        endings.end(tx, shown, meeting.ends_at)
    if meeting.conversation_id is None:
        return
    # Also when that time has come, with Slack away before it: somebody may sit there.
    told = word(meeting, number, said, now, max(was, meeting.ends_at))
    for message in (told, _file(meeting, told, was, number, off=True)):
        deliveries.put(tx, message)


def open_until(meeting: Meeting) -> datetime:
    """When its introduction is over: with the round, or once an agreed time was asked about."""
    if meeting.agreed_at is None:
        return meeting.ends_at
    return max(meeting.ends_at, meeting.agreed_at + ASKED_BY)


def word(meeting: Meeting, plan: int, said: Message, now: datetime, until: datetime) -> Outgoing:
    """Something about the plan for the group's conversation, of use until then."""
    return Outgoing(
        meeting.team_id,
        keys.plan_changed(meeting, plan),
        DeliveryKind.AGREED,
        said,
        now,
        channel_id=meeting.conversation_id,
        meeting_id=meeting.id,
        expires_at=until,
    )


def _file(meeting: Meeting, told: Outgoing, at: datetime, plan: int, off: bool = False) -> Outgoing:
    made = invitations.calendar_file(meeting, at, told.due_at, plan, off)
    content = base64.b64encode(made).decode()
    name = "coffee-called-off.ics" if off else "coffee.ics"
    return replace(
        told,
        key=keys.calendar(meeting, plan),
        kind=DeliveryKind.CALENDAR,
        payload={"filename": name, "content": content, "title": view.event_title()},
        method=Method.FILE,
        due_at=told.due_at + AFTER,
    )
