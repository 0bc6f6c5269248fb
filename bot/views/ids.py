"""What the buttons of check-ins carry, read from their values."""

from __future__ import annotations

from bot.views.carried import StaleValue


def number(value: str) -> int:
    """The number a button carries. Raises StaleValue."""
    try:
        return int(value)
    except ValueError as error:
        raise StaleValue(value) from error


def pair(value: str) -> tuple[int, str]:
    """A number and a word. Raises StaleValue."""
    first, _, rest = value.partition("|")
    if not rest:
        raise StaleValue(value)
    return number(first), rest
