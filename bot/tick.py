"""The heartbeat: everything that is due, with one `try` per channel."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot import checkins, impromptu, notices, rounds
from bot.log import get
from bot.services import Services
from bot.slack import SlackBusy, SlackRefused, SlackUnsure
from core.values import Channel
from storage import channels, deliveries, queue

log = get("tick")
GONE = {"channel_not_found", "not_in_channel", "is_archived", "fetch_members_failed"}


def run_due(services: Services) -> None:
    """Hold what is due, give notice, send receipts. Harmless to call too often or from two."""
    with services.db.reading() as tx:
        running = channels.running(tx)
    for channel in running:
        _one(services, channel)
    for part in (impromptu.run_due, checkins.run_due):
        try:
            part(services)
        except Exception:  # one broken part must not silence the rest
            log.exception("tick failed part=%s", part.__module__)


def _one(services: Services, channel: Channel) -> None:
    steps: tuple[Callable[[Services, Channel], None], ...] = (
        notices.settle,
        notices.give_notice,
        rounds.run_due,
        notices.send_receipts,
    )
    try:
        for step in steps:
            step(services, channel)
    except SlackRefused as refusal:
        log.warning("refused channel=%s error=%s", channel.id, refusal.code)
        if refusal.code in GONE:  # the event of our removal can be lost
            with services.db.transaction() as tx:
                channels.change(tx, channel.team_id, channel.id, active=False)
    except (SlackBusy, SlackUnsure) as trouble:
        log.warning("slack not ready channel=%s trouble=%r", channel.id, trouble)
    except Exception:  # one broken channel must not silence the rest
        log.exception("tick failed channel=%s", channel.id)


def next_wake(services: Services) -> datetime | None:
    """When something will be due next, as far as the database knows; for moving a clock."""
    with services.db.reading() as tx:
        instants = [deliveries.next_due_at(tx), *[entry.until for entry in queue.everyone(tx)]]
        for channel in channels.running(tx):
            if channel.next_due_at is not None:
                notice = channel.next_due_at - notices.DAY_BEFORE
                due = channel.noticed_for == channel.next_due_at
                instants.append(channel.next_due_at if due else notice)
    instants.append(checkins.next_wake(services))
    return min((instant for instant in instants if instant is not None), default=None)
