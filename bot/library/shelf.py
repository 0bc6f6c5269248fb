"""Reads the prompts that come with Kettle; one file per kind, ready for other languages."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import TypedDict

from core.prompts import Prompt
from core.starters import Starter, Tag

LANGUAGE = "en"


class BrokenLibrary(ValueError):
    """A library file does not say what it must; the message names the file and the entry."""


@cache
def load(kind: str, language: str = LANGUAGE) -> tuple[Prompt, ...]:
    """All prompts of a kind (also `starters` and `watercooler`), in the order of the file.

    A translation lies in a folder with its language's name and keeps the ids; English lies on top.
    Raises LookupError for a kind or language that is not there, BrokenLibrary for a broken file.
    """
    folder = files("bot.library") if language == LANGUAGE else files("bot.library") / language
    file = folder / f"{kind}.toml"
    if not kind.isidentifier() or not language.isalpha() or not file.is_file():
        raise LookupError(f"there is no library of {kind!r} in {language!r}")
    return parse(file.read_text(encoding="utf-8"), kind, language)


@cache
def starters(language: str = LANGUAGE) -> tuple[Starter, ...]:
    """The conversation starters for introductions, each with its one tag."""
    return tuple(_starter(prompt) for prompt in load("starters", language))


def parse(text: str, kind: str, language: str) -> tuple[Prompt, ...]:
    """The prompts in a file's text; BrokenLibrary when it is not what its name says."""
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as broken:
        raise BrokenLibrary(f"{kind}.toml: {broken}") from broken
    if (content.get("kind"), content.get("language")) != (kind, language):
        raise BrokenLibrary(f"{kind}.toml must say kind = {kind!r} and language = {language!r}")
    prompts = tuple(_prompt(entry, kind) for entry in content.get("prompt", ()))
    if len({prompt.id for prompt in prompts}) < len(prompts):
        raise BrokenLibrary(f"{kind}.toml has the same id twice")
    return prompts


class Entry(TypedDict, total=False):
    """One prompt, as it stands in a file."""

    id: str
    text: str
    tags: list[str]
    section: str
    quiet: bool


_TYPES: dict[str, type] = {"id": str, "text": str, "tags": list, "section": str, "quiet": bool}
_NEEDED = {"id", "text", "tags"}


def _prompt(entry: Entry, kind: str) -> Prompt:
    name = entry.get("id", "an entry without id")
    if unknown := entry.keys() - _TYPES.keys():
        raise BrokenLibrary(f"{kind}.toml: {name} has unknown keys: {', '.join(sorted(unknown))}")
    if missing := _NEEDED - entry.keys():
        raise BrokenLibrary(f"{kind}.toml: {name} lacks {', '.join(sorted(missing))}")
    for key, value in entry.items():
        if not isinstance(value, _TYPES[key]):
            raise BrokenLibrary(f"{kind}.toml: {name}: {key} must be {_TYPES[key].__name__}")
    return Prompt(
        id=entry["id"],
        text=entry["text"],
        tags=tuple(entry["tags"]),
        section=entry.get("section"),
        quiet=entry.get("quiet", False),
    )


def _starter(prompt: Prompt) -> Starter:
    depths = [Tag(tag) for tag in prompt.tags if tag in list(Tag)]
    if len(depths) != 1:
        raise BrokenLibrary(f"starters.toml: {prompt.id} needs one of {', '.join(Tag)}")
    return Starter(id=prompt.id, tag=depths[0], text=prompt.text)
