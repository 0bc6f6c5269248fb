"""Many people in little room: a column for each property, not an object for each person."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Sequence
from itertools import islice, repeat
from operator import attrgetter, lt
from typing import Literal, TypedDict, TypeVar, Unpack, cast, overload

from core.matching.values import Candidate, History, MatchingError

NO_NUMBER = -1  # of somebody who was in no round yet

Trait = str | int | float | frozenset[str] | None
NOBODY = Candidate("")  # has the default of every property
Entry = TypeVar("Entry")


class Columns(TypedDict, total=False):
    """The properties of Candidate, each as a sequence with an entry for everybody."""

    team: Sequence[str | None]
    hours: Sequence[int]
    mode: Sequence[str | None]
    site: Sequence[str | None]
    size: Sequence[int | None]
    channels: Sequence[frozenset[str]]
    credit: Sequence[float]
    organised: Sequence[int]


class Crowd(Sequence[Candidate]):
    """People as columns; a Candidate is made when one is looked at.

    `ids` ascend, each once. Every other property of Candidate may be given as a sequence of the
    same length, an array for numbers being smallest; one not given has its default for everybody.
    `numbers` are the persons' numbers in the history (-1: none), used instead of
    `History.numbers`, which may then stay empty. Raises MatchingError for columns that do not fit.
    """

    __slots__ = ("columns", "ids", "numbers")

    def __init__(
        self,
        ids: Sequence[str],
        numbers: Sequence[int] | None = None,
        **columns: Unpack[Columns],
    ) -> None:
        if not ascending(ids):
            raise MatchingError("ids", "Ids ascend, and each occurs once.")
        if unknown := columns.keys() - Columns.__optional_keys__:
            raise MatchingError(min(unknown), "People have no such property.")
        self.ids, self.numbers = ids, numbers
        self.columns = cast("dict[str, Sequence[Trait]]", columns)
        for name, column in {"numbers": numbers, **self.columns}.items():
            if column is not None and len(column) != len(ids):
                raise MatchingError(name, "Each person has one entry in every column.")

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
        make: Callable[..., Candidate] = Candidate
        return make(self.ids[place], **known)

    def take(self, places: Sequence[int]) -> Crowd:
        """These people in this order, which need not ascend."""
        taken = Crowd(())
        taken.ids = _take(self.ids, places)
        taken.numbers = None if self.numbers is None else _take(self.numbers, places)
        taken.columns = {name: _take(column, places) for name, column in self.columns.items()}
        return taken


def _take(column: Sequence[Entry], places: Iterable[int]) -> Sequence[Entry]:
    chosen = map(column.__getitem__, places)
    if not isinstance(column, array):
        return list(chosen)
    taken = column[:0]
    taken.extend(chosen)
    return taken


def ascending(ids: Sequence[str]) -> bool:
    """Whether each id is greater than the one before, which also means that none occurs twice."""
    return all(map(lt, ids, islice(ids, 1, None)))


@overload
def column(people: Sequence[Candidate], name: Literal["id"]) -> Iterable[str]: ...
@overload
def column(
    people: Sequence[Candidate], name: Literal["team", "mode", "site"]
) -> Iterable[str | None]: ...
@overload
def column(people: Sequence[Candidate], name: Literal["hours", "organised"]) -> Iterable[int]: ...
@overload
def column(people: Sequence[Candidate], name: Literal["size"]) -> Iterable[int | None]: ...
@overload
def column(people: Sequence[Candidate], name: Literal["channels"]) -> Iterable[frozenset[str]]: ...
@overload
def column(people: Sequence[Candidate], name: Literal["credit"]) -> Iterable[float]: ...
def column(people: Sequence[Candidate], name: str) -> Iterable[Trait]:
    """One property of everybody, in order, without making objects for a crowd."""
    if not isinstance(people, Crowd):
        return map(attrgetter(name), people)
    if name == "id":
        return people.ids
    return people.columns.get(name) or repeat(getattr(NOBODY, name), len(people))


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
