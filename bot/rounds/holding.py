"""Holding a round: read, decide, record; what was recorded is spoken later by the outbox."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from random import Random
from zoneinfo import ZoneInfo

from bot.meetings import planning
from bot.platform import closed_days, directory
from bot.platform.log import get
from bot.platform.services import Services
from bot.rounds import participants, recording, telling
from bot.rounds.errors import JustHeld, NobodyAvailable
from bot.rounds.recording import Decision, Times
from core.cadence import Closed, missed, next_due
from core.matching import History, KeptPlan, Odd, Preferences, Rules, forecast
from core.receipt import Preview
from core.values import Channel
from storage.channels import channels
from storage.people import memberships, people
from storage.rounds import history, rounds

log = get("rounds")
LATE = timedelta(days=1)  # a round missed by less than this is held late, once
FALLBACK_LENGTH = timedelta(days=7)  # of a round after which none is planned
SHORTEST = timedelta(days=1)  # of a round held because a host asked
TWICE = timedelta(minutes=5)  # a host who asks again within this means the same round
SHOWN_DATES = 5


def closed_dates(channel: Channel) -> Closed:
    """The dates on which the channel holds no round: holidays and blackout dates."""
    return closed_days.days_off(channel.settings)


def due_after(channel: Channel, after: datetime) -> datetime | None:
    """When the channel's next round is due; slower while it is under pressure (C10)."""
    closed, cadence = closed_dates(channel), channel.settings.cadence
    due = next_due(cadence, after, closed)
    if due and _under_pressure(channel, due):
        return next_due(cadence, due, closed)  # every second one
    return due


def _under_pressure(channel: Channel, at: datetime) -> bool:
    on = at.astimezone(ZoneInfo(channel.settings.cadence.zone)).date()
    return channel.quiet_until is not None and on < channel.quiet_until


def upcoming_dates(channel: Channel) -> Iterator[datetime]:
    """Every due time of the channel from its next one on."""
    due = channel.next_due_at
    while due is not None:
        yield due
        due = due_after(channel, due)


def everyone_from(channel: Channel) -> datetime | None:
    """The first round that everyone is in, where that is not the channel's next one already."""
    due = channel.next_due_at
    if due is None or not channel.announced or channel.settings.taking_part is channel.mode_at(due):
        return None
    everyone = channel.settings.taking_part
    return next((at for at in upcoming_dates(channel) if channel.mode_at(at) is everyone), None)


def run_due(services: Services, channel: Channel) -> None:
    """Hold the channel's round if it is due: on time, late once, or not at all when too late."""
    now, due_at = services.clock.now(), channel.next_due_at
    if due_at is None or due_at > now:
        return
    cadence, just_before = channel.settings.cadence, due_at - timedelta(seconds=1)
    newest = missed(cadence, just_before, now, closed_dates(channel))
    if newest and newest > due_at and not _under_pressure(channel, newest):
        due_at = newest
    if now - due_at >= LATE:
        with services.db.transaction() as tx:
            fresh = channels.hold(tx, channel.place)
            if fresh is None or fresh.next_due_at != channel.next_due_at:
                return  # a host has moved it, or another beat was here
            channels.change(tx, channel.place, next_due_at=due_after(channel, now))
            memberships.clear_skips(tx, channel.place)
            telling.tell_hosts_missed(tx, channel, channel.next_due_at or due_at, due_at, now)
        log.warning("round skipped, too late team=%s channel=%s", channel.team_id, channel.id)
        return
    _tell_of_those_before(services, channel, due_at)
    hold_round(services, channel, due_at)


def _tell_of_those_before(services: Services, channel: Channel, due_at: datetime) -> None:
    """After a stop of weeks the newest round is held late; the hosts hear of the others, too."""
    first, closed = channel.next_due_at or due_at, closed_dates(channel)
    just_before, until = (at - timedelta(seconds=1) for at in (first, due_at))
    last = missed(channel.settings.cadence, just_before, until, closed) if first < due_at else None
    if last is not None and not _under_pressure(channel, last):
        with services.db.transaction() as tx:
            telling.tell_hosts_missed(tx, channel, first, last, services.clock.now())


def hold_round(services: Services, channel: Channel, due_at: datetime) -> None:
    """One pairing of one channel at one due time. Holding it again does nothing."""
    decision = decide(services, channel, services.clock.now(), seed=services.seed())
    now = services.clock.now()
    upcoming = due_after(channel, now)
    ends_at = upcoming or now + FALLBACK_LENGTH
    recording.record(services, channel, decision, Times(due_at, ends_at, upcoming))


def run_now(services: Services, channel: Channel) -> int:
    """Hold a round at once because a host asked; returns its number of groups.

    Raises NobodyAvailable when nobody can be introduced, and JustHeld for a second press.
    """
    now = services.clock.now()
    with services.db.reading() as tx:
        latest = rounds.latest(tx, channel.place, 1)
    if latest and now - latest[0].held_at < TWICE:
        raise JustHeld()
    decision = decide(services, channel, now, seed=services.seed())
    if not decision.plan.groups:
        raise NobodyAvailable()
    long_enough = (due for due in upcoming_dates(channel) if due - now >= SHORTEST)
    ends_at = next(long_enough, now + FALLBACK_LENGTH)
    # Claimed by the minute, so that two presses at once are one round.
    minute = now.replace(second=0, microsecond=0)
    times = Times(minute, ends_at, channel.next_due_at)
    if not recording.record(services, channel, decision, times, asked_for=True):
        raise JustHeld()
    return len(decision.plan.groups)


def decide(
    services: Services, channel: Channel, at: datetime, seed: int, dry: bool = False
) -> Decision:
    """Read Slack and the history, and plan; `dry` keeps not even Slack's member list."""
    present = None
    if dry:
        present = directory.look(services, channel)
    else:
        participants.reconcile(services, channel)
    due = channel.next_due_at or at
    counts = due if dry else min(at, due)  # a dry run is about the next one
    gathering = participants.gather(services, channel, at, present, counts)
    with services.db.transaction() as tx:
        history.repack(tx, channel.team_id)
    with services.db.reading() as tx:
        user_ids, wishes = gathering.decision.taking_part, channel.settings.prefer
        asked = user_ids if wishes.get("few_shared_channels") else ()
        others = participants.other_channels(tx, channel, asked)
        past = History(
            numbers={},  # people bring theirs
            rounds=history.load(tx, channel.team_id, channel.id),
            kept=_kept(channels.kept_plan(tx, channel.place)),
        )
        rules = Rules(
            size=channel.settings.size,
            odd=Odd(channel.settings.odd),
            blocks=people.blocks(tx, channel.team_id, user_ids),
            prefer=Preferences(**wishes),
        )
    everybody = planning.crowd(gathering.taking_part, at, others)
    plan = planning.plan(everybody, past, rules, seed)
    return Decision(gathering, plan, gathering.people)


def preview(services: Services, channel: Channel) -> Preview:
    """A dry run with a forecast: nothing is sent, no round is stored (P14).

    Asked for again before the next round it draws the same: of many drawings one could read off
    who is never put together, and so a private list.
    """
    decision = decide(services, channel, services.clock.now(), seed=_dry_seed(channel), dry=True)
    receipt = recording.receipt(decision, channel.round_count + 1, timedelta(0))
    rules = Rules(size=channel.settings.size, odd=Odd(channel.settings.odd))
    rounds_needed = forecast(receipt.meeting, rules) if receipt.meeting > 1 else None
    dates = tuple(islice(upcoming_dates(channel), SHOWN_DATES))
    return Preview(receipt, rounds_needed, dates, channel.started, everyone_from(channel))


def _dry_seed(channel: Channel) -> int:
    return Random(f"{channel.team_id}:{channel.id}:{channel.round_count}").randrange(2**31)


def _kept(text: str | None) -> KeptPlan | None:
    return KeptPlan.from_json(text) if text else None
