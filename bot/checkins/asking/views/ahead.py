"""A day before a check-in of a schedule: the asker's line, as it stands, and another one (C2)."""

from __future__ import annotations

from typing import Any

from slack_sdk.models.blocks import PlainTextInputElement

from bot.checkins import ids
from bot.checkins.asking.views.form import LINE, LINE_MAX
from bot.checkins.views import words as checkin_words
from bot.views import blocks as b
from bot.views import words
from core.checkins import LINE_NEEDED, CheckIn


def tomorrow(checkin: CheckIn) -> dict[str, Any]:
    """To the asker: what will stand on top of the question, while it can still be changed."""
    value = str(checkin.id)
    opens = words.moment_for_all(checkin.opens_at)
    line = _quoted(checkin.line) if checkin.line else "Nothing of yours stands on top."
    text = (
        f"{_which(checkin)} opens {opens}. You go first:\n{line}\n"
        "If that is not how it is for you now, another line takes its place, this time and "
        "from now on."
    )
    row = b.actions(
        b.loose_button("Another line", ids.LINE_OPEN, value),
        b.loose_button("Not this time", ids.SKIP, value),
    )
    return b.message(f"{_which(checkin)} opens soon.", [b.section(text), row])


def skipped(checkin: CheckIn) -> str:
    """After "Not this time"."""
    return f"{_which(checkin)} is left out this time. Nobody has seen it."


def line_form(checkin: CheckIn) -> dict[str, Any]:
    """The modal "Another line"."""
    element = PlainTextInputElement(
        action_id=LINE, multiline=True, max_length=LINE_MAX, initial_value=checkin.line or None
    )
    optional = checkin.kind not in LINE_NEEDED
    hint = "One honest line of how it is for you. It stands on top of the question."
    return b.modal(
        ids.LINE_FORM,
        "Your line",
        [b.field(LINE, "Your own line", element, hint, optional=optional)],
        submit="Save",
        close="Cancel",
        private_metadata=str(checkin.id),
    )


def saved(checkin: CheckIn) -> str:
    """The word back."""
    line = _quoted(checkin.line) if checkin.line else "nothing"
    return f"On top of {_which(checkin)} stands, from now on:\n{line}"


def _quoted(line: str) -> str:
    return "\n".join(f"> {part}" for part in b.escape(line).splitlines())


def _which(checkin: CheckIn) -> str:
    label = checkin_words.KINDS[checkin.kind]
    return f"“{label}” in {words.channel(checkin.channel_id)}"
