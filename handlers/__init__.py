"""The doors: acknowledge, parse, do, show."""

from slack_bolt import App

from bot.services import Services
from handlers import checkins, coffee, events, home, meetings, preferences, settings, trouble


def register(app: App, services: Services) -> None:
    """Bind every listener to the app; the catch-all comes last."""
    for room in (coffee, meetings, settings, preferences, home, checkins, events):
        room.register(app, services)
    trouble.register(app)
