"""Introducing groups: their starters, their times, and the messages that follow later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache

from sqlmodel import Session

from bot.library import shelf
from bot.meetings import keys
from bot.meetings.views import followups
from bot.meetings.views import introductions as view
from bot.platform import closed_days, zones
from bot.views.blocks import Message
from core import slots, starters
from core.followup import follow_ups
from core.outbox.kinds import DeliveryKind
from core.outbox.outgoing import Outgoing
from core.starters import Starter, Tag
from core.values import Channel, Hours, Meeting, MeetingKind, Outcome, Person, Place, Window
from storage.channels import channels
from storage.meetings import meetings
from storage.meetings import starters as seen
from storage.outbox import deliveries
from storage.people import people

REACH = timedelta(days=14)  # times are proposed this far ahead at most


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a group starts with."""

    starter_id: str
    proposals: tuple[datetime, ...]


def prepare_many(
    tx: Session,
    channel: Channel,
    groups: Sequence[Sequence[Person]],
    begins: datetime,
    until: datetime,
    seed: int,
) -> list[Prepared]:
    """A starter that is new to each group, marked as had, and times that suit its people."""
    had = seen.seen_by_many(tx, channel.team_id, {p.id for group in groups for p in group})
    given: set[tuple[str, str]] = set()
    prepared = []
    for position, group in enumerate(groups):
        own = [had[person.id] for person in group]
        starter = starters.choose(shelf.starters(), own, None, f"{seed}:{position}")
        for person in group:
            if starter.id in had[person.id]:
                _begin_anew(tx, channel.team_id, person.id, had[person.id], None)
            given.add((person.id, starter.id))
        times = tuple(slot.start for slot in propose(group, channel, begins, until))
        prepared.append(Prepared(starter.id, times))
    known = {(user_id, starter_id) for user_id, ids in had.items() for starter_id in ids}
    seen.mark_seen(tx, channel.team_id, given - known)
    return prepared


def prepare(
    tx: Session, meeting: Meeting, members: Sequence[Person], channel: Channel | None
) -> Meeting:
    """Choose the meeting's starter and its times, and store them."""
    starter_id = meeting.starter_id or draw_starter(tx, meeting, None).id
    at_once = meeting.kind is MeetingKind.IMPROMPTU  # these have time just now
    found = [] if at_once else propose(members, channel, meeting.created_at, meeting.ends_at)
    times = tuple(slot.start for slot in found)
    meetings.change(tx, meeting.id, starter_id=starter_id, proposals=times)
    return replace(meeting, starter_id=starter_id, proposals=times)


def draw_starter(tx: Session, meeting: Meeting, tag: Tag | None) -> Starter:
    """A starter that nobody of the group has had while there is one; marked as had."""
    had = seen.seen_by_many(tx, meeting.team_id, meeting.user_ids)
    shown = [meeting.starter_id] if meeting.starter_id else []
    seed = f"{meeting.id}:{sum(map(len, had.values()))}"
    chosen = starters.choose(shelf.starters(), list(had.values()), tag, seed, shown)
    for user_id, ids in had.items():
        if chosen.id in ids:
            _begin_anew(tx, meeting.team_id, user_id, ids, tag)
    new = [(user_id, chosen.id) for user_id, ids in had.items() if chosen.id not in ids]
    seen.mark_seen(tx, meeting.team_id, new)
    return chosen


def _begin_anew(tx: Session, team_id: str, user_id: str, had: set[str], tag: Tag | None) -> None:
    """When a person has had the whole list (of a kind), it begins anew for them."""
    whole = {starter.id for starter in shelf.starters() if tag in (None, starter.tag)}
    if whole <= had:
        seen.forget(tx, team_id, user_id, whole)
        had -= whole


def starter_of(meeting: Meeting) -> Starter | None:
    """What the meeting starts with; None when the library has it no more."""
    found = (s for s in shelf.starters() if s.id == meeting.starter_id)
    return next(found, None)


# -- times --------------------------------------------------------------------


def propose(
    members: Sequence[Person], channel: Channel | None, begins: datetime, until: datetime
) -> list[slots.Slot]:
    """Up to three half hours inside everyone's working hours before `until`.

    Where the channel keeps hours free for talking, in these alone.
    """
    asked = _hours(members)
    if channel is None:
        return list(_found(asked, begins, until, None, None))
    settings = channel.settings
    days_off = (settings.country, settings.subdivision, settings.blackout)
    window = (settings.window, settings.cadence.zone) if settings.window else None
    return list(_found(asked, begins, until, window, days_off))


def hours_meet(members: Sequence[Person], begins: datetime) -> bool:
    """Whether the working hours of these people overlap at all."""
    return bool(_found(_hours(members), begins, begins + REACH, None, None))


Asked = tuple[tuple[Hours, str], ...]
DaysOff = tuple[str | None, str | None, tuple[tuple[date, date], ...]]


def _hours(members: Sequence[Person]) -> Asked:
    return tuple((person.hours, zones.known(person.zone)) for person in members)


@lru_cache(maxsize=4096)  # in a large round the same few zones and hours come again and again
def _found(
    asked: Asked,
    begins: datetime,
    until: datetime,
    window: tuple[Window, str] | None,
    days_off: DaysOff | None,
) -> tuple[slots.Slot, ...]:
    who = [
        slots.PersonHours(str(place), slots.WorkingHours.of(hours, zone))
        for place, (hours, zone) in enumerate(asked)
    ]
    kept = None
    if window:
        hours, zone = window
        kept = slots.ConnectionWindow(hours.start, hours.end, hours.weekdays, zone)
    closed = closed_days.closed_dates(*days_off) if days_off else ()
    until = min(until, begins + REACH)
    return tuple(slots.propose(who, begins, until, window=kept, closed=closed))


# -- messages -----------------------------------------------------------------


def drawn(tx: Session, meeting: Meeting) -> Message:
    """The introduction as it should look now, from what is stored."""
    members = people.some(tx, meeting.team_id, meeting.user_ids)
    return render(meeting, list(members.values()))


def render(meeting: Meeting, members: Sequence[Person], changed: bool = False) -> Message:
    """The introduction; `changed` when these people were not the ones planned first."""
    lines = {person.id: person.ask_about for person in members}
    overlap = bool(meeting.proposals) or hours_meet(members, meeting.created_at)
    starter = starter_of(meeting)
    return view.introduction(meeting, starter, lines, overlap=overlap, changed=changed)


def introduction(
    meeting: Meeting,
    members: Sequence[Person],
    now: datetime,
    round_id: int | None,
    without: Sequence[str] = (),
) -> Outgoing:
    """One introduction on its way; it is of no use when the round is over."""
    return Outgoing(
        meeting.team_id,
        keys.introduction(meeting, without),
        DeliveryKind.INTRODUCTION,
        render(meeting, members, changed=bool(without)),
        now,
        users=meeting.user_ids,
        meeting_id=meeting.id,
        round_id=round_id,
        expires_at=meeting.ends_at,
    )


def lay_introduction(
    tx: Session,
    meeting: Meeting,
    members: Sequence[Person],
    now: datetime,
    without: Sequence[str] = (),
) -> None:
    """One introduction for one group; `without` those who were planned and not reached."""
    round_id = meetings.round_of(tx, meeting.id)
    deliveries.put(tx, introduction(meeting, members, now, round_id, without))


def lay_follow_ups(tx: Session, meeting: Meeting, now: datetime) -> None:
    """What is asked after an introduction that has arrived; moot ones are cancelled later."""
    if meeting.kind is MeetingKind.IMPROMPTU:
        _lay_asks(tx, meeting, "last", now + timedelta(hours=2))
        return
    channel = channels.get(tx, Place(meeting.team_id, meeting.channel_id or ""))
    if channel is None:
        return  # after a check-in: what two people talk about is theirs
    times = follow_ups(now, meeting.ends_at, channel.settings.cadence.zone)
    if times.nudge:
        deliveries.put(
            tx,
            Outgoing(
                meeting.team_id,
                keys.nudge(meeting),
                DeliveryKind.NUDGE,
                followups.nudge(meeting, meeting.organiser),
                times.nudge,
                users=(meeting.organiser,),
                meeting_id=meeting.id,
                expires_at=meeting.ends_at,
            ),
        )
    if times.first:
        _lay_asks(tx, meeting, "first", times.first)
    _lay_asks(tx, meeting, "last", times.last)


def ask_after(tx: Session, meeting: Meeting, at: datetime) -> None:
    """A time is agreed: nobody is asked before it is over; two questions in all, as ever."""
    over = at + view.LENGTH
    asked = deliveries.was_sent_for_meeting(tx, meeting.id, DeliveryKind.ASK)
    waiting = deliveries.waiting_for_meeting(tx, meeting.id, DeliveryKind.ASK)
    latest = max((ask.due_at for ask in waiting), default=at)
    for ask in waiting:
        if asked or ask.due_at < max(latest, over + timedelta(hours=2)):
            deliveries.cancel(tx, ask.id)
    _lay_asks(tx, meeting, "after", over + timedelta(minutes=30))


def _lay_asks(tx: Session, meeting: Meeting, which: str, at: datetime) -> None:
    for person in meeting.people:
        if person.outcome in (None, Outcome.PLANNING):
            deliveries.put(
                tx,
                Outgoing(
                    meeting.team_id,
                    keys.ask(meeting, which, person.user_id),
                    DeliveryKind.ASK,
                    followups.ask(meeting, person.user_id),
                    at,
                    users=(person.user_id,),
                    meeting_id=meeting.id,
                    expires_at=meeting.ends_at + timedelta(days=1),
                ),
            )
