"""Check-ins that come again and again, with the cadence of rounds (C8)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from sqlmodel import Session

from bot.checkins import access, keys
from bot.checkins.asking import ahead, opening, prompts, wishes
from bot.checkins.asking.views import form as view
from bot.checkins.asking.views import news
from bot.checkins.asking.wishes import AHEAD, LATE, Wish
from bot.checkins.quiet import is_quiet
from bot.checkins.refusals import Refused, Why
from bot.checkins.views import loop
from bot.platform import closed_days
from bot.platform.errors import Beside, tried
from bot.platform.log import get
from bot.platform.services import Services
from bot.rounds import telling
from bot.views import words
from core.cadence import Cadence, Closed, anchored, missed, next_dates, next_due
from core.checkins import Phase, Recurring
from core.outbox.kinds import DeliveryKind
from core.outbox.outgoing import Outgoing
from core.pulse import SAME_MOOD
from core.values import Channel, Place, Who
from storage.channels import channels
from storage.checkins import checkins
from storage.checkins import schedules as checkin_schedules
from storage.checkins.schedules import Schedule
from storage.outbox import deliveries

log = get("checkins")
LOOKED_AT = 12  # dates of a rhythm that are compared
SUMMER_TIME = timedelta(hours=1)  # a day may be that much shorter


def save(
    services: Services, channel: Channel, wish: Wish, cadence: Cadence
) -> tuple[Schedule, datetime | None]:
    """A new schedule and its first instant. Raises Refused, Beside."""
    access.require_member(services, channel, wish.asker, ask_slack=True)
    now = services.clock.now()
    closed = _closed(channel)
    cadence = anchored(cadence, now, closed)
    first = next_due(cadence, now, closed)
    wanted = Recurring(
        asker=wish.asker,
        kind=wish.kind,
        line=wish.line,
        question=wish.own,
        named=wish.named,
        audience=wish.audience,
        open_for=wish.open_for,
        cadence=cadence,
    )
    with services.db.transaction() as tx:
        channels.hold(tx, channel.place)
        wishes.require_pulse_on(services, tx, channel, wish.kind)
        others = checkin_schedules.of_channel(tx, channel.place)
        for other in others:  # a form that was sent twice is one schedule
            if other.wanted == wanted:
                return other, other.next_due_at
        _require_room(wanted, others, now)
        return checkin_schedules.add(tx, channel.place, wanted, first), first


def _require_room(wanted: Recurring, others: Sequence[Schedule], now: datetime) -> None:
    """Raise Beside for check-ins of one schedule that overlap, and for pulses too close to show."""
    dates = next_dates(wanted.cadence, now, LOOKED_AT)
    if _closest(dates) + SUMMER_TIME < wanted.open_for:
        raise Beside({view.HOURS.id: view.STILL_OPEN_THEN})
    if not wanted.kind.rules.by_mood:
        return
    closings = [opens + wanted.open_for for opens in dates]
    if _closest(closings) < SAME_MOOD:
        raise Beside({view.RHYTHM.often.id: view.PULSE_TOO_OFTEN})
    for other in others:
        if not other.kind.rules.by_mood:
            continue
        theirs = other.wanted
        opens_at = next_dates(theirs.cadence, now, 5 * LOOKED_AT)
        theirs_close = [opens + theirs.open_for for opens in opens_at]
        if _closest([*closings, *theirs_close]) < SAME_MOOD:
            raise Beside({view.RHYTHM.often.id: view.two_pulses(words.rhythm(theirs.cadence))})


def _closest(instants: Sequence[datetime]) -> timedelta:
    apart = (later - earlier for earlier, later in pairwise(sorted(instants)))
    return min(apart, default=timedelta.max)


def stop(services: Services, who: Who, schedule_id: int) -> Channel:
    """End a schedule: its asker or a host does that. Raises Refused."""
    with services.db.reading() as tx:
        schedule = checkin_schedules.get(tx, who.team, schedule_id)
    if schedule is None:
        raise Refused(Why.GONE)
    channel = access.channel_of(services, schedule.place)
    if who.user != schedule.asker:
        access.require_host(services, channel, who.user)
    with services.db.transaction() as tx:
        channels.hold(tx, channel.place)  # a beat does not plan the next one meanwhile
        checkin_schedules.change(tx, schedule.id, active=False)
        for checkin in checkins.of_channel(tx, channel.place, [Phase.PLANNED]):
            if checkin.schedule_id == schedule.id:
                opening.drop(tx, checkin)
    return channel


def running(services: Services, channel: Channel) -> tuple[tuple[int, str], ...]:
    """The channel's schedules, each with its words."""
    with services.db.reading() as tx:
        found = checkin_schedules.of_channel(tx, channel.place)
    return tuple((schedule.id, _described(schedule)) for schedule in found)


def planned(services: Services, channel: Channel) -> tuple[tuple[int, str], ...]:
    """The channel's single check-ins that are still to open, each with its words."""
    with services.db.reading() as tx:
        found = checkins.of_channel(tx, channel.place, [Phase.PLANNED])
    ordered = [checkin for checkin in reversed(found) if checkin.schedule_id is None]
    return tuple((checkin.id, news.planned(checkin)) for checkin in ordered)


def _described(schedule: Schedule) -> str:
    rhythm = words.rhythm(schedule.wanted.cadence)
    return news.running(schedule.kind, rhythm, schedule.next_due_at, schedule.asker)


def plan_due(services: Services) -> None:
    """Plan the check-ins that come due; a day ahead where somebody is asked before."""
    with services.db.reading() as tx:
        schedules = checkin_schedules.running(tx)
    for schedule in schedules:
        if schedule.next_due_at is None or plan_at(schedule) > services.clock.now():
            continue
        with tried(log, "planning", f"schedule={schedule.id}"):
            _plan(services, schedule)


def plan_at(schedule: Schedule) -> datetime:
    """When the next check-in of the schedule is planned."""
    assert schedule.next_due_at is not None
    return schedule.next_due_at - (AHEAD if schedule.kind.rules.planned_ahead else timedelta(0))


def _plan(services: Services, schedule: Schedule) -> None:
    now, due_at = services.clock.now(), schedule.next_due_at
    assert due_at is not None
    with services.db.reading() as tx:
        channel = channels.get(tx, Place(schedule.place.team, schedule.place.channel))
    if channel is None or not channel.active:
        with services.db.transaction() as tx:
            checkin_schedules.change(tx, schedule.id, active=False)
        return
    try:
        access.require_member(services, channel, schedule.asker, ask_slack=True)
    except Refused:  # nobody else can go first in their name
        _end(services, channel, schedule)
        return
    closed, cadence = _closed(channel), schedule.wanted.cadence
    newest = missed(cadence, due_at - timedelta(seconds=1), now, closed)
    due_at = max(due_at, newest) if newest else due_at
    upcoming = next_due(cadence, max(due_at, now), closed)
    quiet = is_quiet(services, channel)
    with services.db.transaction() as tx:  # the date moves and the check-in is there, or neither
        channels.hold(tx, channel.place)
        checkin_schedules.change(tx, schedule.id, next_due_at=upcoming)
        if now - due_at < LATE:
            _record(services, tx, channel, schedule.id, due_at, quiet)
            return
        key = keys.missed(schedule.id, due_at)
        payload = news.not_held(schedule.kind, channel.id, due_at)
        deliveries.put(
            tx,
            Outgoing(
                channel.team_id,
                key,
                DeliveryKind.CHECKIN_NOTE,
                payload,
                now,
                users=(schedule.asker,),
                about=channel.id,
            ),
        )


def _end(services: Services, channel: Channel, schedule: Schedule) -> None:
    payload = loop.note(news.asker_gone(schedule.asker, schedule.kind, channel.id))
    now = services.clock.now()
    with services.db.transaction() as tx:
        readers = telling.readers(tx, channel)
        told = [user_id for user_id in readers if user_id != schedule.asker]
        if not readers:
            telling.tell_nobody_hosts(tx, channel, now)
        checkin_schedules.change(tx, schedule.id, active=False)
        for host in told:
            key = keys.ended(schedule.id, host)
            deliveries.put(
                tx,
                Outgoing(
                    channel.team_id, key, DeliveryKind.CHECKIN_NOTE, payload, now, users=(host,)
                ),
            )


def _record(
    services: Services,
    tx: Session,
    channel: Channel,
    schedule_id: int,
    due_at: datetime,
    quiet: bool,
) -> None:
    now = services.clock.now()
    fresh = checkin_schedules.get(tx, channel.team_id, schedule_id)
    if fresh is None or checkins.scheduled_at(tx, schedule_id, due_at):
        return
    try:
        wish = _wish(tx, channel, fresh.wanted, quiet)
        made = wishes.record(services, tx, channel, wish, due_at, schedule_id)
    except Refused as refused:
        key = keys.refused(schedule_id, due_at)
        payload = loop.note(news.refused(refused.why, refused.facts, fresh.kind))
        deliveries.put(
            tx,
            Outgoing(
                channel.team_id,
                key,
                DeliveryKind.CHECKIN_NOTE,
                payload,
                now,
                users=(fresh.asker,),
                about=channel.id,
            ),
        )
        return
    if made is not None and _seldom(fresh.wanted.cadence, due_at):
        ahead.tell_asker(tx, made, now)


def _wish(tx: Session, channel: Channel, wanted: Recurring, quiet: bool) -> Wish:
    drawn = prompts.choose(tx, channel, wanted.kind, quiet)
    if not (drawn or wanted.question):
        raise Refused(Why.NO_PROMPT)
    return Wish(
        asker=wanted.asker,
        kind=wanted.kind,
        questions=drawn,
        line=wanted.line,
        own=wanted.question,
        named=wanted.named,
        audience=wanted.audience,
        open_for=wanted.open_for,
    )


def _seldom(cadence: Cadence, after: datetime) -> bool:
    """Whether the asker may be asked each time: not where that would be a message every day."""
    return _closest(next_dates(cadence, after, LOOKED_AT)) >= SAME_MOOD


def _closed(channel: Channel) -> Closed:
    return closed_days.days_off(channel.settings)
