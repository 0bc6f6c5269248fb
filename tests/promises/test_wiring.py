"""Every command, event, button and modal finds its listener, through Bolt's own dispatcher."""

from __future__ import annotations

import importlib
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from slack_bolt import App, BoltRequest

import handlers
from bot import trouble
from bot.views.carried import Action, Modal
from handlers.channels import arrivals
from simulator import Channel, Person
from simulator.blocks import elements
from simulator.world import manifest as manifests
from tests.house import HOUSE, modules, name_of, text_of
from tests.town import Town

MANIFEST = manifests.load(HOUSE / "manifest.yml")
ID_MODULES = tuple(
    name_of(path).removesuffix(".py").replace("/", ".")
    for path in modules("bot")
    if path.name == "ids.py"
)
NOT_HANDLED = 404  # Bolt's answer when no listener matches
ANYTHING = re.compile(".*")
# Modals that can only be closed: nothing comes of them.
ONLY_CLOSED = {"settings.read_only"}
MOST_PRESSES = 400  # bounds the tour of all buttons


class Doors(App):
    """A real Bolt app that notes what is bound to it, and leaves out the catch-all."""

    def __init__(self, town: Town) -> None:
        super().__init__(
            client=town.parts.app.client,
            token_verification_enabled=False,
            listener_executor=town.parts.executor,
            logger=town.parts.app.logger,
        )
        self.commands: set[str] = set()
        self.events: set[str] = set()
        handlers.register(self, town.parts.services)

    def command(self, name: Any, *rest: Any, **more: Any) -> Any:
        self.commands.add(name)
        return super().command(name, *rest, **more)

    def event(self, name: Any, *rest: Any, **more: Any) -> Any:
        self.events.add(name)
        return super().event(name, *rest, **more)

    def action(self, constraint: Any, *rest: Any, **more: Any) -> Any:
        return self._unless_anything(super().action, constraint, *rest, **more)

    def view(self, constraint: Any, *rest: Any, **more: Any) -> Any:
        return self._unless_anything(super().view, constraint, *rest, **more)

    def _unless_anything(self, bind: Any, constraint: Any, *rest: Any, **more: Any) -> Any:
        if isinstance(constraint, re.Pattern) and constraint == ANYTHING:
            return lambda listener: listener
        return bind(constraint, *rest, **more)


@pytest.fixture
def ana(town: Town) -> Person:
    return town.person("Ana Ruiz", admin=True)


@pytest.fixture
def doors(town: Town, ana: Person) -> Iterator[Doors]:
    yield Doors(town)
    town.parts.executor.wait_idle()


def arrives(doors: Doors, town: Town, ana: Person, body: dict[str, Any]) -> int:
    """Dispatch a payload as Socket Mode does; the status is 404 where nobody listens."""
    team = {"id": town.sim.team_id, "domain": "town"}
    common = {
        "team": team,
        "team_id": town.sim.team_id,
        "user": {"id": ana.id, "team_id": town.sim.team_id},
        "user_id": ana.id,
        "api_app_id": town.sim.world.app_id,
        "trigger_id": "1.2.gone",
    }
    answer = doors.dispatch(BoltRequest(body={**common, **body}, mode="socket_mode"))
    return answer.status


def press_of(action_id: str) -> dict[str, Any]:
    pressed = {
        "type": "button", "action_id": action_id, "block_id": "b", "value": "0", "action_ts": "1.1",
    }  # fmt: skip
    return {"type": "block_actions", "actions": [pressed], "container": {"type": "message"}}


def submission_of(callback_id: str) -> dict[str, Any]:
    view = {
        "id": "V0", "type": "modal", "callback_id": callback_id, "private_metadata": "0",
        "state": {"values": {}}, "blocks": [],
    }  # fmt: skip
    return {"type": "view_submission", "view": view}


def named_ids() -> Iterator[tuple[str, str]]:
    """Every id that has a name, with the name."""
    for module_name in ID_MODULES:
        for name, value in vars(importlib.import_module(module_name)).items():
            if name.isupper() and isinstance(value, str | Action | Modal):
                yield f"{module_name}.{name}", value if isinstance(value, str) else value.id


def test_the_manifest_and_the_code_have_the_same_commands(doors: Doors):
    assert doors.commands == set(MANIFEST.commands)


def test_the_manifest_and_the_code_have_the_same_events(doors: Doors):
    assert doors.events == set(MANIFEST.events) == {*arrivals.EVENTS, "app_home_opened"}


def test_a_press_that_nobody_listens_to_is_noticed_by_these_tests(
    doors: Doors, town: Town, ana: Person
):
    assert arrives(doors, town, ana, press_of("never.drawn")) == NOT_HANDLED
    assert arrives(doors, town, ana, submission_of("never.drawn")) == NOT_HANDLED
    assert arrives(doors, town, ana, {"command": "/nothing", "text": ""}) == NOT_HANDLED


@pytest.mark.parametrize("command", sorted(MANIFEST.commands))
def test_every_command_is_answered(doors: Doors, town: Town, ana: Person, command: str):
    body = {"command": command, "text": "", "channel_id": "C0"}
    assert arrives(doors, town, ana, body) == 200


def test_every_id_with_a_name_has_a_listener(doors: Doors, town: Town, ana: Person):
    deaf = []
    for name, value in named_ids():
        if value in ONLY_CLOSED:
            continue
        # Some ids carry a suffix when several of their kind are drawn side by side.
        bodies = [press_of(value), press_of(f"{value}.1"), submission_of(value)]
        if all(arrives(doors, town, ana, body) == NOT_HANDLED for body in bodies):
            deaf.append(name)
    assert deaf == []


def test_no_id_has_two_names():
    values = [value for _, value in named_ids()]
    assert sorted(values) == sorted(set(values))


def test_every_id_with_a_name_is_used():
    own = {module.replace(".", "/") + ".py" for module in ID_MODULES}
    code = (text_of(path) for path in modules("bot", "handlers") if name_of(path) not in own)
    used = {word for text in code for word in re.findall(r"\b(?:\w*ids|own)\.([A-Z_]+)\b", text)}
    idle = {name for name, _ in named_ids() if name.rpartition(".")[2] not in used}
    assert idle == set()


def test_what_an_older_version_drew_is_answered_and_not_met_with_silence(town: Town, ana: Person):
    text = {"type": "plain_text", "text": "Old"}
    button = {"type": "button", "action_id": "long.gone", "text": text}
    old = {"type": "actions", "elements": [button]}
    slack = town.parts.services.slack(town.parts.team_id)
    slack.call("chat.postMessage", channel=ana.id, text="From long ago", blocks=[old])
    assert trouble.unknown_button() in ana.presses("Old")


# -- drawing everything, and pressing it ----------------------------------------------------


def promised(command: str, help_text: str) -> list[str]:
    """The words that a command's help lists, as they are typed; the bare command first."""
    words = re.findall(rf"`{command} (\w+)", help_text)
    return [command, *(f"{command} {word}" for word in dict.fromkeys(words))]


def furnished(town: Town, host: Person) -> Channel:
    """A channel of six, one round behind it: introductions, follow-ups and a receipt are there."""
    staff = [host, *(town.person(name) for name in ("Bo", "Cem", "Dalia", "Emeka", "Freya"))]
    channel = town.channel("coffee", staff)
    town.sets_up(channel, host)
    for person in staff:
        person.types("/coffee join", in_=channel)
    town.move_to(town.next_due(channel))
    town.forward(days=3)
    return channel


def everything_typed(town: Town, person: Person, channel: Channel) -> set[str]:
    """Type every word that help promises; the callback ids of the modals that came up."""
    modals = set()
    for command in sorted(MANIFEST.commands):
        texts = promised(command, person.types(f"{command} help", in_=channel))
        assert len(texts) > 5, f"{command} help lists next to nothing"
        for text in texts:
            person.types(text, in_=channel)
            modals |= opened_modals(town, person)
    return modals


def opened_modals(town: Town, person: Person) -> set[str]:
    """The callback ids of the modals in front of this person that can be sent; closes them all."""
    found = set()
    while (view := town.sim.world.top_view(person.id)) is not None:
        if view.body.get("submit"):
            found.add(view.body["callback_id"])
        person.closes_modal()
    return found


def drawn_ids(calls: list[Any]) -> set[str]:
    """The action ids in all messages and views that the app sent and that send an action."""
    found = set()
    for call in calls:
        view = parsed(call.args.get("view")) or {}
        blocks = parsed(call.args.get("blocks")) or view.get("blocks") or []
        for block, element in elements.walk(blocks):
            if block["type"] != "input" or block.get("dispatch_action"):
                found.add(element["action_id"])
    return found


def parsed(given: Any) -> Any:
    return json.loads(given) if isinstance(given, str) else given


def buttons_in_front_of(person: Person) -> dict[str, tuple[dict[str, str], str, str]]:
    """Where to press each kind of button that this person sees in messages, by action id."""
    found = {}
    for message in person.messages:
        container = {"channel_id": message.channel, "message_ts": message.ts}
        for block, element in elements.walk(message.blocks):
            if element["type"] == "button":
                found[element["action_id"]] = (container, element["action_id"], block["block_id"])
    return found


def presses_everything(town: Town, person: Person) -> set[str]:
    """Press one of each kind of button there is, and those that appear thereby."""
    pressed: set[str] = set()
    sorry = (trouble.unknown_button(), trouble.internal("").partition(",")[0])
    for _ in range(MOST_PRESSES):
        waiting = buttons_in_front_of(person)
        fresh = sorted(set(waiting) - pressed)
        if not fresh:
            break
        pressed.add(fresh[0])
        town.sim.actions.press(person.id, *waiting[fresh[0]])
        town.sim.wait_quiet()
        assert not any(words in m.text for m in person.messages for words in sorry), fresh[0]
        opened_modals(town, person)
    return pressed


def test_everything_that_is_drawn_has_a_listener_and_every_button_does_something(
    town: Town, ana: Person, doors: Doors
):
    channel = furnished(town, ana)
    ana.opens_home()
    modals = everything_typed(town, ana, channel)
    assert len(presses_everything(town, ana)) > 10
    drawn = drawn_ids(town.sim.calls)
    assert len(drawn) > 30
    assert len(modals) > 5
    deaf = {i for i in drawn if arrives(doors, town, ana, press_of(i)) == NOT_HANDLED}
    deaf |= {c for c in modals if arrives(doors, town, ana, submission_of(c)) == NOT_HANDLED}
    assert deaf - ONLY_CLOSED == set()
