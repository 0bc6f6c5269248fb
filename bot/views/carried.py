"""What buttons, choices and modals carry: values made and read in one place each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Generic, Self, TypeVar, get_type_hints

BETWEEN, AMONG = "|", ","  # between the parts of a value, and among those of one part
V = TypeVar("V", bound="Carried")


class StaleValue(Exception):
    """Drawn by another version, or forged: its value cannot be read."""


@dataclass(frozen=True, slots=True)
class Carried:
    """The value of a button or choice, or what a modal keeps behind it.

    A subclass is a frozen dataclass whose fields are strings, whole numbers, dates, instants (UTC,
    to the second), words of a StrEnum, or tuples of strings. Slack gives the text back as it is,
    so a text from 0.1.0 must stay readable: it is the fields in their order, joined by "|".
    """

    def text(self) -> str:
        """The value as Slack keeps it (2,000 characters at most for a button)."""
        parts = [_written(getattr(self, field.name)) for field in fields(self)]
        return BETWEEN.join(parts) or "-"  # Slack takes no empty value

    @classmethod
    def read(cls, text: str) -> Self:
        """The value that this text stands for. Raises StaleValue."""
        readers = _readers(cls)
        parts = text.split(BETWEEN, len(readers) - 1) if readers else []
        if len(parts) != len(readers):
            raise StaleValue(text)
        try:
            return cls(*(reader(part) for reader, part in zip(readers, parts, strict=True)))
        except (ValueError, OverflowError, OSError) as error:
            raise StaleValue(text) from error


@dataclass(frozen=True, slots=True)
class Nothing(Carried):
    """The id says it all."""


@dataclass(frozen=True, slots=True)
class InChannel(Carried):
    """A channel, by Slack's id."""

    channel: str


@dataclass(frozen=True, slots=True)
class Instant(Carried):
    """An instant (UTC)."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Action(Generic[V]):
    """Something that can be pressed or chosen: its id, and the class of what it carries."""

    id: str
    carries: type[V]

    def suffixed(self, suffix: object) -> str:
        """The id of one of several side by side: Slack wants each to be different."""
        return f"{self.id}.{suffix}"


@dataclass(frozen=True, slots=True)
class Modal(Generic[V]):
    """A modal that can be sent: its callback id, and the class of what it keeps behind it."""

    id: str
    carries: type[V]


def _written(value: object) -> str:
    if isinstance(value, datetime):
        return str(int(value.timestamp()))
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return AMONG.join(value)
    return str(value)


def _readers(carried: type[Carried]) -> tuple[Callable[[str], object], ...]:
    hints = get_type_hints(carried)
    return tuple(_reader(hints[field.name]) for field in fields(carried))


def _reader(kind: object) -> Callable[[str], object]:
    if kind in READERS:
        return READERS[kind]
    if kind == tuple[str, ...]:
        return lambda text: tuple(filter(None, text.split(AMONG)))
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return kind
    raise TypeError(f"{kind} cannot be carried")


def _some(text: str) -> str:
    if not text:
        raise ValueError("nothing where something was carried")
    return text


def _number(text: str) -> int:
    if not (text.isascii() and text.removeprefix("-").isdecimal() and len(text) <= 18):
        raise ValueError(text)
    return int(text)


def _instant(text: str) -> datetime:
    return datetime.fromtimestamp(_number(text), UTC)


READERS: Mapping[object, Callable[[str], object]] = {
    str: _some, int: _number, datetime: _instant, date: date.fromisoformat,
}  # fmt: skip
