"""Check-ins: asked, answered, closed and told, and what follows from them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.checkins import closing, hands, opening, refreshing, schedules
from bot.checkins.hands import offer_a_hand
from bot.log import get
from bot.services import Services
from storage import checkin_schedules, checkins, pulses
from storage import hands as stored_hands

__all__ = ["next_wake", "offer_a_hand", "run_due"]

log = get("checkins")
STEPS: tuple[Callable[[Services], None], ...] = (
    schedules.plan_due,
    opening.open_due,
    closing.close_due,
    refreshing.remind_due,
    refreshing.refresh_due,
    closing.forget_due,
    hands.expire,
)


def run_due(services: Services) -> None:
    """Everything about check-ins that is due now. Harmless to call too often or from two."""
    for step in STEPS:
        try:
            step(services)
        except Exception:  # one broken step must not silence the rest
            log.exception("tick failed step=%s", step.__name__)
    pulses.seal(services.db)  # an answer whose log a reader kept from being emptied


def next_wake(services: Services) -> datetime | None:
    """When something will be due next, as far as the database knows."""
    now = services.clock.now()
    with services.db.reading() as tx:
        instants = [stored_hands.next_over(tx)]
        instants += [schedules.plan_at(schedule) for schedule in checkin_schedules.running(tx)]
        instants += [checkin.opens_at for checkin in checkins.planned(tx)]
        instants += [checkin.closes_at for checkin in checkins.open_now(tx)]
        reminders = [refreshing.reminder_at(checkin) for checkin in checkins.due_reminders(tx)]
        instants += [at for at in reminders if at is not None and at > now]
        if checkins.stale_posts(tx, now):
            instants.append(now + refreshing.GAP)
    return min((instant for instant in instants if instant is not None), default=None)
