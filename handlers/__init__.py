"""The doors: parse, do, acknowledge, show."""

from slack_bolt import App

from bot.platform.services import Services
from handlers import coffee, meetings, plans, rounds, second
from handlers.channels import arrivals, settings
from handlers.checkins import asking
from handlers.people import home, preferences
from handlers.platform import trouble


def register(app: App, services: Services) -> None:
    """Bind every listener to the app; the catch-all comes last."""
    about_coffee = (coffee, meetings, plans, second, rounds)
    for room in (*about_coffee, settings, preferences, home, asking, arrivals):
        room.register(app, services)
    trouble.register(app, services)
