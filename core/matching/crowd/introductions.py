"""The groups of a crowd as they are read one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import overload

from core.matching.crowd.seating import Seating
from core.matching.introductions import Introducer
from core.matching.values import Group


class Introductions(Sequence[Group]):
    """The groups of a crowd, each made when it is looked at; equal to a tuple of the same groups.

    A million people's groups, made at once, take more than twice the time of the round and four
    times its memory (docs/matching.md). Who reads them more than once makes a tuple of them.
    """

    __slots__ = ("_introducer", "_seating")

    def __init__(self, introducer: Introducer, seating: Seating) -> None:
        self._introducer, self._seating = introducer, seating

    def __len__(self) -> int:
        return len(self._seating)

    @overload
    def __getitem__(self, g: int) -> Group: ...
    @overload
    def __getitem__(self, g: slice) -> tuple[Group, ...]: ...
    def __getitem__(self, g: int | slice) -> Group | tuple[Group, ...]:
        if isinstance(g, slice):
            return tuple([self[k] for k in range(len(self))[g]])
        return self._introducer.group(self._seating[range(len(self))[g]])

    def __iter__(self) -> Iterator[Group]:
        return map(self._introducer.group, self._seating)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, (tuple, Introductions)):
            return NotImplemented
        return len(self) == len(other) and all(map(Group.__eq__, self, other))
