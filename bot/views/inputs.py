"""The inputs that modals are made of; each one's action id is its block id."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Any

from slack_sdk.models.blocks import (
    CheckboxesElement,
    DatePickerElement,
    NumberInputElement,
    OptionGroup,
    PlainTextInputElement,
    StaticMultiSelectElement,
    StaticSelectElement,
    TimePickerElement,
    UserMultiSelectElement,
)

from bot.views import blocks as b
from bot.views import words

Pairs = Sequence[tuple[str, str]]  # (label, value)
WEEKDAYS: Pairs = tuple((name, str(number)) for number, name in enumerate(words.WEEKDAYS))
LABEL_LIMIT = 75  # of an option, in characters


def choice(
    block_id: str,
    label: str,
    options: Pairs,
    chosen: str | None,
    hint: str | None = None,
    dispatch: bool = False,
) -> dict[str, Any]:
    """One of several, which must be chosen."""
    element = b.select(block_id, options, chosen)
    return b.field(block_id, label, element, hint, dispatch=dispatch)


def long_choice(
    block_id: str,
    label: str,
    first: tuple[str, str],
    options: Pairs,
    chosen: str | None,
    dispatch: bool = False,
) -> dict[str, Any]:
    """One of many, grouped by first letter (a plain list ends at 100); `first` stands on top."""
    groups = [OptionGroup(label="–", options=[b.option(*first)])]
    for letter, members in groupby(options, key=lambda pair: pair[0][:1].upper()):
        made = [b.option(name[:LABEL_LIMIT], value) for name, value in members]
        groups.append(OptionGroup(label=letter or "…", options=made))
    known = [option for group in groups for option in group.options or []]
    element = StaticSelectElement(
        action_id=block_id,
        option_groups=groups,
        initial_option=next((o for o in known if o.value == chosen), known[0]),
    )
    return b.field(block_id, label, element, dispatch=dispatch)


def several(
    block_id: str,
    label: str,
    options: Pairs,
    chosen: Sequence[str],
    hint: str | None = None,
    optional: bool = False,
    dispatch: bool = False,
) -> dict[str, Any]:
    """Any of several, from a menu."""
    made = [b.option(*pair) for pair in options]
    element = StaticMultiSelectElement(
        action_id=block_id,
        options=made,
        initial_options=[o for o in made if o.value in chosen] or None,
    )
    return b.field(block_id, label, element, hint, optional, dispatch)


def boxes(
    block_id: str, label: str, options: Pairs, chosen: Sequence[str], hint: str | None = None
) -> dict[str, Any]:
    """Any of a few, as boxes to tick; none is fine."""
    made = [b.option(*pair) for pair in options]
    element = CheckboxesElement(
        action_id=block_id,
        options=made,
        initial_options=[o for o in made if o.value in chosen] or None,
    )
    return b.field(block_id, label, element, hint, optional=True)


def line(
    block_id: str,
    label: str,
    text: str,
    longest: int,
    hint: str | None = None,
    optional: bool = False,
    dispatch: bool = False,
) -> dict[str, Any]:
    """A line of text; with `dispatch` the app hears of it on Enter."""
    element = PlainTextInputElement(
        action_id=block_id, initial_value=text or None, max_length=longest
    )
    return b.field(block_id, label, element, hint, optional, dispatch)


def lines(block_id: str, label: str, text: str, hint: str) -> dict[str, Any]:
    """Several lines of text, or none."""
    element = PlainTextInputElement(
        action_id=block_id, initial_value=text or None, multiline=True, max_length=3000
    )
    return b.field(block_id, label, element, hint, optional=True)


def number(
    block_id: str, label: str, text: str, least: int, most: int, dispatch: bool = False
) -> dict[str, Any]:
    """A whole number; one that Slack would refuse to draw is left to what the field holds."""
    fits = text.isascii() and text.isdecimal() and least <= int(text[:9]) <= most
    element = NumberInputElement(
        action_id=block_id,
        is_decimal_allowed=False,
        initial_value=text if fits else None,
        min_value=str(least),
        max_value=str(most),
    )
    return b.field(block_id, label, element, dispatch=dispatch)


def clock(
    block_id: str, label: str, at: str | None, optional: bool = False, dispatch: bool = False
) -> dict[str, Any]:
    """A time of day, "10:00"."""
    element = TimePickerElement(action_id=block_id, initial_time=at or None)
    return b.field(block_id, label, element, optional=optional, dispatch=dispatch)


def calendar(
    block_id: str, label: str, on: date | None, hint: str | None = None, optional: bool = False
) -> dict[str, Any]:
    """A date."""
    element = DatePickerElement(action_id=block_id, initial_date=on.isoformat() if on else None)
    return b.field(block_id, label, element, hint, optional)


def colleagues(
    block_id: str, label: str, user_ids: Sequence[str], hint: str, most: int
) -> dict[str, Any]:
    """Some people, or nobody."""
    element = UserMultiSelectElement(
        action_id=block_id, initial_users=list(user_ids) or None, max_selected_items=most
    )
    return b.field(block_id, label, element, hint, optional=True)
