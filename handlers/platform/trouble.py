"""The last door: what nobody else answers, and errors that come before any listener."""

from __future__ import annotations

import re
from logging import Logger
from typing import Any

from slack_bolt import Ack, App, Respond
from slack_bolt.response import BoltResponse

from bot import trouble
from handlers.platform.door import explain


def register(app: App) -> None:
    """Bind last: a press that no listener knows is answered, never met with silence."""
    app.action(re.compile(".*"))(unknown_button)
    app.view(re.compile(".*"))(unknown_button)
    app.error(failed)


def unknown_button(ack: Ack, body: dict[str, Any], respond: Respond) -> None:
    """Something that this version of Kettle does not draw any more."""
    ack()
    if body.get("response_url"):
        respond(text=trouble.unknown_button(), response_type="ephemeral", replace_original=False)


def failed(error: Exception, body: dict[str, Any], respond: Respond, logger: Logger) -> Any:
    """An error outside every listener: the person reads one sentence, the log has the rest."""
    sentence = explain(error)
    logger.debug("answered trouble type=%s", body.get("type"))
    if body.get("response_url"):
        respond(text=sentence, response_type="ephemeral", replace_original=False)
    return BoltResponse(status=200)
