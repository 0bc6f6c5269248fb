"""Who may be asked once more of those who agreed to be: as often a week as each of them chose."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from random import Random

from sqlmodel import Session

from bot.platform.services import Services
from core.ledger import budget
from core.outbox.kinds import ENOUGH
from core.values import Who
from storage.outbox import readers
from storage.outbox.deliveries import Delivery
from storage.people import people

NEVER = datetime.min.replace(tzinfo=UTC)


def in_turn(
    tx: Session, team_id: str, user_ids: Iterable[str], now: datetime, chance: Random
) -> list[str]:
    """Those of them who have not had their share, whoever was asked longest ago first.

    They are held: of two who ask at once, the second one counts what the first one has laid down.
    """
    ids = set(user_ids)
    people.hold_all(tx, team_id, ids)
    known, had = people.some(tx, team_id, ids), readers.each(tx, team_id, ids, budget.REQUESTS, now)
    free = [one for one in sorted(known) if budget.has_room(known[one].requests, had[one], now)]
    chance.shuffle(free)
    return sorted(free, key=lambda one: max(had[one], default=NEVER))


def spared(services: Services, delivery: Delivery) -> str | None:
    """Why its reader does without a request that has waited: they want fewer since."""
    now, who = services.clock.now(), Who(delivery.team_id, delivery.users[0])
    since, until = now - budget.WITHIN, now + timedelta(seconds=1)
    with services.db.reading() as tx:
        person = people.get(tx, who)
        had = [one.at for one in readers.had(tx, who, budget.REQUESTS, since, until)]
    return ENOUGH if person and not budget.has_room(person.requests, had, now) else None
