"""The one place that fits text into what Slack takes; it cuts rather than fails."""

from __future__ import annotations

import re
from collections.abc import Sequence

# Slack's limits, in characters (code points), and how many of what there may be.
SECTION, SMALL, HEADER, BUTTON, OPTION = 3000, 2000, 150, 75, 75
LABEL, PLACEHOLDER, TITLE, NOTICE = 2000, 150, 24, 4000
CONFIRM_TITLE, CONFIRM_TEXT, CONFIRM_BUTTON = 100, 300, 30
MESSAGE_BLOCKS, MODAL_BLOCKS, ELEMENTS, OPTIONS = 50, 100, 25, 100
MESSAGE_TEXT = 12_000  # of all blocks of a message together
NOTHING = "–"  # Slack takes no empty text
_CUT = "…"
# What must not be cut in two: a mention, a link or a date, and an escaped sign.
_WHOLE = re.compile(r"<[^<>]*>|&(?:amp|lt|gt);")


def fit(text: str, most: int) -> str:
    """The text, or its beginning and "…": at most so many characters, at least one.

    Nothing that Slack reads as one thing is cut in two.
    """
    if not text.strip():
        return NOTHING
    if len(text) <= most:
        return text
    end = most - len(_CUT)
    for whole in _WHOLE.finditer(text):
        if whole.start() >= end:
            break
        if whole.end() > end:
            end = whole.start()
            break
    return f"{text[:end].rstrip()}{_CUT}"


def paragraphs(lines: Sequence[str], most: int = SECTION) -> list[str]:
    """The lines in as few paragraphs as hold them, none cut that fits into one."""
    made: list[str] = []
    for line in lines:
        if made and len(made[-1]) + 1 + len(line) <= most:
            made[-1] += f"\n{line}"
        else:
            made.append(fit(line, most))
    return made


def fair(lengths: Sequence[int], total: int) -> int:
    """How long each of these texts may be so that together they have `total` characters."""
    left, count = total, len(lengths)
    for length in sorted(lengths):
        if length * count > left:
            return max(left // count, 1)
        left, count = left - length, count - 1
    return max(lengths, default=0)
