"""Small checks that blocks are described with: each looks at one value and notes problems."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from simulator.world.records import JSON


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing Slack would not take, and where (a JSON pointer)."""

    pointer: str
    message: str
    code: str = "failed_constraint"

    def as_message(self, prefix: str = "") -> str:
        return f"[ERROR] {self.message} [json-pointer:{prefix}{self.pointer}]"

    def as_error(self) -> JSON:
        return {"code": self.code, "message": self.message, "pointer": self.pointer or "/"}


@dataclass(slots=True)
class Found:
    """What a validation run has found, and what must be unique across it."""

    surface: str
    problems: list[Problem] = field(default_factory=list)
    block_ids: set[str] = field(default_factory=set)
    focused: int = 0

    def note(self, pointer: str, message: str) -> None:
        self.problems.append(Problem(pointer, message))


Check = Callable[[Found, object, str], None]


def text_of(value: object) -> str:
    return value.get("text", "") if isinstance(value, dict) else ""


def string(most: int, least: int = 0) -> Check:
    """A string of `least` to `most` characters (code points)."""

    def check(found: Found, value: object, at: str) -> None:
        if not isinstance(value, str):
            found.note(at, "must provide a string")
        elif len(value) > most:
            found.note(at, f"must be less than {most + 1} characters")
        elif len(value) < least:
            found.note(at, f"must be more than {least - 1} characters")

    return check


def integer(least: int, most: int) -> Check:
    def check(found: Found, value: object, at: str) -> None:
        if not isinstance(value, int) or isinstance(value, bool):
            found.note(at, "must provide a number")
        elif not least <= value <= most:
            found.note(at, f"must be between {least} and {most}")

    return check


def boolean(found: Found, value: object, at: str) -> None:
    if not isinstance(value, bool):
        found.note(at, "must provide a boolean")


def anything(found: Found, value: object, at: str) -> None:
    """No check: what Slack takes here is not imitated."""


def one_of(*allowed: str) -> Check:
    def check(found: Found, value: object, at: str) -> None:
        if value not in allowed:
            found.note(at, "must be one of: " + ", ".join(allowed))

    return check


def pattern(regex: str, words: str) -> Check:
    compiled = re.compile(regex)

    def check(found: Found, value: object, at: str) -> None:
        if not isinstance(value, str) or not compiled.fullmatch(value):
            found.note(at, f"must be {words}")

    return check


def url(most: int = 3000) -> Check:
    def check(found: Found, value: object, at: str) -> None:
        string(most, 1)(found, value, at)
        if isinstance(value, str) and not re.match(r"[a-zA-Z][a-zA-Z0-9+.\-]*:", value):
            found.note(at, "must be a valid URL")

    return check


def items(check: Check, most: int, least: int = 1) -> Check:
    """An array of `least` to `most` things."""

    def check_all(found: Found, value: object, at: str) -> None:
        if not isinstance(value, list):
            found.note(at, "must provide an array")
            return
        if len(value) > most:
            found.note(at, f"no more than {most} items allowed")
        if len(value) < least:
            found.note(at, f"no fewer than {least} items allowed")
        for number, one in enumerate(value):
            check(found, one, f"{at}/{number}")

    return check_all


def text(most: int, *kinds: str, least: int = 1) -> Check:
    """A text object of one of these kinds ("plain_text", "mrkdwn")."""

    def check(found: Found, value: object, at: str) -> None:
        if not isinstance(value, dict):
            found.note(at, "must provide an object")
            return
        kind = value.get("type")
        if kind not in kinds:
            found.note(f"{at}/type", f"unsupported type: {kind}")
            return
        may = {"emoji": boolean} if kind == "plain_text" else {"verbatim": boolean}
        need: dict[str, Check] = {"type": anything, "text": string(most, least)}
        fields(need, may)(found, value, at)

    return check


def plain(most: int, least: int = 1) -> Check:
    return text(most, "plain_text", least=least)


def either(most: int) -> Check:
    return text(most, "plain_text", "mrkdwn")


def fields(need: Mapping[str, Check], may: Mapping[str, Check]) -> Check:
    """An object with the needed fields, perhaps the others, and nothing else."""

    def check(found: Found, value: object, at: str) -> None:
        if not isinstance(value, dict):
            found.note(at, "must provide an object")
            return
        for name in need:
            if value.get(name) is None:
                found.note(at, f"missing required field: {name}")
        for name, one in value.items():
            known = need.get(name) or may.get(name)
            if known is None:
                found.note(at, f"invalid additional property: {name}")
            elif one is not None:
                known(found, one, f"{at}/{name}")

    return check
