"""`/checkin`, its modals and its buttons."""

from __future__ import annotations

from slack_bolt import App

from bot.services import Services


def register(app: App, services: Services) -> None:
    """Bind the command, the modals and the buttons."""
