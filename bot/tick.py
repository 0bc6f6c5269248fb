"""The heartbeat: everything that is due, with one `try` per channel."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.checkins import due as checkins
from bot.endings import laying
from bot.meetings import impromptu
from bot.meetings.second import searching
from bot.platform.errors import tried
from bot.platform.log import get
from bot.platform.services import Services
from bot.platform.slack import SlackRefused
from bot.policies import POLICIES
from bot.rounds import holding, notices, receipts, settling, telling
from core.values import Channel
from storage.channels import channels
from storage.moments import Moments, moments

log = get("tick")
GONE = {"channel_not_found", "not_in_channel", "is_archived", "fetch_members_failed"}


def run_due(services: Services) -> None:
    """Hold what is due, give notice, send receipts. Harmless to call too often or from two.

    A beat with nothing to do costs one query, however many channels there are.
    """
    now = services.clock.now()
    with services.db.reading() as tx:
        at = moments(tx)
        running = channels.running(tx) if _rounds_busy(at, now) else []
    for channel in running:
        _one(services, channel)
    parts = [*checkins.due(at, now), checkins.seal]
    if at.queue_over is not None:
        parts.insert(0, impromptu.run_due)
    if at.search_over is not None and at.search_over <= now:
        parts.insert(0, searching.run_due)
    if at.over is not None and at.over <= now:
        parts.append(end_due)
    for part in parts:
        with tried(log, "tick", f"part={part.__module__}"):
            part(services)


def end_due(services: Services) -> None:
    """What is over is drawn so, a few at a time."""
    laying.run_due(services, POLICIES)


def _rounds_busy(at: Moments, now: datetime) -> bool:
    instants = (at.meeting_over, at.notice, at.round, at.untold)
    return any(instant is not None and instant <= now for instant in instants)


def _one(services: Services, channel: Channel) -> None:
    steps: tuple[Callable[[Services, Channel], None], ...] = (
        settling.settle,
        notices.give_notice,
        holding.run_due,
        receipts.send_receipts,
    )
    with tried(log, "tick", f"channel={channel.id}"):
        try:
            for step in steps:
                with services.db.reading() as tx:  # the step before may have moved its dates
                    channel = channels.get(tx, channel.place) or channel
                step(services, channel)
        except SlackRefused as refusal:
            log.warning("refused channel=%s error=%s", channel.id, refusal.code)
            if refusal.code in GONE:  # the event of our removal can be lost
                now = services.clock.now()
                with services.db.transaction() as tx:
                    telling.tell_ended(tx, channels.hold(tx, channel.place) or channel, now)


def next_wake(services: Services) -> datetime | None:
    """When something will be due next, as far as the database knows; for moving a clock."""
    with services.db.reading() as tx:
        at = moments(tx)
    now = services.clock.now()
    # What is over already waits for what is drawn before it: that is a delivery.
    over = at.over if at.over is not None and at.over > now else None
    receipt = None if at.untold is None else at.untold + receipts.RECEIPT_PATIENCE
    rounds = (at.notice, at.round, at.meeting_over, receipt)
    instants = (
        at.delivery,
        at.queue_over,
        at.search_over,
        over,
        *rounds,
        checkins.next_wake(services, at),
    )
    return min((instant for instant in instants if instant is not None), default=None)
