"""What the doors of check-ins share: a refusal is told where the person is."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from slack_sdk.errors import SlackApiError

from bot import trouble
from bot.checkins.refusals import Refused
from bot.checkins.views import post as view
from bot.views.blocks import ModalView
from bot.views.carried import StaleValue
from handlers.platform.visits import Visit

P = ParamSpec("P")


def told(
    listener: Callable[Concatenate[Visit, P], None],
) -> Callable[Concatenate[Visit, P], None]:
    """The listener, whose refusals are told: in the modal that was sent, on top of it, or here."""

    @wraps(listener)
    def handle(visit: Visit, /, *carried: P.args, **more: P.kwargs) -> None:
        try:
            listener(visit, *carried, **more)
        except Refused as refused:
            tell(visit, trouble.sentence(refused))

    return handle


def tell(visit: Visit, sentence: str) -> None:
    """Say one sentence to the person, where they are."""
    said = view.said("Check-in", sentence)
    if visit.body.get("type") == "view_submission":
        visit.ack(response_action="update", view=said)
    elif visit.view is not None and visit.view.get("type") == "modal":
        visit.open(said)
    else:
        visit.answer(sentence)


def redraw_modal(visit: Visit, drawn: ModalView, view_id: str | None = None) -> None:
    """Draw the open modal anew; one that was closed or has changed meanwhile is left alone."""
    shown = visit.view or {}
    if not view_id and not shown.get("id"):
        raise StaleValue("pressed where no modal is open")
    arguments = {"view_id": view_id} if view_id else {"view_id": shown["id"], "hash": shown["hash"]}
    try:
        visit.client.views_update(view=drawn, **arguments)
    except SlackApiError as error:
        if error.response.get("error") not in {"hash_conflict", "not_found"}:
            raise
