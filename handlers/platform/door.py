"""What every door shares: who is there, an answer only they see, and one place for trouble."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterable
from typing import Any

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot import trouble as words
from bot.people import home
from bot.platform import log as logs
from bot.platform.errors import Beside, ForThePerson
from bot.platform.services import Services
from bot.platform.slack import SlackRefused, SlackTrouble
from bot.platform.visiting import Deadline, InDoubt, Unsaved, is_away
from bot.views.carried import Action, Modal, StaleValue
from handlers.platform.visits import Acknowledgement, Answers, V, Visit, admitted, visit

log = logs.get("handlers")
# An interaction is to be acknowledged within 3 s (Slack, "Handling user interaction").
IN_TIME = 2.0  # seconds in which something is stored, or told as not saved
OUT = {"not_in_channel", "channel_not_found", "is_archived"}  # Slack: the bot is not in there


Listener = Callable[[Visit], None]


def button(
    app: App,
    services: Services,
    pressed: Action[V],
    listener: Callable[[Visit, V], None],
    several: bool = False,
) -> None:
    """Bind a button or select whose value is read for the listener; StaleValue is told as such.

    `several`: more than one of them are drawn side by side, each with a suffix to its id.
    """
    which: str | re.Pattern[str] = pressed.id
    if several:
        which = re.compile(rf"^{re.escape(pressed.id)}(\.|$)")

    def press(visit: Visit) -> None:
        listener(visit, pressed.carries.read(visit.value or "-"))

    press.__name__ = getattr(listener, "__name__", "listener")
    app.action(which)(_bound(services, press, acknowledge=True))


def sent(
    app: App, services: Services, modal: Modal[V], listener: Callable[[Visit, V], None]
) -> None:
    """Bind a modal's submit button: problems go beside the fields, else the modal closes.

    What the modal keeps behind it is read for the listener, which may acknowledge by itself
    (`visit.ack(response_action=…)`) to show another view.
    """

    def send(visit: Visit) -> None:
        listener(visit, modal.carries.read(visit.metadata or "-"))

    send.__name__ = getattr(listener, "__name__", "listener")
    app.view(modal.id)(_bound(services, send, acknowledge=False))


def changed(
    app: App,
    services: Services,
    modal: Modal[V],
    inputs: Iterable[str],
    listener: Callable[[Visit, V], None],
) -> None:
    """Bind inputs of a modal, by their ids: the listener hears of each change in one of them."""

    def change(visit: Visit) -> None:
        listener(visit, modal.carries.read(visit.metadata or "-"))

    which = "|".join(re.escape(name) for name in inputs)
    app.action(re.compile(rf"^(?:{which})$"))(_bound(services, change, acknowledge=True))


def command(app: App, services: Services, name: str, listener: Listener) -> None:
    """Bind a slash command; what it does is stored before it is acknowledged."""
    app.command(name)(_bound(services, listener, acknowledge=True))


def anything_else(app: App, services: Services, listener: Listener) -> None:
    """Bind what no listener bound before it knows: presses and forms."""
    everything = re.compile(".*")
    app.action(everything)(_bound(services, listener, acknowledge=True))
    app.view(everything)(_bound(services, listener, acknowledge=True))


def _bound(services: Services, listener: Listener, acknowledge: bool) -> Callable[..., None]:
    def handle(ack: Ack, body: dict[str, Any], client: WebClient, respond: Respond) -> None:
        deadline = Deadline(IN_TIME)
        received = Acknowledgement(ack, deadline, early=acknowledge)
        answers = Answers(client, respond)
        asking = received.before_speaking, answers.ahead.before_more
        there = visit(services.for_one_visit(deadline, *asking), received, body, answers)
        try:
            there = admitted(there)
            services.repeats.begins(there.who, there.press)
            listener(there)
        except Beside as beside:
            received(response_action="errors", errors=beside.problems)
            return
        except Exception as error:  # noqa: BLE001  the person must hear; the log has the rest
            _tell(there, error)
            return
        if not received.given:
            received()
        home.refresh_quietly(there.services, there.who)

    # Not functools.wraps: Bolt would look through it and inject the inner arguments.
    handle.__name__ = getattr(listener, "__name__", "listener")
    return handle


def explain(error: Exception, stored: bool = False, again: str = words.PRESS_AGAIN) -> str:
    """The sentence for any error; an unforeseen one is logged under a reference.

    The database logs by itself what it did not store. `stored`: something was stored before it
    happened, so that the sentence may not deny it.
    """
    if isinstance(error, ForThePerson):
        return words.sentence(error)
    if isinstance(error, StaleValue):
        return words.stale()
    if isinstance(error, SlackRefused) and error.code in OUT:
        return words.not_here()
    if isinstance(error, Unsaved):
        return words.unsaved(again, stored)
    if isinstance(error, InDoubt) or is_away(error):
        return words.in_doubt()
    if isinstance(error, SlackTrouble | SlackApiError):
        log.warning("slack refused error=%r", error)
        return words.slack_is_away(stored)
    reference = secrets.token_hex(4)
    log.error("unforeseen reference=%s", reference, exc_info=error)
    return words.internal(reference, stored)


def _tell(visit: Visit, error: Exception) -> None:
    """Where the person is: a form stays open with its text, unless its matter is settled."""
    again = words.TYPE_AGAIN if "command" in visit.body else words.PRESS_AGAIN
    sentence = explain(error, visit.ack.stored, again)
    first = _first_field(visit)
    if first and not visit.ack.given and not isinstance(error, ForThePerson | StaleValue):
        visit.ack(response_action="errors", errors={first: sentence})
        return
    if not visit.ack.given:
        visit.ack()
    settled = isinstance(error, ForThePerson | StaleValue)  # and not what pressing again may mend
    try:
        visit.answer(sentence, each_time=not settled)
    except (SlackApiError, OSError, ValueError) as trouble:
        log.warning("could not tell the person error=%r", trouble)


def _first_field(visit: Visit) -> str | None:
    """The block id of the first input of the form that was sent."""
    if visit.body.get("type") != "view_submission":
        return None
    drawn = (visit.view or {}).get("blocks", [])
    return next((str(block["block_id"]) for block in drawn if block["type"] == "input"), None)
