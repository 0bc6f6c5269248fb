"""Clearing away what nobody needs any more."""

from __future__ import annotations

from datetime import timedelta

from bot.checkins.after.forgetting import forget_old
from bot.platform.log import get
from bot.platform.services import Services
from storage.meetings import searches
from storage.outbox import clearing

log = get("tidy")
KEPT = timedelta(days=90)


def run(services: Services) -> None:
    """Delete messages and searches that were over long ago, and old open ends."""
    before = services.clock.now() - KEPT
    with services.db.transaction() as tx:
        searches.clear_before(tx, before)
        removed = clearing.clear_before(tx, before)
    forget_old(services)
    if removed:
        log.info("tidied deliveries=%d", removed)
