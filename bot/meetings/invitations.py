"""The calendar file of an agreed meeting."""

from __future__ import annotations

from datetime import datetime

from icalendar import Calendar, Event

from bot.meetings.views import introductions as view
from core.values import Meeting


def calendar_file(meeting: Meeting, at: datetime, now: datetime) -> bytes:
    """An iCalendar file (RFC 5545) with one event of half an hour, in UTC.

    It names nobody: Slack shows who is in the conversation, and a file travels.
    """
    event = Event()
    event.add("uid", f"meeting-{meeting.team_id}-{meeting.id}@kettle.invalid")
    event.add("dtstamp", now)
    event.add("dtstart", at)
    event.add("dtend", at + view.LENGTH)
    event.add("summary", view.event_title())
    event.add("description", view.event_text())
    calendar = Calendar()
    calendar.add("prodid", "-//Kettle//Coffee introductions//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content
