"""Forms: each field is declared once; a modal is read in one go, all problems told at once."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from slack_sdk.models.blocks import InputInteractiveElement

from bot.platform.errors import Beside
from bot.views import blocks as b
from bot.views.blocks import Block

Held = str | list[str] | None  # what an input holds: text, a value, several of them, or nothing
Values = Mapping[str, Held]  # of all inputs of a modal, by block id
T = TypeVar("T")
F = TypeVar("F")


class Wrong(Exception):
    """What a field holds is not what it takes; the message is the sentence beside it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field(ABC, Generic[T]):
    """One input of a modal; `id` is its block id and its action id.

    `hint` stands below it in small print; an `optional` one may be left empty; with `dispatch` the
    app hears of each change. `wrong` is the sentence beside it when it cannot be read.
    """

    id: str
    label: str
    hint: str | None = None
    optional: bool = False
    dispatch: bool = False
    wrong: str = "Please choose one."

    def draw(self, value: T) -> Block:
        """The input, holding this value."""
        element = self.element(value)
        return b.field(self.id, self.label, element, self.hint, self.optional, self.dispatch)

    @abstractmethod
    def element(self, value: T) -> InputInteractiveElement:
        """What is typed or chosen in."""

    @abstractmethod
    def typed(self, held: Held) -> T:
        """The value as it is filled in, right or wrong, to be drawn again."""

    @abstractmethod
    def check(self, value: T) -> T:
        """The value, if it is what the field takes. Raises Wrong."""

    def read(self, held: Held) -> T:
        """The value that was filled in. Raises Wrong."""
        return self.check(self.typed(held))


class Reading:
    """One modal being read: every field in turn, and all problems told at once at the end.

    `values` is what its inputs hold; without, values that were read before are checked.
    """

    def __init__(self, values: Values | None = None) -> None:
        self._values = values or {}
        self._problems: dict[str, str] = {}

    def has(self, field: Field[T]) -> bool:
        """Whether the field was drawn when the modal was sent."""
        return field.id in self._values

    def take(self, field: Field[T], otherwise: T) -> T:
        """The field's value; `otherwise` when it cannot be read, which is noted beside it."""
        return self.try_(field, lambda: field.read(self._values.get(field.id)), otherwise)

    def typed(self, field: Field[T], undrawn: T) -> T:
        """The field's value, right or wrong; `undrawn` when the field was not drawn."""
        return field.typed(self._values.get(field.id)) if self.has(field) else undrawn

    def check(self, field: Field[T], value: T, otherwise: T) -> T:
        """The value, if the field takes it; else `otherwise`, which is noted beside it."""
        return self.try_(field, lambda: field.check(value), otherwise)

    def try_(self, field: Field[F], read: Callable[[], T], otherwise: T) -> T:
        """What `read` returns; a Wrong that it raises is noted beside the field."""
        try:
            return read()
        except Wrong as wrong:
            self.refuse(field, str(wrong))
            return otherwise

    def refuse(self, field: Field[T], sentence: str) -> None:
        """This sentence goes beside the field; the first one stays."""
        self._problems.setdefault(field.id, sentence)

    def is_right(self) -> bool:
        """Whether nothing was found wrong so far."""
        return not self._problems

    def finish(self) -> None:
        """Raise Beside with every problem, if there is one."""
        if self._problems:
            raise Beside(self._problems)
