"""One interaction: who is there, what they pressed or typed, and how they are answered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from slack_bolt import Ack, Respond
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from bot.endings import places
from bot.platform import directory
from bot.platform.services import Services
from bot.platform.visiting import Deadline
from bot.policies import POLICIES
from bot.views import blocks, waiting
from bot.views.carried import Carried, StaleValue
from bot.views.forms import Held, Values
from core import words
from core.values import Place, Who
from handlers.platform.ahead import Ahead

V = TypeVar("V", bound=Carried)
P = ParamSpec("P")
JSON = Mapping[str, Any]


class Acknowledgement:
    """Bolt's `ack`, once; from then on nobody waits, and the deadline is lifted.

    `early`: before the first word is said, where Slack needs no answer but "received"; a form
    waits for what its listener or the door decides.
    """

    def __init__(self, ack: Ack, deadline: Deadline, early: bool) -> None:
        self._ack, self._deadline, self._early = ack, deadline, early

    def __call__(self, **how: Any) -> None:
        """Acknowledge; `how` as Bolt has it."""
        self._ack(**how)
        self._deadline.lift()

    @property
    def given(self) -> bool:
        """Whether it is acknowledged."""
        return self._ack.response is not None

    @property
    def stored(self) -> bool:
        """Whether something is stored already."""
        return self._deadline.stored > 0

    def before_speaking(self) -> None:
        """What there was to store is stored: acknowledge, where nothing else is to be told."""
        if self._early and not self.given:
            self()


@dataclass(frozen=True, slots=True)
class Answers:
    """The ways to show somebody something."""

    client: WebClient
    respond: Respond
    ahead: Ahead = field(default_factory=Ahead)


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
    answers: Answers
    ack: Acknowledgement

    @property
    def client(self) -> WebClient:
        """Slack, to show something. What the person did is stored by now: it is acknowledged."""
        self.ack.before_speaking()
        return self.answers.client

    @property
    def respond(self) -> Respond:
        """Slack, to answer where something was pressed; acknowledged as with `client`."""
        self.ack.before_speaking()
        return self.answers.respond

    @property
    def press(self) -> str:
        """What tells this press from every other; "" for what is typed or sent."""
        if "actions" not in self.body:
            return ""
        pressed, held = self.body["actions"][0], self.body.get("container") or {}
        place = held.get("channel_id"), held.get("message_ts"), (self.view or {}).get("callback_id")
        return repr((place, pressed.get("action_id"), self.value))

    def answer(
        self, text: str, drawn: list[dict[str, Any]] | None = None, each_time: bool = False
    ) -> None:
        """Say something that only this person sees, where they are.

        Pressed again, what stands there is not said again, unless it is to be told `each_time`.
        """
        if self.answers.ahead.view_id is not None:
            self.open(waiting.instead(text, drawn or []))
            return
        repeats = self.services.repeats
        if each_time:
            repeats.forget(self.who)
        else:
            said = words.digest(text, repr(drawn))
            if not repeats.is_news(self.who, self.press, said, self.services.clock.now()):
                return
        try:
            self._say(text, drawn)
        except Exception:
            repeats.forget(self.who)
            raise

    def _say(self, text: str, drawn: list[dict[str, Any]] | None) -> None:
        if self.body.get("response_url") or self.body.get("response_urls"):
            self.respond(
                text=text, blocks=drawn or [], response_type="ephemeral", replace_original=False
            )
        else:  # Home and modals have no response_url: a direct message is where they are
            shown = drawn or []
            posted = self.client.chat_postMessage(channel=self.user_id, text=text, blocks=shown)
            at = self.there(str(posted["channel"])), str(posted["ts"])
            places.said(self.services, self.who, at, {"text": text, "blocks": shown})

    def redraw(self, message: JSON) -> None:
        """Replace the message that was pressed; what has ended meanwhile stays ended."""
        at = self.place, self.message_ts
        with places.drawing(self.services, POLICIES, at, dict(message)) as drawn:
            self.respond(text=drawn["text"], blocks=drawn["blocks"], replace_original=True)

    def replace(self, said: str) -> None:
        """Put this sentence in the place of the message that was pressed: it is settled."""
        self.redraw(blocks.message(said, [blocks.section(said)]))

    @property
    def message_ts(self) -> str:
        """Slack's name for the message that was pressed; "" on Home and in modals."""
        return str((self.body.get("container") or {}).get("message_ts") or "")

    def is_direct_message(self) -> bool:
        """Whether the message pressed is in a conversation of this person with the bot alone."""
        channel = self.body.get("channel") or {}
        return channel.get("name") == "directmessage" and self.body.get("message") is not None

    def begin(self, text: str = waiting.MOMENT) -> None:
        """Open a modal at once to wait in; `open`, or an answer, then stands in its place."""
        opened = self._open(waiting.moment(text))
        self.answers.ahead.view_id = str((opened.get("view") or {}).get("id"))

    def open(self, view: JSON) -> None:
        """Open a modal; on top of the one that is open, if one is."""
        if self.answers.ahead.view_id is None:
            self._open(view)
            return
        try:
            self.client.views_update(view_id=self.answers.ahead.view_id, view=dict(view))
        except SlackApiError as error:
            if error.response.get("error") != "not_found":  # nobody waits any more
                raise

    def _open(self, view: JSON) -> SlackResponse:
        if self.view is not None and self.view.get("type") == "modal":
            return self.client.views_push(trigger_id=self.trigger_id, view=dict(view))
        return self.client.views_open(trigger_id=self.trigger_id, view=dict(view))

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
            block_id: _clean(_held(element))
            for block_id, elements in state.items()
            for element in elements.values()
        }


def visit(services: Services, received: Acknowledgement, body: JSON, answers: Answers) -> Visit:
    """What Slack sent, read; its workspace is known once it is `admitted`."""
    user = body.get("user") or {}
    pressed = (body.get("actions") or [{}])[0]
    channel = body.get("channel") or {}
    return Visit(
        services=services,
        team_id="",
        user_id=str(body.get("user_id") or user.get("id") or ""),
        channel_id=body.get("channel_id") or channel.get("id"),
        trigger_id=str(body.get("trigger_id") or ""),
        value=words.clean(str(body.get("text") or _held(pressed) or "")).strip(),
        view=body.get("view"),
        body=body,
        answers=answers,
        ack=received,
    )


def opens(
    listener: Callable[Concatenate[Visit, P], None],
) -> Callable[Concatenate[Visit, P], None]:
    """A listener whose answer is a modal. Whoever it has to ask Slack about at length waits in one.

    A press that opens a modal counts for three seconds, and Slack may need more than that.
    """

    @wraps(listener)
    def handle(visit: Visit, /, *carried: P.args, **more: P.kwargs) -> None:
        visit.answers.ahead.arm(visit.begin)
        listener(visit, *carried, **more)

    return handle


def admitted(visit: Visit) -> Visit:
    """The visit, in the workspace whose Kettle the person has before them.

    Raises OtherCompany, and StaleValue where Kettle lives in no workspace that is named.
    """
    body = visit.body  # a command names the workspace of who typed it
    own = str((body.get("user") or {}).get("team_id") or body.get("team_id") or "")
    home = directory.admit(visit.services, _named(body), own, visit.user_id)
    if not home:
        raise StaleValue("of a workspace that Kettle does not live in")
    return replace(visit, team_id=home)


def _named(body: JSON) -> tuple[str, ...]:
    """The workspaces that an interaction names, the likeliest first.

    A modal opened in a shared channel names the workspace that the app is installed in.
    """
    named = (
        (body.get("view") or {}).get("app_installed_team_id"),
        body.get("team_id"),
        (body.get("team") or {}).get("id"),
        (body.get("user") or {}).get("team_id"),
    )
    return tuple(str(team_id) for team_id in named if team_id)


def _clean(held: Held) -> Held:
    """Without what is no text: a database takes it as little as Slack does."""
    if isinstance(held, str):
        return words.clean(held)
    return [words.clean(one) for one in held] if isinstance(held, list) else held


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
