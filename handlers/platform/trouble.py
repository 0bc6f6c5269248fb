"""The last door: what nobody else answers, and errors that come before any listener."""

from __future__ import annotations

from logging import Logger
from typing import Any

from slack_bolt import App, Respond
from slack_bolt.response import BoltResponse

from bot import trouble
from bot.platform.services import Services
from handlers.platform.door import anything_else, explain
from handlers.platform.visits import Visit


def register(app: App, services: Services) -> None:
    """Bind last: a press that no listener knows is answered, never met with silence."""
    anything_else(app, services, unknown_button)
    app.error(failed)


def unknown_button(visit: Visit) -> None:
    """Something that this version of Kettle does not draw any more."""
    if visit.body.get("response_url"):
        visit.answer(trouble.unknown_button())


def failed(error: Exception, body: dict[str, Any], respond: Respond, logger: Logger) -> Any:
    """An error outside every listener: the person reads one sentence, the log has the rest."""
    sentence = explain(error)
    logger.debug("answered trouble type=%s", body.get("type"))
    if body.get("response_url"):
        respond(text=sentence, response_type="ephemeral", replace_original=False)
    return BoltResponse(status=200)
