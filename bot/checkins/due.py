"""What is due about check-ins: each step of a beat, and when the next one comes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.checkins.after import closing, forgetting, hands
from bot.checkins.answering import refreshing
from bot.checkins.asking import opening, schedules
from bot.checkins.asking.wishes import AHEAD
from bot.platform.services import Services
from core.checkins import KEEP_DAYS
from core.pulse import SAME_MOOD
from storage.checkins import checkins, sealing
from storage.moments import Moments

Step = Callable[[Services], None]


def seal(services: Services) -> None:
    """Empty the log of an answer that a reader kept from being emptied."""
    sealing.seal(services.db)


def due(at: Moments, now: datetime) -> list[Step]:
    """The steps that have something to do now, or may have, in their order.

    What is planned may be opened at once; nothing else follows from a step before.
    """
    when: dict[Step, tuple[datetime | None, ...]] = {
        schedules.plan_due: (at.schedule, _ahead(at)),
        opening.open_due: (at.schedule, _ahead(at), at.opening),
        closing.close_due: (at.closing,),
        refreshing.remind_due: (at.unreminded and at.unreminded + refreshing.EARLIEST,),
        refreshing.refresh_due: (at.stale and at.stale + refreshing.GAP,),
        forgetting.forget_due: (
            at.unemptied and at.unemptied + timedelta(days=KEEP_DAYS),  # no contract promises less
            at.traced and at.traced + SAME_MOOD,
        ),
        hands.expire: (at.hand_over,),
    }
    return [
        step
        for step, instants in when.items()
        if any(instant is not None and instant <= now for instant in instants)
    ]


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
    return [at.hand_over, at.schedule, _ahead(at), at.opening, at.closing]


def _ahead(at: Moments) -> datetime | None:
    return at.schedule_ahead and at.schedule_ahead - AHEAD
