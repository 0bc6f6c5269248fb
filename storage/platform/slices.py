"""Many ids in one question: as many at a time as a database likes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

Id = TypeVar("Id", str, int)
SLICE = 500  # ids in one IN (…): SQLite's parameter limit is far above, its planner is happier


def slices(ids: Iterable[Id]) -> Iterator[list[Id]]:
    """The ids in their order, in parts."""
    ordered = sorted(ids)
    return (ordered[i : i + SLICE] for i in range(0, len(ordered), SLICE))
