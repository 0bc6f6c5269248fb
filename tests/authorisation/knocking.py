"""Presses, forms and commands as anybody might send them, and what came of each."""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from typing import Any

import pytest
from slack_bolt import BoltRequest

import handlers
from bot import trouble
from bot.channels.ids import SETTINGS, SETTINGS_DETAIL
from bot.checkins import ids
from bot.checkins.refusals import Refused
from bot.platform.errors import Beside, ForThePerson
from bot.views.carried import Action, Carried, InChannel, Modal
from simulator.acting import payloads
from simulator.changes import modals
from tests.authorisation.attic import FOREIGN_ADMIN, NOBODY, SECRET, STRANGER, Attic
from tests.house import modules, name_of

ELSEWHERE, THEIRS = "T0ELSEWHERE", "T0THEIRS"
DONE, OLD, BESIDE, BROKEN = "done", "old button", "beside", "broken"
Drawn = Action[Any] | Modal[Any]
# What is pressed in a modal that keeps something behind it.
BEHIND: dict[str, type[Carried]] = {
    ids.KIND.id: ids.Asked, ids.ANOTHER.id: ids.Asked, ids.SCHEDULE_OPEN.id: ids.Asked,
    ids.SCHEDULE_KIND.id: ids.Asked, ids.SCHEDULE_STOP.id: ids.Asked, ids.TAKE_BACK.id: ids.Asked,
    ids.PROMPTS_KIND.id: InChannel, ids.PROMPT_EDIT.id: InChannel,
    ids.PROMPT_RETIRE.id: InChannel, ids.PROMPT_KEEP.id: InChannel,
}  # fmt: skip


class Bound:
    """Stands for the app while the doors are bound to it: what they listen to."""

    def __init__(self, attic: Attic) -> None:
        self.drawn: set[str] = set()
        self.listener_runner = attic.town.parts.app.listener_runner
        handlers.register(self, attic.town.parts.services)  # type: ignore[arg-type]

    def action(self, which: str | re.Pattern[str]) -> Callable[[Any], None]:
        """The id, or the first of several, or the one that others begin with."""
        if which != re.compile(".*"):
            pattern = which if isinstance(which, str) else which.pattern
            self.drawn.add(re.findall(r"[a-z_.]+[a-z_]", pattern.replace("\\", ""))[0])
        return lambda listener: None

    view = action

    def error(self, _: object) -> None:
        """Nothing can go wrong while nobody presses anything."""

    def command(self, *_: object) -> Callable[[Any], None]:
        return lambda listener: None

    def event(self, *_: object, **__: object) -> Callable[[Any], None]:
        return lambda listener: None


def everything_drawn(bound: Bound) -> Iterator[tuple[Drawn, type[Carried] | None]]:
    """Every button, input and form that something listens to; what is kept behind it."""
    named = dict(_named())
    for id_ in sorted(bound.drawn):
        if id_ in named:
            yield named[id_], BEHIND.get(id_)
        else:  # an input that draws its form anew
            form = SETTINGS_DETAIL if id_.startswith("settings.country") else SETTINGS
            yield Action(id_, ids.Nothing), form.carries


def _named() -> Iterator[tuple[str, Drawn]]:
    for path in modules("bot"):
        if path.name == "ids.py":
            module = importlib.import_module(name_of(path).removesuffix(".py").replace("/", "."))
            for one in vars(module).values():
                if isinstance(one, Action | Modal):
                    yield one.id, one


def value(carried: type[Carried], things: dict[str, Any]) -> str:
    """What a button of this class carries, leading to these things."""
    return carried(**{each.name: things[each.name] for each in fields(carried)}).text()


@dataclass
class Heard:
    """What came of something: what was refused or broke, and whether anything leaked or changed."""

    refusals: list[str] = field(default_factory=list)
    leaked: bool = False
    changed: bool = False

    def __str__(self) -> str:
        return " ".join(
            filter(None, (self.refusals[0] if self.refusals else DONE,
                          "changed" * self.changed, "leaked" * self.leaked))
        )  # fmt: skip


@contextmanager
def heard(attic: Attic, monkeypatch: pytest.MonkeyPatch) -> Iterator[Heard]:
    """What comes of what happens within; afterwards all is as it was before."""
    told = Heard()
    with monkeypatch.context() as patch, attic.kept() as changes:
        _note_refusals(patch, told.refusals)
        calls = len(attic.town.sim.calls)
        yield told
        told.changed = changes()
        said = str([call.args for call in attic.town.sim.calls[calls:]])
        told.leaked = SECRET in said or "attic" in said


def _note_refusals(patch: pytest.MonkeyPatch, noted: list[str]) -> None:
    """From now on every refusal and everything that breaks is noted by its name."""

    def refused(error: ForThePerson) -> str:
        noted.append(error.why.value if isinstance(error, Refused) else type(error).__name__)
        return "Refused."

    def note(word: str) -> Callable[..., str]:
        return lambda *_: noted.append(word) or word

    problems = Beside.__init__

    def beside(error: Beside, said: dict[str, str]) -> None:
        noted.append(BESIDE)
        problems(error, said)

    patch.setattr(Beside, "__init__", beside)
    patch.setattr(trouble, "sentence", refused)
    patch.setattr(trouble, "stale", note(OLD))
    patch.setattr(trouble, "internal", note(BROKEN))
    patch.setattr(trouble, "slack_is_away", note("Slack is away"))


def knock(attic: Attic, who: str, drawn: Drawn, carried: str, behind: str = "-") -> None:
    """One press or one form sent, as Slack would bring it, and all that follows from it."""
    if isinstance(drawn, Modal):
        body = {"type": "view_submission", "view": _view(drawn.id, carried)}
    else:
        button = {"type": "button", "action_id": drawn.id, "block_id": "b", "value": carried}
        body = {
            "type": "block_actions",
            "actions": [{**button, "action_ts": "1.1"}],
            "container": {"type": "message", "channel_id": attic.channel.id},
            "channel": {"id": attic.channel.id, "name": "privategroup"},
            "message": {"ts": "1.1", "text": "x", "blocks": []},
            "view": {**_view("any", behind), "type": "home"},  # nothing is open on top of it
        }
    user = {"id": attic.people[who], "team_id": team_of(attic, who)}
    _arrives(attic, who, {**body, "user": user, "team": {"id": user["team_id"], "domain": "x"}})


def type_(attic: Attic, who: str, command: str, text: str) -> None:
    """A command typed in the attic, by whoever it may be."""
    body = {"command": command, "text": text, "channel_id": attic.channel.id}
    _arrives(attic, who, body | {"user_id": attic.people[who], "team_id": team_of(attic, who)})


def _arrives(attic: Attic, who: str, body: dict[str, Any]) -> None:
    world, user_id = attic.town.sim.world, attic.people[who]
    body |= {"api_app_id": world.app_id, "trigger_id": modals.new_trigger(world, user_id)}
    if body.get("type") != "view_submission":
        body["response_url"] = payloads.response_url(world, user_id, attic.channel.id)
    attic.town.parts.app.dispatch(BoltRequest(body=body, mode="socket_mode"))
    attic.town.parts.executor.wait_idle()


def _view(callback_id: str, carried: str) -> dict[str, Any]:
    """A form with nothing filled in."""
    return {
        "id": "V0", "type": "modal", "callback_id": callback_id, "private_metadata": carried,
        "state": {"values": {}}, "blocks": [], "hash": "1",
    }  # fmt: skip


def team_of(attic: Attic, who: str) -> str:
    """The person's own workspace."""
    if who == NOBODY:
        return ELSEWHERE
    return THEIRS if who in {STRANGER, FOREIGN_ADMIN} else attic.town.sim.team_id
