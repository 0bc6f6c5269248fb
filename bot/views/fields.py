"""The kinds of field that forms are made of: how each is drawn, and how it is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from itertools import groupby

from slack_sdk.models.blocks import (
    CheckboxesElement,
    DatePickerElement,
    InputInteractiveElement,
    NumberInputElement,
    OptionGroup,
    PlainTextInputElement,
    PlainTextObject,
    RadioButtonsElement,
    StaticMultiSelectElement,
    StaticSelectElement,
    TimePickerElement,
    UserMultiSelectElement,
    UserSelectElement,
)

from bot.views import blocks as b
from bot.views.forms import Field, Held, Wrong

Pairs = Sequence[tuple[str, str]]  # (label, value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice(Field[str]):
    """One of several options, which must be chosen; an unknown one to draw leaves it open."""

    options: Pairs

    def element(self, value: str) -> InputInteractiveElement:
        return b.select(self.id, self.options, value)

    def typed(self, held: Held) -> str:
        return _text(held)

    def check(self, value: str) -> str:
        if value not in values_of(self.options):
            raise Wrong(self.wrong)
        return value


@dataclass(frozen=True, slots=True, kw_only=True)
class Radio(Choice):
    """One of a few options, all in sight; an unknown one to draw leaves it open."""

    def element(self, value: str) -> InputInteractiveElement:
        made = [b.option(*pair) for pair in self.options]
        chosen = next((option for option in made if option.value == value), None)
        return RadioButtonsElement(action_id=self.id, options=made, initial_option=chosen)


@dataclass(frozen=True, slots=True, kw_only=True)
class LongChoice(Choice):
    """One of many, grouped by first letter (a plain list ends at 100); `first` stands on top."""

    first: tuple[str, str]

    def element(self, value: str) -> InputInteractiveElement:
        groups = [OptionGroup(label="–", options=[b.option(*self.first)])]
        for letter, members in groupby(self.options, key=lambda pair: pair[0][:1].upper()):
            made = [b.option(*pair) for pair in members]
            groups.append(OptionGroup(label=letter or "…", options=made))
        known = [option for group in groups for option in group.options or []]
        initial = next((option for option in known if option.value == value), known[0])
        return StaticSelectElement(action_id=self.id, option_groups=groups, initial_option=initial)

    def check(self, value: str) -> str:
        if value not in values_of([self.first, *self.options]):
            raise Wrong(self.wrong)
        return value


@dataclass(frozen=True, slots=True, kw_only=True)
class Several(Field[tuple[str, ...]]):
    """Any of several, from a menu; at least one where it is not optional."""

    options: Pairs

    def element(self, value: tuple[str, ...]) -> InputInteractiveElement:
        made = [b.option(*pair) for pair in self.options]
        chosen = [option for option in made if option.value in value]
        return StaticMultiSelectElement(
            action_id=self.id, options=made, initial_options=chosen or None
        )

    def typed(self, held: Held) -> tuple[str, ...]:
        return _several(held)

    def check(self, value: tuple[str, ...]) -> tuple[str, ...]:
        return _some_of(self, self.options, value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Boxes(Field[tuple[str, ...]]):
    """Any of a few, as boxes to tick; none is fine."""

    options: Pairs
    optional: bool = True

    def element(self, value: tuple[str, ...]) -> InputInteractiveElement:
        made = [b.option(*pair) for pair in self.options]
        chosen = [option for option in made if option.value in value]
        return CheckboxesElement(action_id=self.id, options=made, initial_options=chosen or None)

    def typed(self, held: Held) -> tuple[str, ...]:
        return _several(held)

    def check(self, value: tuple[str, ...]) -> tuple[str, ...]:
        return _some_of(self, self.options, value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line(Field[str]):
    """A line of text, `longest` characters at most; line breaks and runs of spaces become one.

    A line break would let it pose as a message of its own.
    """

    longest: int

    def element(self, value: str) -> InputInteractiveElement:
        return PlainTextInputElement(
            action_id=self.id, initial_value=value or None, max_length=self.longest
        )

    def typed(self, held: Held) -> str:
        return " ".join(_text(held).split())

    def check(self, value: str) -> str:
        if len(value) > self.longest or not (value or self.optional):
            raise Wrong(self.wrong)
        return value


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines(Field[str]):
    """Several lines of text, as typed; 3,000 characters is Slack's limit.

    `too_long` is the sentence beside it when there are too many; `wrong` that for none at all.
    """

    longest: int = 3000
    too_long: str | None = None

    def element(self, value: str) -> InputInteractiveElement:
        return PlainTextInputElement(
            action_id=self.id, initial_value=value or None, multiline=True, max_length=self.longest
        )

    def typed(self, held: Held) -> str:
        return _text(held).strip()

    def check(self, value: str) -> str:
        if len(value) > self.longest:
            raise Wrong(self.too_long or self.wrong)
        if not (value or self.optional):
            raise Wrong(self.wrong)
        return value


@dataclass(frozen=True, slots=True, kw_only=True)
class Number(Field[str]):
    """A whole number from `least` to `most`, kept as typed: Slack would refuse to draw others."""

    least: int
    most: int

    def element(self, value: str) -> InputInteractiveElement:
        return NumberInputElement(
            action_id=self.id,
            is_decimal_allowed=False,
            initial_value=value if self._fits(value) else None,
            min_value=str(self.least),
            max_value=str(self.most),
        )

    def typed(self, held: Held) -> str:
        return _text(held).strip()

    def check(self, value: str) -> str:
        if not self._fits(value):
            raise Wrong(self.wrong)
        return value

    def _fits(self, text: str) -> bool:
        # int() itself refuses thousands of digits; nine are beyond every limit here.
        return text.isascii() and text.isdecimal() and self.least <= int(text[:9]) <= self.most


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock(Field[time | None]):
    """A time of day, to the minute; None for an optional one that is left empty."""

    def element(self, value: time | None) -> InputInteractiveElement:
        return TimePickerElement(
            action_id=self.id, initial_time=f"{value:%H:%M}" if value else None
        )

    def typed(self, held: Held) -> time | None:
        try:
            at = time.fromisoformat(_text(held))
        except ValueError:
            return None
        return at.replace(second=0, microsecond=0, tzinfo=None)

    def check(self, value: time | None) -> time | None:
        if value is None and not self.optional:
            raise Wrong(self.wrong)
        return value


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar(Field[date | None]):
    """A date; None for an optional one that is left empty."""

    def element(self, value: date | None) -> InputInteractiveElement:
        return DatePickerElement(
            action_id=self.id, initial_date=value.isoformat() if value else None
        )

    def typed(self, held: Held) -> date | None:
        try:
            return date.fromisoformat(_text(held))
        except ValueError:
            return None

    def check(self, value: date | None) -> date | None:
        if value is None and not self.optional:
            raise Wrong(self.wrong)
        return value


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleague(Field[str | None]):
    """One person by their user id; None for an optional one that is left empty."""

    placeholder: str | None = None

    def element(self, value: str | None) -> InputInteractiveElement:
        empty = PlainTextObject(text=self.placeholder) if self.placeholder else None
        return UserSelectElement(action_id=self.id, initial_user=value, placeholder=empty)

    def typed(self, held: Held) -> str | None:
        return _text(held) or None

    def check(self, value: str | None) -> str | None:
        if value is None and not self.optional:
            raise Wrong(self.wrong)
        return value


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleagues(Field[tuple[str, ...]]):
    """Some people by their user ids, `most` at most, or nobody."""

    most: int
    optional: bool = True

    def element(self, value: tuple[str, ...]) -> InputInteractiveElement:
        return UserMultiSelectElement(
            action_id=self.id, initial_users=list(value) or None, max_selected_items=self.most
        )

    def typed(self, held: Held) -> tuple[str, ...]:
        return _several(held)

    def check(self, value: tuple[str, ...]) -> tuple[str, ...]:
        if len(value) > self.most or not (value or self.optional):
            raise Wrong(self.wrong)
        return value


def values_of(options: Pairs) -> set[str]:
    """The values of these options."""
    return {value for _, value in options}


def _text(held: Held) -> str:
    return held if isinstance(held, str) else ""


def _several(held: Held) -> tuple[str, ...]:
    return tuple(held) if isinstance(held, list) else ()


def _some_of(
    field: Field[tuple[str, ...]], options: Pairs, chosen: tuple[str, ...]
) -> tuple[str, ...]:
    if not set(chosen) <= values_of(options) or not (chosen or field.optional):
        raise Wrong(field.wrong)
    return chosen
