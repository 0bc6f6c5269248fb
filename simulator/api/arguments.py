"""The arguments of a call, read as Slack reads them: types, what is required, JSON in a form."""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from simulator.world.records import JSON, Refusal

NAME = re.compile(r"\w{1,100}")
Spec = Mapping[str, str]  # the name of each argument, and its kind ("int", "ids!", …: `!` = needed)
ALL_OTHERS = "*"  # among the names: whatever else is given is passed on as it came


def spec_of(words: str) -> Spec:
    """What "channel! limit:int blocks:list" says of a method's arguments."""
    return dict(_argument(word) for word in words.split())


def _argument(word: str) -> tuple[str, str]:
    name, _, kind = word.partition(":")
    required = "!" if name.endswith("!") else ""
    return name.rstrip("!"), (kind or "str") + required


def read_arguments(spec: Spec, given: Mapping[str, object]) -> JSON:
    """Check required arguments and types; JSON texts become values, null means left out."""
    if not all(NAME.fullmatch(name) for name in given):
        raise Refusal("invalid_arg_name")
    others = ALL_OTHERS in spec
    read = {name: value for name, value in given.items() if others and name not in (*spec, "token")}
    problems: list[str] = []
    for name, kind in spec.items():
        if name == ALL_OTHERS:
            continue
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


def _read_str(value: object) -> str:
    if isinstance(value, (dict, list, bool)):
        raise ValueError("not a string")
    return str(value)


def _read_bool(value: object) -> bool:
    if isinstance(value, bool):
        return value
    if str(value).lower() in ("1", "true"):
        return True
    if str(value).lower() in ("0", "false", ""):
        return False
    raise ValueError("not a boolean")


def _read_int(value: object) -> int:
    if isinstance(value, (bool, dict, list)):
        raise ValueError("not a number")
    return int(str(value))


def _read_ids(value: object) -> list[str]:
    if isinstance(value, str):
        return [part.strip() for part in value.split(",") if part.strip()]
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return value
    raise ValueError("not a list of ids")


def _read_any(value: object) -> Any:
    """A structure, given as such or as JSON text; unreadable text stays text."""
    if isinstance(value, str):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


def _read_dict(value: object) -> JSON:
    value = _read_any(value)
    if not isinstance(value, dict):
        raise ValueError("not an object")
    return value


def _read_list(value: object) -> list[Any]:
    value = _read_any(value)
    if not isinstance(value, list):
        raise ValueError("not an array")
    return value


READERS: dict[str, Callable[[object], object]] = {
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
