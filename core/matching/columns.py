"""Many people in little room: a column for each property, not an object for each person."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from itertools import islice, repeat
from operator import attrgetter, lt
from typing import Any, overload

from core.matching.values import Candidate, History, MatchingError

NO_NUMBER = -1  # of somebody who was in no round yet
DEFAULTS = {one.name: one.default for one in fields(Candidate) if one.name != "id"}


class Crowd(Sequence[Candidate]):
    """People as columns; a Candidate is made when one is looked at.

    `ids` ascend, each once. Every other property of Candidate may be given as a sequence of the
    same length, an array for numbers being smallest; one not given has its default for everybody.
    `numbers` are the persons' numbers in the history (-1: none), used instead of
    `History.numbers`, which may then stay empty. Raises MatchingError for columns that do not fit.
    """

    __slots__ = ("columns", "ids", "numbers")

    def __init__(
        self, ids: Sequence[str], numbers: Sequence[int] | None = None, **columns: Sequence[Any]
    ) -> None:
        if not ascending(ids):
            raise MatchingError("ids", "Ids ascend, and each occurs once.")
        if unknown := columns.keys() - DEFAULTS:
            raise MatchingError(min(unknown), "People have no such property.")
        for name, column in {"numbers": ids if numbers is None else numbers, **columns}.items():
            if len(column) != len(ids):
                raise MatchingError(name, "Each person has one entry in every column.")
        self.ids, self.numbers, self.columns = ids, numbers, columns

    def __len__(self) -> int:
        return len(self.ids)

    @overload
    def __getitem__(self, place: int) -> Candidate: ...
    @overload
    def __getitem__(self, place: slice) -> list[Candidate]: ...
    def __getitem__(self, place: int | slice) -> Candidate | list[Candidate]:
        if isinstance(place, slice):
            return [self[v] for v in range(len(self))[place]]
        known = {name: column[place] for name, column in self.columns.items()}
        return Candidate(self.ids[place], **known)

    def column(self, name: str) -> Iterable[Any]:
        """One property of everybody, in order."""
        if name == "id":
            return self.ids
        return self.columns.get(name, repeat(DEFAULTS[name], len(self)))

    def take(self, places: Sequence[int]) -> Crowd:
        """These people in this order, which need not ascend."""
        taken = Crowd(())
        taken.ids = _take(self.ids, places)
        taken.numbers = None if self.numbers is None else _take(self.numbers, places)
        taken.columns = {name: Taken(column, places) for name, column in self.columns.items()}
        return taken


class Taken(Sequence[Any]):
    """A column in another order, without a copy: most columns are looked at once or never."""

    __slots__ = ("column", "places")

    def __init__(self, column: Sequence[Any], places: Sequence[int]) -> None:
        self.column, self.places = column, places

    def __len__(self) -> int:
        return len(self.places)

    def __getitem__(self, place: Any) -> Any:
        return self.column[self.places[place]]

    def __iter__(self) -> Iterator[Any]:
        return map(self.column.__getitem__, self.places)


def _take(column: Sequence[Any], places: Iterable[int]) -> Sequence[Any]:
    chosen = map(column.__getitem__, places)
    return array(column.typecode, chosen) if isinstance(column, array) else list(chosen)


def ascending(ids: Sequence[str]) -> bool:
    """Whether each id is greater than the one before, which also means that none occurs twice."""
    return all(map(lt, ids, islice(ids, 1, None)))


def column(people: Sequence[Candidate], name: str) -> Iterable[Any]:
    """One property of everybody, in order, without making objects for a crowd."""
    return people.column(name) if isinstance(people, Crowd) else map(attrgetter(name), people)


def take(people: Sequence[Candidate], places: Sequence[int]) -> Sequence[Candidate]:
    """These people in this order."""
    return people.take(places) if isinstance(people, Crowd) else [people[v] for v in places]


def numbers_of(people: Sequence[Candidate], history: History) -> Sequence[int]:
    """What number each of these people has in the history, or NO_NUMBER."""
    if isinstance(people, Crowd) and people.numbers is not None:
        return people.numbers
    return list(map(history.numbers.get, column(people, "id"), repeat(NO_NUMBER)))


def in_order(people: Sequence[Candidate]) -> Sequence[Candidate]:
    """Everybody once, by id; whoever is listed twice as first listed."""
    if isinstance(people, Crowd) or ascending(list(column(people, "id"))):
        return people
    once = {person.id: person for person in reversed(people)}
    return [once[name] for name in sorted(once)]
