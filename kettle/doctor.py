"""What `kettle doctor` finds in the room itself: is the database whole, does the heart beat."""

from __future__ import annotations

from datetime import timedelta

from bot.views import words
from kettle.app import CannotStart, Parts
from kettle.console import place
from storage.platform import migrate, rows

LATE = timedelta(minutes=3)  # a heart notes its beats once a minute


def database(parts: Parts) -> str:
    """One line on the database. Raises CannotStart when it is damaged or takes no writes."""
    db = parts.services.db
    if damage := db.damage():
        raise CannotStart(f"Database: {place(db)} is damaged ({damage}). Restore a backup.")
    if refusal := db.refusal():
        raise CannotStart(f"Database: {place(db)} takes no writes ({refusal}).")
    return f"Database: fine, {place(db)}, schema {migrate.revision(db)}."


def heart(parts: Parts) -> str:
    """One line on the heart, as the database tells of it."""
    with parts.services.db.reading() as tx:
        last = rows.last_beat(tx)
    if last is None:
        return "Heart: it has not beaten on this database yet; `kettle serve` starts it."
    if parts.services.clock.now() - last <= LATE:
        return "Heart: fine, it beats."
    since = words.moment(last, "UTC")
    return f"Heart: no beat since {since} UTC. Is `kettle serve` running, on this database?"
