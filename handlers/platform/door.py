"""What every door shares: who is there, an answer only they see, and one place for trouble."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot import trouble as words
from bot.people import home
from bot.platform import log as logs
from bot.platform.errors import Beside, ForThePerson
from bot.platform.services import Services
from bot.platform.slack import SlackRefused, SlackTrouble
from bot.views import blocks
from bot.views.carried import Action, Carried, Modal, StaleValue
from bot.views.forms import Held, Values
from core.values import Place, Who

log = logs.get("handlers")
V = TypeVar("V", bound=Carried)
JSON = Mapping[str, Any]
OUT = {"not_in_channel", "channel_not_found", "is_archived"}  # Slack: the bot is not in there


@dataclass(frozen=True, slots=True)
class Visit:
    """One interaction: who pressed or typed what, where, and how to answer them."""

    services: Services
    team_id: str
    user_id: str
    channel_id: str | None
    trigger_id: str
    value: str  # of the button or select; the text behind a command
    view: JSON | None
    body: JSON
    client: WebClient
    respond: Respond
    ack: Ack

    def answer(self, text: str, drawn: list[dict[str, Any]] | None = None) -> None:
        """Say something that only this person sees, where they are."""
        if self.body.get("response_url") or self.body.get("response_urls"):
            self.respond(
                text=text, blocks=drawn or [], response_type="ephemeral", replace_original=False
            )
        else:  # Home and modals have no response_url: a direct message is where they are
            self.client.chat_postMessage(channel=self.user_id, text=text, blocks=drawn or [])

    def redraw(self, message: JSON) -> None:
        """Replace the message that was pressed."""
        self.respond(text=message["text"], blocks=message["blocks"], replace_original=True)

    def replace(self, said: str) -> None:
        """Put this sentence in the place of the message that was pressed: it is settled."""
        self.redraw(blocks.message(said, [blocks.section(said)]))

    def is_direct_message(self) -> bool:
        """Whether the message pressed is in a conversation of this person with the bot alone."""
        channel = self.body.get("channel") or {}
        return channel.get("name") == "directmessage" and self.body.get("message") is not None

    def open(self, view: JSON) -> None:
        """Open a modal; on top of the one that is open, if one is."""
        if self.view is not None and self.view.get("type") == "modal":
            self.client.views_push(trigger_id=self.trigger_id, view=dict(view))
        else:
            self.client.views_open(trigger_id=self.trigger_id, view=dict(view))

    @property
    def who(self) -> Who:
        """The person, in the workspace they are in."""
        return Who(self.team_id, self.user_id)

    def there(self, channel_id: str) -> Place:
        """A channel of the workspace they are in."""
        return Place(self.team_id, channel_id)

    @property
    def place(self) -> Place | None:
        """The channel it happened in; None on Home and in modals."""
        return Place(self.team_id, self.channel_id) if self.channel_id else None

    def behind(self, carried: type[V]) -> V:
        """What the modal that is open keeps behind it. Raises StaleValue."""
        return carried.read(self.metadata or "-")

    @property
    def metadata(self) -> str:
        """The private_metadata of the modal."""
        return str(self.view.get("private_metadata", "")) if self.view else ""

    def values(self) -> Values:
        """What the modal's inputs hold, by block id: text, a value, a list of them, or None."""
        state = (self.view or {}).get("state", {}).get("values", {})
        return {
            block_id: _held(element)
            for block_id, elements in state.items()
            for element in elements.values()
        }


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
    """Bind a slash command; acknowledged before anything else."""
    app.command(name)(_bound(services, listener, acknowledge=True))


def _bound(services: Services, listener: Listener, acknowledge: bool) -> Callable[..., None]:
    def handle(ack: Ack, body: dict[str, Any], client: WebClient, respond: Respond) -> None:
        visit = _visit(services.for_one_visit(), ack, body, client, respond)
        if acknowledge:
            ack()
        try:
            listener(visit)
        except Beside as beside:
            ack(response_action="errors", errors=beside.problems)
            return
        except Exception as error:  # noqa: BLE001  the person must hear; the log has the rest
            sentence = explain(error)
            if not acknowledge:
                ack()
            _tell(visit, sentence)
            return
        if not acknowledge and ack.response is None:
            ack()
        home.refresh_quietly(visit.services, visit.who)

    # Not functools.wraps: Bolt would look through it and inject the inner arguments.
    handle.__name__ = getattr(listener, "__name__", "listener")
    return handle


def explain(error: Exception) -> str:
    """The sentence for any error; an unforeseen one is logged under a reference."""
    if isinstance(error, ForThePerson):
        return words.sentence(error)
    if isinstance(error, StaleValue):
        return words.stale()
    if isinstance(error, SlackRefused) and error.code in OUT:
        return words.not_here()
    if isinstance(error, SlackTrouble | SlackApiError):
        log.warning("slack refused error=%r", error)
        return words.slack_is_away()
    reference = secrets.token_hex(4)
    log.error("unforeseen reference=%s", reference, exc_info=error)
    return words.internal(reference)


def _tell(visit: Visit, sentence: str) -> None:
    try:
        visit.answer(sentence)
    except (SlackApiError, OSError, ValueError) as error:
        log.warning("could not tell the person error=%r", error)


def _visit(services: Services, ack: Ack, body: JSON, client: WebClient, respond: Respond) -> Visit:
    user = body.get("user") or {}
    pressed = (body.get("actions") or [{}])[0]
    channel = body.get("channel") or {}
    team = body.get("team") or {}
    return Visit(
        services=services,
        team_id=str(body.get("team_id") or team.get("id") or user.get("team_id") or ""),
        user_id=str(body.get("user_id") or user.get("id") or ""),
        channel_id=body.get("channel_id") or channel.get("id"),
        trigger_id=str(body.get("trigger_id") or ""),
        value=str(body.get("text") or _held(pressed) or "").strip(),
        view=body.get("view"),
        body=body,
        client=client,
        respond=respond,
        ack=ack,
    )


def _held(element: JSON) -> Held:
    """The value of one element of Block Kit, whatever its kind."""
    if "selected_options" in element:
        return [chosen["value"] for chosen in element["selected_options"] or []]
    if element.get("selected_option") is not None:
        return str(element["selected_option"]["value"])
    for key in (
        "value", "selected_time", "selected_date", "selected_user", "selected_users",
        "selected_conversation", "selected_date_time", "selected_channel",
    ):  # fmt: skip
        if element.get(key) is not None:
            held: Held = element[key]
            return held
    return None
