"""Choosing a conversation starter that nobody in a group has had yet."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from random import Random


class Tag(StrEnum):
    """What a starter asks for."""

    LIGHT = "light"
    WORK = "work"
    DEEP = "deep"


@dataclass(frozen=True, slots=True)
class Starter:
    """One conversation starter; the text is shown as it is."""

    id: str
    tag: Tag
    text: str


def choose(
    starters: Sequence[Starter],
    seen_by: Sequence[Collection[str]],
    tag: str | None,
    seed: int | str,
    not_these: Sequence[str] = (),
) -> Starter:
    """A starter for a group: new to everyone while there is one, then the one had least often.

    `seen_by` holds, for each person, the ids they have had (an id may occur more than once).
    `tag` narrows the list unless it leaves nothing. `not_these` are the ids already shown for
    this meeting, in order: they come again only when nothing else is left, the last one last.
    The same arguments give the same starter, in whatever order `starters` are. Raises ValueError
    for an empty list.
    """
    if not starters:
        raise ValueError("there are no conversation starters")
    tagged = [starter for starter in starters if starter.tag == tag]
    pool = sorted(tagged or starters, key=lambda starter: starter.id)
    pool = _without(pool, not_these) or _without(pool, not_these[-1:]) or pool
    had = Counter(id for person in seen_by for id in person)
    fewest = min(had[starter.id] for starter in pool)
    return Random(seed).choice([starter for starter in pool if had[starter.id] == fewest])


def _without(pool: Sequence[Starter], ids: Collection[str]) -> list[Starter]:
    return [starter for starter in pool if starter.id not in ids]
