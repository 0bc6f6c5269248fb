"""Check-ins: asked, answered, closed and told, and what follows from them."""

from __future__ import annotations

from datetime import datetime

from bot.services import Services


def run_due(services: Services) -> None:
    """Everything about check-ins that is due now. Harmless to call too often or from two."""


def next_wake(services: Services) -> datetime | None:
    """When something will be due next, as far as the database knows."""
    return None
