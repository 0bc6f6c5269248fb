"""Check-ins that come again and again, with the cadence of rounds (C8)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from bot.channels import hosts
from bot.checkins import access
from bot.checkins.asking import ahead, opening, prompts, wishes
from bot.checkins.asking.views import form as view
from bot.checkins.asking.wishes import AHEAD, LATE, Wish
from bot.checkins.quiet import is_quiet
from bot.checkins.refusals import Refused, Why
from bot.checkins.views import loop
from bot.platform import closed_days
from bot.platform.errors import Beside
from bot.platform.log import get
from bot.platform.services import Services
from bot.views import words
from core.cadence import Cadence, Closed, anchored, missed, next_dates, next_due
from core.checkins import PLANNED_AHEAD, CheckIn, Kind, Phase
from core.outbox.kinds import DeliveryKind
from core.outbox.outgoing import Key, Outgoing
from core.pulse import SAME_MOOD
from core.values import Channel
from storage.channels import channels
from storage.checkins import checkins
from storage.checkins import schedules as checkin_schedules
from storage.checkins.schedules import Schedule
from storage.outbox import deliveries

log = get("checkins")
LOOKED_AT = 12  # dates of a rhythm that are compared
SUMMER_TIME = timedelta(hours=1)  # a day may be that much shorter


def save(
    services: Services, channel: Channel, asker: str, wish: Wish, cadence: Cadence
) -> tuple[Schedule, datetime | None]:
    """A new schedule and its first instant. Raises Refused, Beside."""
    access.require_member(services, channel, asker, ask_slack=True)
    wishes.check_words(wish)
    now = services.clock.now()
    closed = _closed(channel)
    cadence = anchored(cadence, now, closed)
    first = next_due(cadence, now, closed)
    columns: dict[str, Any] = {
        "asker": asker,
        "kind": wish.kind,
        "line": wish.line.strip(),
        "question": wish.own.strip(),
        "named": wish.named,
        "audience": wish.audience,
        "open_hours": int(wish.open_for.total_seconds() // 3600),
        "cadence": cadence,
    }
    with services.db.transaction() as tx:
        wishes.require_pulse_on(services, tx, channel, wish.kind)
        others = checkin_schedules.of_channel(tx, channel.team_id, channel.id)
        for other in others:  # a form that was sent twice is one schedule
            if all(getattr(other, name) == value for name, value in columns.items()):
                return other, other.next_due_at
        _require_room(wish, cadence, others, now)
        stored = {**columns, "cadence": cadence.to_json(), "next_due_at": first}
        return checkin_schedules.add(tx, channel.team_id, channel.id, **stored), first


def _require_room(wish: Wish, cadence: Cadence, others: Sequence[Schedule], now: datetime) -> None:
    """Raise Beside for check-ins of one schedule that overlap, and for pulses too close to show."""
    dates = next_dates(cadence, now, LOOKED_AT)
    if _closest(dates) + SUMMER_TIME < wish.open_for:
        raise Beside({view.HOURS: view.STILL_OPEN_THEN})
    if wish.kind is not Kind.PULSE:
        return
    closings = [opens + wish.open_for for opens in dates]
    if _closest(closings) < SAME_MOOD:
        raise Beside({view.RHYTHM.often.id: view.PULSE_TOO_OFTEN})
    for other in others:
        if other.kind is not Kind.PULSE:
            continue
        open_for = timedelta(hours=other.open_hours)
        theirs = [opens + open_for for opens in next_dates(other.cadence, now, 5 * LOOKED_AT)]
        if _closest([*closings, *theirs]) < SAME_MOOD:
            raise Beside({view.RHYTHM.often.id: view.two_pulses(words.rhythm(other.cadence))})


def _closest(instants: Sequence[datetime]) -> timedelta:
    apart = (later - earlier for earlier, later in pairwise(sorted(instants)))
    return min(apart, default=timedelta.max)


def stop(services: Services, team_id: str, schedule_id: int, user_id: str) -> Channel:
    """End a schedule: its asker or a host does that. Raises Refused."""
    with services.db.reading() as tx:
        schedule = checkin_schedules.get(tx, team_id, schedule_id)
    if schedule is None:
        raise Refused(Why.GONE)
    channel = access.channel_of(services, team_id, schedule.channel_id)
    if user_id != schedule.asker:
        access.require_host(services, channel, user_id)
    with services.db.transaction() as tx:
        checkin_schedules.change(tx, schedule.id, active=False)
        for checkin in checkins.of_channel(tx, team_id, channel.id, [Phase.PLANNED]):
            if checkin.schedule_id == schedule.id:
                opening.drop(tx, checkin)
    return channel


def running(services: Services, channel: Channel) -> tuple[tuple[int, str], ...]:
    """The channel's schedules, each with its words."""
    with services.db.reading() as tx:
        found = checkin_schedules.of_channel(tx, channel.team_id, channel.id)
    return tuple((schedule.id, _described(schedule)) for schedule in found)


def planned(services: Services, channel: Channel) -> tuple[tuple[int, str], ...]:
    """The channel's single check-ins that are still to open, each with its words."""
    with services.db.reading() as tx:
        found = checkins.of_channel(tx, channel.team_id, channel.id, [Phase.PLANNED])
    ordered = [checkin for checkin in reversed(found) if checkin.schedule_id is None]
    return tuple((checkin.id, view.planned(checkin)) for checkin in ordered)


def _described(schedule: Schedule) -> str:
    rhythm = words.rhythm(schedule.cadence)
    return view.running(schedule.kind, rhythm, schedule.next_due_at, schedule.asker)


def plan_due(services: Services) -> None:
    """Plan the check-ins that come due; a day ahead where somebody is asked before."""
    with services.db.reading() as tx:
        schedules = checkin_schedules.running(tx)
    for schedule in schedules:
        if schedule.next_due_at is None or plan_at(schedule) > services.clock.now():
            continue
        try:
            _plan(services, schedule)
        except Exception:  # one broken schedule must not silence the rest
            log.exception("planning failed schedule=%d", schedule.id)


def plan_at(schedule: Schedule) -> datetime:
    """When the next check-in of the schedule is planned."""
    assert schedule.next_due_at is not None
    return schedule.next_due_at - (AHEAD if schedule.kind in PLANNED_AHEAD else timedelta(0))


def _plan(services: Services, schedule: Schedule) -> None:
    now, due_at = services.clock.now(), schedule.next_due_at
    assert due_at is not None
    with services.db.reading() as tx:
        channel = channels.get(tx, schedule.team_id, schedule.channel_id)
    if channel is None or not channel.active:
        with services.db.transaction() as tx:
            checkin_schedules.change(tx, schedule.id, active=False)
        return
    try:
        access.require_member(services, channel, schedule.asker, ask_slack=True)
    except Refused:  # nobody else can go first in their name
        _end(services, channel, schedule)
        return
    closed = _closed(channel)
    newest = missed(schedule.cadence, due_at - timedelta(seconds=1), now, closed)
    due_at = max(due_at, newest) if newest else due_at
    upcoming = next_due(schedule.cadence, max(due_at, now), closed)
    with services.db.transaction() as tx:
        checkin_schedules.change(tx, schedule.id, next_due_at=upcoming)
        if now - due_at >= LATE:
            key = Key(f"missed-checkin:{schedule.id}:{due_at.isoformat()}")
            payload = view.not_held(schedule.kind, channel.id, due_at)
            deliveries.put(
                tx,
                Outgoing(
                    channel.team_id, key, DeliveryKind.MISSED, payload, now, users=(schedule.asker,)
                ),
            )
            return
    _record(services, channel, schedule, due_at)


def _end(services: Services, channel: Channel, schedule: Schedule) -> None:
    payload = loop.note(view.asker_gone(schedule.asker, schedule.kind, channel.id))
    told = [user_id for user_id in hosts.named(services, channel) if user_id != schedule.asker]
    now = services.clock.now()
    with services.db.transaction() as tx:
        checkin_schedules.change(tx, schedule.id, active=False)
        for host in told:
            key = Key(f"schedule:{schedule.id}:ended:{host}")
            deliveries.put(
                tx,
                Outgoing(
                    channel.team_id, key, DeliveryKind.CHECKIN_NOTE, payload, now, users=(host,)
                ),
            )


def _record(
    services: Services, channel: Channel, schedule: Schedule, due_at: datetime
) -> CheckIn | None:
    quiet, now = is_quiet(services, channel), services.clock.now()
    with services.db.transaction() as tx:
        if checkins.scheduled_at(tx, schedule.id, due_at):
            return None
        try:
            drawn = prompts.choose(tx, channel, schedule.kind, quiet)
            if not (drawn or schedule.question):
                raise Refused(Why.NO_PROMPT)
            wish = Wish(
                kind=schedule.kind,
                questions=drawn,
                line=schedule.line,
                own=schedule.question,
                named=schedule.named,
                audience=schedule.audience,
                open_for=timedelta(hours=schedule.open_hours),
            )
            made = wishes.record(
                services, tx, channel, schedule.asker, wish, due_at, schedule_id=schedule.id
            )
        except Refused as refused:
            key = Key(f"refused-checkin:{schedule.id}:{due_at.isoformat()}")
            payload = loop.note(view.refused(refused.why, refused.facts, schedule.kind))
            deliveries.put(
                tx,
                Outgoing(
                    channel.team_id,
                    key,
                    DeliveryKind.CHECKIN_NOTE,
                    payload,
                    now,
                    users=(schedule.asker,),
                ),
            )
            return None
        if made is not None and _seldom(schedule.cadence, due_at):
            ahead.tell_asker(tx, made, now)
        return made


def _seldom(cadence: Cadence, after: datetime) -> bool:
    """Whether the asker may be asked each time: not where that would be a message every day."""
    return _closest(next_dates(cadence, after, LOOKED_AT)) >= SAME_MOOD


def _closed(channel: Channel) -> Closed:
    settings = channel.settings
    return closed_days.closed_dates(settings.country, settings.subdivision, settings.blackout)
