"""A modal that is drawn anew while it is filled in."""

from __future__ import annotations

import threading
from collections import OrderedDict

from slack_sdk.errors import SlackApiError

from bot.platform import log as logs
from bot.views.blocks import ModalView
from handlers.platform.visits import Visit

log = logs.get("handlers")
REMEMBERED = 500  # open modals


class Newest:
    """Which change of a modal is the latest: changes made in a hurry may overtake each other."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._seen: OrderedDict[str, float] = OrderedDict()

    def is_newest(self, view_id: str, moment: float) -> bool:
        """Whether no later change of this modal has come in; notes this one."""
        with self._lock:
            newest = max(moment, self._seen.pop(view_id, moment))
            self._seen[view_id] = newest
            while len(self._seen) > REMEMBERED:
                self._seen.popitem(last=False)
            return newest == moment


def redraw(newest: Newest, visit: Visit, drawn: ModalView) -> None:
    """Draw the modal again, unless a later change was made to it meanwhile."""
    view = visit.view or {}
    view_id, moment = str(view.get("id")), _moment(visit)
    if not newest.is_newest(view_id, moment):
        return
    try:
        visit.client.views_update(view_id=view_id, hash=view.get("hash"), view=drawn)
    except SlackApiError as error:
        if error.response.get("error") != "hash_conflict":
            raise
        # Somebody drew it since: an earlier change, if this is still the latest one.
        if newest.is_newest(view_id, moment):
            update(visit, view_id, drawn)


def update(visit: Visit, view_id: str, drawn: ModalView) -> None:
    """Draw a modal again, if it is open still."""
    try:
        visit.client.views_update(view_id=view_id, view=drawn)
    except SlackApiError as error:  # closed meanwhile
        log.info("modal not redrawn error=%s", error.response.get("error"))


def _moment(visit: Visit) -> float:
    pressed = (visit.body.get("actions") or [{}])[0]
    return float(pressed.get("action_ts") or 0)
