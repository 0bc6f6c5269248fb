"""The table of Web API methods: their arguments, scopes, tier and what they do."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from simulator.limits import RateLimits
from simulator.records import JSON, Conversation, Refusal, User
from simulator.world import World

Doer = Callable[["Call"], JSON | None]


@dataclass(frozen=True, slots=True)
class Method:
    """One method. `scopes`: any one of them is enough; empty means none is needed."""

    name: str
    do: Doer
    tier: str
    scopes: tuple[str, ...]
    args: Mapping[str, str]
    token: str
    json_ok: bool


METHODS: dict[str, Method] = {}
NAME = re.compile(r"\w{1,100}")


def method(
    name: str,
    tier: str,
    *scopes: str,
    args: str = "",
    token: str = "bot",
    json_ok: bool = False,
) -> Callable[[Doer], Doer]:
    """Register a method. `args` reads like "channel! limit:int blocks:list" (`!` = required)."""

    def register(do: Doer) -> Doer:
        spec = dict(_argument(word) for word in args.split())
        METHODS[name] = Method(name, do, tier, scopes, spec, token, json_ok)
        return do

    return register


def _argument(word: str) -> tuple[str, str]:
    name, _, kind = word.partition(":")
    required = "!" if name.endswith("!") else ""
    return name.rstrip("!"), (kind or "str") + required


class TooMany(Exception):
    """A limit inside a method was hit; try again after `seconds`."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"retry after {seconds} s")
        self.seconds = seconds


@dataclass(slots=True)
class Call:
    """One call being answered: the world, the checked arguments, and who calls."""

    world: World
    limits: RateLimits
    args: JSON
    token: str = ""
    warnings: list[str] = field(default_factory=list)

    def __getitem__(self, name: str) -> Any:
        return self.args.get(name)

    def need_scope(self, *scopes: str) -> None:
        """Refuse unless one of these scopes is granted."""
        check_scopes(self.world, scopes)

    def conversation(self, name: str = "channel", error: str = "channel_not_found") -> Conversation:
        """The conversation named by an argument, if the app may know of it."""
        conv = self.world.conversations.get(str(self.args.get(name)))
        if conv is None or conv.deleted:
            raise Refusal(error)
        if conv.is_private and self.world.bot_user_id not in conv.members:
            raise Refusal(error)
        return conv

    def user(self, name: str = "user") -> User:
        """The person named by an argument."""
        user = self.world.users.get(str(self.args.get(name)))
        if user is None:
            raise Refusal("user_not_found")
        return user


def check_scopes(world: World, scopes: tuple[str, ...]) -> None:
    if scopes and not any(scope in world.scopes for scope in scopes):
        raise Refusal("missing_scope", needed=",".join(scopes), provided=",".join(world.scopes))


# -- arguments ----------------------------------------------------------------


def read_arguments(method: Method, given: Mapping[str, Any]) -> JSON:
    """Check required arguments and types; JSON texts become values, null means left out."""
    if not all(NAME.fullmatch(name) for name in given):
        raise Refusal("invalid_arg_name")
    read: JSON = {}
    problems: list[str] = []
    for name, kind in method.args.items():
        required, kind = kind.endswith("!"), kind.rstrip("!")
        value = given.get(name)
        if value is None or (required and value == ""):
            if required:
                problems.append(f"[ERROR] missing required field: {name}")
            continue
        try:
            read[name] = READERS[kind](value)
        except (ValueError, TypeError):
            problems.append(f"[ERROR] must provide {WORDS[kind]} [json-pointer:/{name}]")
    if problems:
        raise Refusal("invalid_arguments", problems)
    return read


def _read_str(value: Any) -> str:
    if isinstance(value, (dict, list, bool)):
        raise ValueError("not a string")
    return str(value)


def _read_bool(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    if str(value).lower() in ("1", "true"):
        return True
    if str(value).lower() in ("0", "false", ""):
        return False
    raise ValueError("not a boolean")


def _read_int(value: Any) -> int:
    if isinstance(value, (bool, dict, list)):
        raise ValueError("not a number")
    return int(str(value))


def _read_ids(value: Any) -> list[str]:
    if isinstance(value, str):
        return [part.strip() for part in value.split(",") if part.strip()]
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return value
    raise ValueError("not a list of ids")


def _read_any(value: Any) -> Any:
    """A structure, given as such or as JSON text; unreadable text stays text."""
    if isinstance(value, str):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


def _read_dict(value: Any) -> JSON:
    value = _read_any(value)
    if not isinstance(value, dict):
        raise ValueError("not an object")
    return value


def _read_list(value: Any) -> list[Any]:
    value = _read_any(value)
    if not isinstance(value, list):
        raise ValueError("not an array")
    return value


READERS: dict[str, Callable[[Any], Any]] = {
    "str": _read_str,
    "bool": _read_bool,
    "int": _read_int,
    "ids": _read_ids,
    "any": _read_any,
    "dict": _read_dict,
    "list": _read_list,
}
WORDS = {
    "str": "a string",
    "bool": "a boolean",
    "int": "a number",
    "ids": "a string",
    "any": "a value",
    "dict": "an object",
    "list": "an array",
}
