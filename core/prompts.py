"""Prompts: choosing the next one for a channel, and checking what a host wrote."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from random import Random

OWN_MAX = 300
# Two prompts that share this much of their words ask the same thing.
SAME_THING = 0.8

_WORD = re.compile(r"[^\W_]+")
_MENTION = re.compile(r"<[!@#][^>]*>|(?<!\w)@(?:here|channel|everyone)\b", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Prompt:
    """One question to a channel. `quiet` says that it fits a channel under pressure.

    `section` names the part of a kickoff, retro or aar that it belongs to.
    """

    id: str
    text: str
    tags: tuple[str, ...] = ()
    section: str | None = None
    quiet: bool = False


class NoPromptLeft(LookupError):
    """There is no prompt to post: all are retired, or none fits quiet mode."""


class OwnProblem(StrEnum):
    """What is wrong with a prompt that a host wrote; the views say it in words."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    MENTIONS = "mentions"
    NOT_PLAIN = "not_plain"
    ALREADY_THERE = "already_there"


def next_prompt(
    library: Sequence[Prompt],
    own: Sequence[Prompt],
    retired: Collection[str],
    used: Sequence[str],
    quiet: bool,
    seed: int | str,
) -> Prompt:
    """The next prompt of a channel: a new one while there is one, then the one longest ago.

    `own` are the host's prompts; one with the id of a library prompt replaces it. While both
    kinds have new ones, either comes with the same chance, so that a host's words are soon heard.
    `used` holds the ids this channel has had, oldest first. The same arguments give the same
    prompt, in whatever order the prompts are. Raises NoPromptLeft if none may be posted.
    """
    own_ids = {prompt.id for prompt in own}
    everything = {prompt.id: prompt for prompt in (*library, *own)}
    pool = [
        prompt
        for prompt in sorted(everything.values(), key=lambda prompt: prompt.id)
        if prompt.id not in retired and (prompt.quiet or not quiet)
    ]
    if not pool:
        raise NoPromptLeft("no prompt may be posted in this channel")
    last_used = {id_: place for place, id_ in enumerate(used)}
    fresh = [prompt for prompt in pool if prompt.id not in last_used]
    if not fresh:
        return min(pool, key=lambda prompt: last_used[prompt.id])
    chance = Random(seed)
    hosts = [prompt for prompt in fresh if prompt.id in own_ids]
    ours = [prompt for prompt in fresh if prompt.id not in own_ids]
    if hosts and ours:
        return chance.choice(chance.choice((hosts, ours)))
    return chance.choice(fresh)


def of_section(prompts: Iterable[Prompt], section: str | None) -> tuple[Prompt, ...]:
    """The prompts of one section, in their order."""
    return tuple(prompt for prompt in prompts if prompt.section == section)


def sections(prompts: Iterable[Prompt]) -> tuple[str, ...]:
    """The sections that occur, in the order of their first prompt."""
    return tuple(dict.fromkeys(prompt.section for prompt in prompts if prompt.section))


def check_own(text: str, existing: Iterable[str]) -> OwnProblem | None:
    """What is wrong with a host's prompt, or None. `existing` are the texts of the other prompts.

    When a prompt is edited, leave its old text out of `existing`.
    """
    if not _WORD.search(text):
        return OwnProblem.EMPTY
    if len(text.strip()) > OWN_MAX:
        return OwnProblem.TOO_LONG
    if _MENTION.search(text):
        return OwnProblem.MENTIONS
    if _CONTROL.search(text):
        return OwnProblem.NOT_PLAIN
    if any(likeness(text, other) >= SAME_THING for other in existing):
        return OwnProblem.ALREADY_THERE
    return None


def likeness(one: str, other: str) -> float:
    """How many of the words of two texts are in both: 0 for none, 1 for the same words."""
    words, others = _words(one), _words(other)
    either = words | others
    return len(words & others) / len(either) if either else 1.0


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.casefold()))
