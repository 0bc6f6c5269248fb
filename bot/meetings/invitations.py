"""The calendar file of an agreed meeting, also of one that is moved or called off."""

from __future__ import annotations

from datetime import datetime

from icalendar import Calendar, Event

from bot.meetings.views import introductions as view
from core.values import Meeting


def calendar_file(
    meeting: Meeting, at: datetime, now: datetime, plan: int, off: bool = False
) -> bytes:
    """An iCalendar file (RFC 5545) with one event of half an hour, in UTC.

    It names nobody: Slack shows who is in the conversation, and a file travels; so it has no
    organiser either, who belongs to an event with invited people. `plan` is how often what is
    agreed has changed: the same event, newer. `off`: it is cancelled (RFC 5546, 3.2.5).
    """
    event = Event()
    event.add("uid", f"meeting-{meeting.team_id}-{meeting.id}@kettle.invalid")
    event.add("sequence", plan)
    event.add("status", "CANCELLED" if off else "CONFIRMED")
    event.add("dtstamp", now)
    event.add("dtstart", at)
    event.add("dtend", at + view.LENGTH)
    event.add("summary", view.event_title())
    event.add("description", view.event_text())
    calendar = Calendar()
    calendar.add("prodid", "-//Kettle//Coffee introductions//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if off else "PUBLISH")
    calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content
