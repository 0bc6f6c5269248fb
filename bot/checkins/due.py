"""What is due about check-ins: each step of a beat, and when the next one comes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.checkins.after import closing, forgetting, hands
from bot.checkins.answering import refreshing
from bot.checkins.asking import opening, schedules
from bot.checkins.asking.wishes import AHEAD
from bot.platform.log import get
from bot.platform.services import Services
from core.checkins import KEEP_DAYS
from core.pulse import SAME_MOOD
from storage.checkins import checkins, sealing
from storage.moments import Moments

log = get("checkins")
STEPS: tuple[Callable[[Services], None], ...] = (
    schedules.plan_due,
    opening.open_due,
    closing.close_due,
    refreshing.remind_due,
    refreshing.refresh_due,
    forgetting.forget_due,
    hands.expire,
)


def run_due(services: Services) -> None:
    """Everything about check-ins that is due now. Harmless to call too often or from two."""
    for step in STEPS:
        try:
            step(services)
        except Exception:  # one broken step must not silence the rest
            log.exception("tick failed step=%s", step.__name__)


def seal(services: Services) -> None:
    """Empty the log of an answer that a reader kept from being emptied."""
    sealing.seal(services.db)


def busy(at: Moments, now: datetime) -> bool:
    """Whether a step has something to do now, or may have."""
    early = (
        at.unreminded and at.unreminded + refreshing.EARLIEST,
        at.stale and at.stale + refreshing.GAP,
        at.unemptied and at.unemptied + timedelta(days=KEEP_DAYS),  # no contract promises less
        at.traced and at.traced + SAME_MOOD,
    )
    instants = (*_steps(at), *early)
    return any(instant is not None and instant <= now for instant in instants)


def next_wake(services: Services, at: Moments) -> datetime | None:
    """When something will be due next, as far as the database knows."""
    now, instants = services.clock.now(), _steps(at)
    if at.stale is not None:
        instants.append(now + refreshing.GAP)
    if at.unreminded is not None:
        with services.db.reading() as tx:
            reminders = [refreshing.reminder_at(one) for one in checkins.due_reminders(tx)]
        instants += [due for due in reminders if due is not None and due > now]
    return min((instant for instant in instants if instant is not None), default=None)


def _steps(at: Moments) -> list[datetime | None]:
    ahead = at.schedule_ahead and at.schedule_ahead - AHEAD
    return [at.hand_over, at.schedule, ahead, at.opening, at.closing]
