"""Impromptu coffees: a queue in the database, matched at every heartbeat (P11)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlmodel import Session

from bot.meetings import availability, introductions, planning
from bot.meetings.errors import CannotTakePart, NotMinutes, OtherCompany
from bot.meetings.views import impromptu as view
from bot.platform import directory
from bot.platform.services import Services
from core import when
from core.matching import Group, History, Rules
from core.outbox.kinds import DeliveryKind
from core.outbox.outgoing import Key, Outgoing
from core.values import MeetingKind, Person
from storage.channels import channels
from storage.meetings import meetings, queue
from storage.meetings.queue import Waiting
from storage.outbox import deliveries
from storage.people import memberships, people
from storage.rounds import history

OPEN_FOR = timedelta(hours=24)  # how long an impromptu meeting can be answered for
ASKED_AT_MOST = 20  # colleagues that one call for a coffee may reach


def join(services: Services, team_id: str, user_id: str, text: str) -> dict[str, Any]:
    """Wait for a coffee for the minutes in the text; returns the message.

    Raises NotMinutes, and OtherCompany or CannotTakePart for those whom no round takes in.
    """
    try:
        minutes = when.parse_minutes(text)
    except when.WhenError as error:
        raise NotMinutes(error.kind, error.text) from error
    person = directory.meet(services, team_id, user_id)
    now = services.clock.now()
    until = now + timedelta(minutes=minutes)
    with services.db.transaction() as tx:
        _require_welcome(tx, team_id, person)
        queue.join(tx, team_id, user_id, now, until)
        _ask_others(tx, team_id, user_id, minutes, now, until)
    return view.waiting(until)


def accept(services: Services, team_id: str, user_id: str, until_epoch: int) -> dict[str, Any]:
    """ "I have time": in the queue for as long as the one who asked; raises as `join` does."""
    person = directory.meet(services, team_id, user_id)
    now, until = services.clock.now(), datetime.fromtimestamp(until_epoch, UTC)
    if until <= now:
        return view.too_late()
    with services.db.transaction() as tx:
        _require_welcome(tx, team_id, person)
        queue.join(tx, team_id, user_id, now, until)
    return view.waiting(until)


def leave(services: Services, team_id: str, user_id: str) -> str:
    """Stop waiting."""
    with services.db.transaction() as tx:
        return view.stopped(queue.leave(tx, team_id, user_id))


def run_due(services: Services) -> None:
    """Introduce those who wait, and let those go whose time is over."""
    now = services.clock.now()
    with services.db.reading() as tx:
        waiting = queue.everyone(tx)
    for team_id in sorted({entry.team_id for entry in waiting}):
        own = [entry for entry in waiting if entry.team_id == team_id]
        _expire(services, [entry for entry in own if entry.until <= now])
        still = [entry for entry in own if entry.until > now]
        if len(still) > 1:
            _match(services, team_id, still, now)


def _expire(services: Services, over: Sequence[Waiting]) -> None:
    for entry in over:
        with services.db.transaction() as tx:
            if queue.leave(tx, entry.team_id, entry.user_id):
                key = Key(f"expired:{entry.user_id}:{entry.until.isoformat()}")
                deliveries.put(
                    tx,
                    Outgoing(
                        entry.team_id,
                        key,
                        DeliveryKind.EXPIRED,
                        view.expired(),
                        entry.until,
                        users=(entry.user_id,),
                    ),
                )


def _match(services: Services, team_id: str, waiting: Sequence[Waiting], now: datetime) -> None:
    ids = [entry.user_id for entry in waiting]
    with services.db.transaction() as tx:
        history.repack(tx, team_id)
        members = people.some(tx, team_id, ids)
        past = History({}, history.load(tx, team_id))
        rules = Rules(blocks=people.blocks(tx, team_id, ids))
        plan = planning.plan(planning.crowd(members.values(), now), past, rules, services.seed())
        for group in plan.groups:
            # Leaving the queue and meeting are one: a restart can do neither twice.
            if all([queue.leave(tx, team_id, user_id) for user_id in group.people]):
                _introduce(tx, team_id, group, members, now)


def _introduce(
    tx: Session, team_id: str, group: Group, members: dict[str, Person], now: datetime
) -> None:
    meeting = meetings.add(
        tx,
        team_id,
        group.people,
        created_at=now,
        ends_at=now + OPEN_FOR,
        organiser=group.organiser,
        kind=MeetingKind.IMPROMPTU,
        why=[pair._asdict() for pair in group.why],
    )
    own = [members[user_id] for user_id in group.people]
    history.pack(tx, team_id, [[p.number for p in own]], now, meeting_id=meeting.id)
    meeting = introductions.prepare(tx, meeting, own, None)
    introductions.lay_introduction(tx, meeting, own, now)


def _ask_others(
    tx: Session, team_id: str, seeker: str, minutes: int, now: datetime, until: datetime
) -> None:
    """Ask those who agreed to be asked, who are in a channel with the seeker and not waiting."""
    around: set[str] = set()
    for membership in memberships.of_person(tx, team_id, seeker):
        there = memberships.of_channel(tx, team_id, membership.channel_id)
        around |= {user_id for user_id, m in there.items() if m.present and m.opted is not False}
    blocked = {
        u for pair in people.blocks(tx, team_id, around | {seeker}) if seeker in pair for u in pair
    }
    waiting = {entry.user_id for entry in queue.everyone(tx) if entry.team_id == team_id}
    known = people.some(tx, team_id, around - blocked - waiting - {seeker})
    may = [p for p in known.values() if _may_be_asked(p, now) and _is_welcome(tx, team_id, p)]
    asked = may[:ASKED_AT_MOST]
    for person in asked:
        key = Key(
            f"asked:{person.id}:{seeker}:{now:%Y-%m-%dT%H}"
        )  # once an hour, however often called
        deliveries.put(
            tx,
            Outgoing(
                team_id,
                key,
                DeliveryKind.ASKED,
                view.asked(minutes, until),
                now,
                users=(person.id,),
                expires_at=until,
            ),
        )


def _is_welcome(tx: Session, team_id: str, person: Person) -> bool:
    """Whether rounds are for this person at all: no strangers, guests where a host allows them."""
    if person.stranger or not person.guest:
        return not person.stranger
    own = [m.channel_id for m in memberships.of_person(tx, team_id, person.id)]
    return any(c.settings.guests for c in channels.known(tx, team_id) if c.id in own)


def _require_welcome(tx: Session, team_id: str, person: Person) -> None:
    if not _is_welcome(tx, team_id, person):
        raise OtherCompany() if person.stranger else CannotTakePart()


def _may_be_asked(person: Person, now: datetime) -> bool:
    paused = person.paused_until is not None and person.paused_until > now.date()
    away = availability.away_until(person, now) is not None
    working = availability.hours_mask(person, now.date()) >> (now.hour * 2 + now.minute // 30) & 1
    return bool(
        person.open_to_ask and not (person.deleted or person.is_bot or paused or away) and working
    )
