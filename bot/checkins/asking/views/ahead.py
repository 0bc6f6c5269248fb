"""A day before a check-in of a schedule: the asker's line, as it stands, and another one (C2)."""

from __future__ import annotations

from dataclasses import replace

from bot.checkins import ids
from bot.checkins.asking.views.form import line_field
from bot.checkins.views.kinds import name_of
from bot.views import blocks as b
from bot.views import words
from bot.views.blocks import Message, ModalView
from bot.views.fields import Lines
from core.checkins import CheckIn, Kind


def tomorrow(checkin: CheckIn) -> Message:
    """To the asker: what will stand on top of the question, while it can still be changed."""
    value = ids.OfCheckIn(checkin.id)
    opens = words.moment_for_all(checkin.opens_at)
    line = _quoted(checkin.line) if checkin.line else "Nothing of yours stands on top."
    text = (
        f"{_which(checkin)} opens {opens}. You go first:\n{line}\n"
        "If that is not how it is for you now, another line takes its place, this time and "
        "from now on."
    )
    row = b.actions(
        b.button("Another line", ids.LINE_OPEN, value),
        b.button("Not this time", ids.SKIP, value),
    )
    return b.message(f"{_which(checkin)} opens soon.", [b.section(text), row])


def skipped(checkin: CheckIn) -> str:
    """After "Not this time"."""
    return f"{_which(checkin)} is left out this time. Nobody has seen it."


def line_form(checkin: CheckIn) -> ModalView:
    """The modal "Another line"."""
    line = line_again(checkin.kind)
    return b.modal(
        ids.LINE_FORM.id,
        "Your line",
        [line.draw(checkin.line)],
        submit="Save",
        close="Cancel",
        private_metadata=ids.OfCheckIn(checkin.id).text(),
    )


def line_again(kind: Kind) -> Lines:
    """The field of the line, in its own modal."""
    hint = "One honest line of how it is for you. It stands on top of the question."
    return replace(line_field(kind), hint=hint)


def saved(checkin: CheckIn) -> str:
    """The word back."""
    line = _quoted(checkin.line) if checkin.line else "nothing"
    return f"On top of {_which(checkin)} stands, from now on:\n{line}"


def _quoted(line: str) -> str:
    return "\n".join(f"> {part}" for part in b.escape(line).splitlines())


def _which(checkin: CheckIn) -> str:
    label = name_of(checkin.kind)
    return f"“{label}” in {words.channel(checkin.channel_id)}"
