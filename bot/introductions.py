"""Introducing a group: its starter, its times, and the messages that follow later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlmodel import Session

from bot import closed_days, prompt_library, zones
from bot.views import channel_posts, followups
from bot.views import introductions as view
from core import slots, starters
from core.followup import follow_ups
from core.starters import Starter
from core.values import Channel, Meeting, Person
from storage import channels, deliveries, meetings, people
from storage import starters as seen

REACH = timedelta(days=14)  # times are proposed this far ahead at most


def introduce(
    tx: Session, channel: Channel, meeting: Meeting, members: Sequence[Person], now: datetime
) -> Meeting:
    """Lay the introduction and its follow-ups in the outbox; returns the meeting as drawn."""
    meeting = prepare(tx, meeting, members, channel)
    lay_introduction(tx, meeting, members, now)
    lay_follow_ups(tx, channel, meeting, now)
    return meeting


def prepare(
    tx: Session, meeting: Meeting, members: Sequence[Person], channel: Channel | None
) -> Meeting:
    """Choose the meeting's starter and its times, and store them."""
    starter = draw_starter(tx, meeting, None)
    times = tuple(slot.start for slot in propose(members, channel, meeting))
    meetings.change(
        tx,
        meeting.id,
        starter_id=starter.id,
        proposals=[instant.isoformat() for instant in times],
    )
    return replace(meeting, starter_id=starter.id, proposals=times)


def draw_starter(tx: Session, meeting: Meeting, tag: str | None) -> Starter:
    """A starter that nobody of the group has had while there is one; marked as had."""
    had = [seen.seen_by(tx, meeting.team_id, user_id) for user_id in meeting.user_ids]
    shown = [meeting.starter_id] if meeting.starter_id else []
    seed = f"{meeting.id}:{sum(map(len, had))}"
    chosen = starters.choose(prompt_library.starters(), had, tag, seed, shown)
    seen.mark_seen(tx, meeting.team_id, meeting.user_ids, chosen.id)
    return chosen


def starter_text(starter_id: str | None) -> str:
    """The words of a starter; empty when the library has it no more."""
    return next((s.text for s in prompt_library.starters() if s.id == starter_id), "")


def propose(
    members: Sequence[Person], channel: Channel | None, meeting: Meeting
) -> list[slots.Slot]:
    """Up to three half hours inside everyone's working hours before the round ends."""
    who = [
        slots.PersonHours(p.id, slots.WorkingHours.of(p.hours, zones.known(p.zone)))
        for p in members
    ]
    settings = channel.settings if channel else None
    window = (
        slots.ConnectionWindow(
            settings.window.start,
            settings.window.end,
            settings.window.weekdays,
            settings.cadence.zone,
        )
        if settings and settings.window
        else None
    )
    closed = (
        closed_days.closed_dates(settings.country, settings.subdivision, settings.blackout)
        if settings
        else ()
    )
    until = min(meeting.ends_at, meeting.created_at + REACH)
    return slots.propose(who, meeting.created_at, until, window=window, closed=closed)


def drawn(tx: Session, meeting: Meeting) -> dict[str, object]:
    """The introduction as it should look now, from what is stored."""
    members = people.some(tx, meeting.team_id, meeting.user_ids)
    lines = {user_id: person.ask_about for user_id, person in members.items()}
    text = starter_text(meeting.starter_id)
    return view.introduction(meeting, text, lines, overlap=bool(meeting.proposals))


def lay_introduction(
    tx: Session, meeting: Meeting, members: Sequence[Person], now: datetime, again: str = ""
) -> None:
    """One introduction for one group of people; `again` sets a re-planned one apart."""
    lines = {person.id: person.ask_about for person in members}
    text = starter_text(meeting.starter_id)
    deliveries.put(
        tx,
        meeting.team_id,
        f"introduction:{meeting.id}{again}",
        "introduction",
        view.introduction(meeting, text, lines, overlap=bool(meeting.proposals)),
        now,
        users=list(meeting.user_ids),
        meeting_id=meeting.id,
        round_id=meetings.round_of(tx, meeting.id),
    )


def lay_follow_ups(tx: Session, channel: Channel, meeting: Meeting, now: datetime) -> None:
    """The nudge and the two questions, dated; they are cancelled when they become moot."""
    times = follow_ups(now, meeting.ends_at, channel.settings.cadence.zone)
    if times.nudge:
        deliveries.put(
            tx,
            meeting.team_id,
            f"nudge:{meeting.id}",
            "nudge",
            followups.nudge(meeting, meeting.organiser),
            times.nudge,
            users=[meeting.organiser],
            meeting_id=meeting.id,
        )
    for which, at in (("first", times.first), ("last", times.last)):
        for user_id in meeting.user_ids if at else ():
            deliveries.put(
                tx,
                meeting.team_id,
                f"ask:{meeting.id}:{which}:{user_id}",
                "ask",
                followups.ask(meeting, user_id),
                at or now,
                users=[user_id],
                meeting_id=meeting.id,
                expires_at=meeting.ends_at + timedelta(days=1),
            )


def lay_impromptu_ask(tx: Session, meeting: Meeting) -> None:
    """One question to each, two hours after an impromptu introduction."""
    for user_id in meeting.user_ids:
        deliveries.put(
            tx,
            meeting.team_id,
            f"ask:{meeting.id}:last:{user_id}",
            "ask",
            followups.ask(meeting, user_id),
            meeting.created_at + timedelta(hours=2),
            users=[user_id],
            meeting_id=meeting.id,
            expires_at=meeting.ends_at,
        )


def tell_hosts(
    tx: Session, channel: Channel, key: str, kind: str, payload: dict[str, object], now: datetime
) -> None:
    """A direct message to whoever invited the bot and to each named host."""
    named = channels.hosts(tx, channel.team_id, channel.id)
    for user_id in dict.fromkeys([*([channel.invited_by] if channel.invited_by else []), *named]):
        deliveries.put(tx, channel.team_id, f"{key}:{user_id}", kind, payload, now, users=[user_id])


def tell_hosts_missed(tx: Session, channel: Channel, due_at: datetime, now: datetime) -> None:
    """The hosts read why a round was not held."""
    zone = channel.settings.cadence.zone
    payload = channel_posts.held_late(channel.id, due_at, zone)
    tell_hosts(tx, channel, f"missed:{channel.id}:{due_at.isoformat()}", "missed", payload, now)
