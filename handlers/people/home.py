"""The Home tab: drawn when somebody opens it, and when they press Refresh."""

from __future__ import annotations

from typing import Any

from slack_bolt import App, BoltContext

from bot.people import home, ids
from bot.platform import log as logs
from bot.platform.services import Services
from bot.platform.visiting import Deadline
from bot.views.carried import Nothing
from core.values import Who
from handlers.platform.door import button
from handlers.platform.visits import Visit

log = logs.get("handlers")


def register(app: App, services: Services) -> None:
    """Bind the event and the button."""

    def opened(event: dict[str, Any], context: BoltContext, body: dict[str, Any]) -> None:
        if event.get("tab") != "home":
            return
        team_id = str(context.team_id or body.get("team_id") or "")
        try:
            home.open_for(services.for_one_visit(Deadline(None)), Who(team_id, event["user"]))
        except Exception:  # nobody waits for an answer; opening it again draws it
            log.exception("home not drawn")

    app.event("app_home_opened")(opened)
    button(app, services, ids.HOME_REFRESH, refresh)


def refresh(visit: Visit, _pressed: Nothing) -> None:
    """ "Refresh"."""
    home.publish(visit.services, visit.who)
