"""Impromptu coffees: a queue in the database, matched at every heartbeat (P11)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

from sqlmodel import Session

from bot.meetings import availability, introductions, keys, planning
from bot.meetings.errors import CannotTakePart, NotMinutes
from bot.meetings.views import impromptu as view
from bot.outbox import requests
from bot.platform import directory
from bot.platform.errors import OtherCompany
from bot.platform.services import Services
from bot.views.blocks import Message
from core import when
from core.matching import Group, History, Rules
from core.outbox.kinds import DeliveryKind
from core.outbox.outgoing import Outgoing
from core.values import MeetingKind, Person, Place, Who
from storage.channels import channels
from storage.meetings import meetings, queue
from storage.meetings.meetings import NewMeeting
from storage.meetings.queue import Waiting
from storage.outbox import deliveries, looking
from storage.people import memberships, people
from storage.rounds import history

OPEN_FOR = timedelta(hours=24)  # how long an impromptu meeting can be answered for
ASKED_AT_MOST = 20  # colleagues that one call for a coffee may reach


def join(services: Services, who: Who, text: str) -> Message:
    """Wait for a coffee for the minutes in the text; returns the message.

    Raises NotMinutes, and OtherCompany or CannotTakePart for those whom no round takes in.
    """
    try:
        minutes = when.parse_minutes(text)
    except when.WhenError as error:
        raise NotMinutes(error.kind, error.text) from error
    person = directory.meet(services, who)
    now = services.clock.now()
    until = now + timedelta(minutes=minutes)
    with services.db.transaction() as tx:
        _require_welcome(tx, who.team, person)
        asked = _to_ask(tx, who, now, services.chance)  # holds people: they come before the queue
        queue.join(tx, who, now, until)
        for user_id in asked:
            deliveries.put(tx, _asking(Who(who.team, user_id), who.user, minutes, now))
    return view.waiting(until)


def accept(services: Services, who: Who, until: datetime) -> Message:
    """ "I have time": in the queue for as long as the one who asked; raises as `join` does."""
    person = directory.meet(services, who)
    now = services.clock.now()
    if until <= now:
        return view.too_late()
    with services.db.transaction() as tx:
        _require_welcome(tx, who.team, person)
        queue.join(tx, who, now, until)
    return view.waiting(until)


def leave(services: Services, who: Who) -> str:
    """Stop waiting."""
    with services.db.transaction() as tx:
        return view.stopped(queue.leave(tx, who))


def run_due(services: Services) -> None:
    """Introduce those who wait, and let those go whose time is over."""
    now = services.clock.now()
    with services.db.reading() as tx:
        waiting = queue.everyone(tx)
    for team_id in sorted({entry.who.team for entry in waiting}):
        own = [entry for entry in waiting if entry.who.team == team_id]
        _expire(services, [entry for entry in own if entry.until <= now], now)
        if sum(entry.until > now for entry in own) > 1:
            _match(services, team_id, now)


def _expire(services: Services, over: Sequence[Waiting], now: datetime) -> None:
    for entry in over:
        with services.db.transaction() as tx:
            if queue.leave_when_over(tx, entry.who, now):
                deliveries.put(tx, _nobody_came(entry))


def _nobody_came(entry: Waiting) -> Outgoing:
    return Outgoing(
        entry.who.team,
        keys.expired(entry.who.user, entry.until),
        DeliveryKind.EXPIRED,
        view.expired(),
        entry.until,
        users=(entry.who.user,),
    )


def _match(services: Services, team_id: str, now: datetime) -> None:
    with services.db.transaction() as tx:
        history.repack(tx, team_id)
        # Who is in the queue is looked at again: somebody may have left, or been introduced.
        ids = [entry.who.user for entry in queue.hold_those_with_time(tx, team_id, now)]
        if len(ids) < 2:
            return
        members = people.some(tx, team_id, ids)
        past = History({}, history.load(tx, team_id))
        rules = Rules(blocks=people.blocks(tx, team_id, ids))
        plan = planning.plan(planning.crowd(members.values(), now), past, rules, services.seed())
        for group in plan.groups:
            # Leaving the queue and meeting are one: a restart can do neither twice.
            for user_id in group.people:
                queue.leave(tx, Who(team_id, user_id))
            _introduce(tx, team_id, group, members, now)


def _introduce(
    tx: Session, team_id: str, group: Group, members: dict[str, Person], now: datetime
) -> None:
    kind = MeetingKind.IMPROMPTU
    begun = NewMeeting(group.people, group.organiser, now, now + OPEN_FOR, kind, why=group.why)
    meeting = meetings.add(tx, team_id, begun)
    own = [members[user_id] for user_id in group.people]
    history.pack_meeting(tx, meeting, [person.number for person in own])
    meeting = introductions.prepare(tx, meeting, own, None, now)
    introductions.lay_introduction(tx, meeting, own, now)


def _to_ask(tx: Session, seeker: Who, now: datetime, chance: Random) -> list[str]:
    """Who may be asked (once more): in a channel with the seeker, and not waiting themselves.

    Who was asked for this seeker within the hour is not asked again, and nobody instead of them.
    """
    team_id, own = seeker.team, seeker.user
    around = _around(tx, seeker)
    blocked = {
        u for pair in people.blocks(tx, team_id, around | {own}) if own in pair for u in pair
    }
    waiting = {entry.who.user for entry in queue.everyone(tx) if entry.who.team == team_id}
    known = people.some(tx, team_id, around - blocked - waiting - {own})
    may = [u for u, p in known.items() if _may_be_asked(p, now) and _is_welcome(tx, team_id, p)]
    turn = requests.in_turn(tx, team_id, may, now, chance)
    asked = looking.laid(tx, team_id, [keys.asked(u, own, now) for u in may])
    return turn[: max(ASKED_AT_MOST - len(asked), 0)]


def _asking(who: Who, seeker: str, minutes: int, now: datetime) -> Outgoing:
    until = now + timedelta(minutes=minutes)
    return Outgoing(
        who.team,
        keys.asked(who.user, seeker, now),
        DeliveryKind.ASKED,
        view.asked(minutes, until),
        now,
        users=(who.user,),
        expires_at=until,
    )


def _around(tx: Session, seeker: Who) -> set[str]:
    """Everyone who is in a channel with the seeker and did not leave its rounds."""
    around: set[str] = set()
    for membership in memberships.of_person(tx, Who(seeker.team, seeker.user)):
        there = memberships.of_channel(tx, Place(seeker.team, membership.channel_id))
        around |= {user_id for user_id, m in there.items() if m.present and m.opted is not False}
    return around


def _is_welcome(tx: Session, team_id: str, person: Person) -> bool:
    """Whether rounds are for this person at all: no strangers, guests where a host allows them."""
    if person.stranger or not person.guest:
        return not person.stranger
    own = [m.channel_id for m in memberships.of_person(tx, Who(team_id, person.id))]
    return any(c.settings.guests for c in channels.known(tx, team_id) if c.id in own)


def _require_welcome(tx: Session, team_id: str, person: Person) -> None:
    if not _is_welcome(tx, team_id, person):
        raise OtherCompany() if person.stranger else CannotTakePart()


def _may_be_asked(person: Person, now: datetime) -> bool:
    paused = availability.paused(person, now)
    away = availability.away_until(person, now) is not None
    working = availability.hours_mask(person, now.date()) >> (now.hour * 2 + now.minute // 30) & 1
    return bool(
        person.open_to_ask
        and not (person.deleted or person.is_bot or person.muted or paused or away)
        and working
    )
