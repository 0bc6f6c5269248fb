"""How often somebody said nothing in a row: any word of theirs begins the count anew (P10)."""

from __future__ import annotations

from sqlmodel import Session

from bot.meetings import keys
from core.values import Person, Who
from storage.outbox import deliveries
from storage.people import people


def clean(tx: Session, who: Who) -> Person:
    """They have said something: a question about silences that still waits is moot."""
    person = people.hold(tx, who)
    if person.unanswered:
        people.change(tx, who, unanswered=0)
        deliveries.cancel_by_key(tx, who.team, keys.silences_of(who.user))
    return person
