"""One switch for everything optional (P24); `core/outbox/muting.py` says what that is."""

from __future__ import annotations

from sqlmodel import Session

from bot.meetings import slates
from bot.people.views import muting as view
from bot.platform import directory
from bot.platform.services import Services
from core.values import Who
from storage.people import people


def mute(services: Services, who: Who) -> str:
    """From now on this person hears only what they need; returns the word back."""
    return view.ALREADY if _set(services, who, muted=True) else view.MUTED


def unmute(services: Services, who: Who) -> str:
    """Everything again, and nothing of what was dropped meanwhile; returns the word back."""
    return view.UNMUTED if _set(services, who, muted=False) else view.NOT_MUTED


def turn(tx: Session, who: Who, muted: bool) -> bool:
    """Turn the switch; whether it was on before. From a change on silences are counted anew."""
    before = people.hold(tx, who).muted
    if before is not muted:
        slates.clean(tx, who)
        people.change(tx, who, muted=muted)
    return before


def _set(services: Services, who: Who, muted: bool) -> bool:
    directory.meet(services, who)
    with services.db.transaction() as tx:
        return turn(tx, who, muted)
