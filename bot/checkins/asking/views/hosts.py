"""For hosts: the pulse of a channel, and its prompts."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from slack_sdk.models.blocks import PlainTextInputElement

from bot.checkins import ids
from bot.checkins.views import words as checkin_words
from bot.views import blocks as b
from bot.views import inputs, words
from core.checkins import CheckInSettings, Kind
from core.prompts import Prompt

ON, FLOOR = "pulse_on", "pulse_floor"  # blocks
WORDS, SECTION = "words", "section"
SHOWN = 48  # prompts in one modal: two blocks each, of a hundred
ON_OFF: inputs.Pairs = (("Off", "off"), ("On", "on"))


def pulse_form(channel_id: str, settings: CheckInSettings, lowest: int) -> dict[str, Any]:
    """Turn the pulse on or off, and raise the floor."""
    text = (
        "A pulse asks how heavy or light work feels, and keeps no link between people and "
        f"answers. Nothing is shown under {lowest} answers; you may ask for more. "
        "Turn it on only if somebody will act on what it says."
    )
    parts = [
        b.section(text),
        inputs.choice(ON, "Pulse in this channel", ON_OFF, "on" if settings.pulse else "off"),
        inputs.line(FLOOR, "At least so many answers", str(settings.floor or lowest), 4),
    ]
    return b.modal(
        ids.PULSE_FORM,
        "Pulse",
        parts,
        submit="Save",
        close="Cancel",
        private_metadata=channel_id,
    )


def bad_floor(lowest: int, highest: int) -> str:
    """Beside the floor."""
    return f"A number from {lowest} to {highest}, please. Fewer would not protect anybody."


def decided(channel_id: str, on: bool, floor: int) -> str:
    """The word back to the host."""
    if not on:
        return f"The pulse is off in {words.channel(channel_id)}."
    return (
        f"The pulse is on in {words.channel(channel_id)}, with at least {floor} answers. "
        "`/checkin pulse` asks one."
    )


def prompts(
    channel_id: str,
    kind: Kind,
    found: Sequence[Prompt],
    own: Collection[str],
    retired: Collection[str],
    host: bool,
) -> dict[str, Any]:
    """The prompts of a kind; a host adds, edits and retires."""
    options = tuple((checkin_words.KINDS[one], one.value) for one in Kind)
    menu = b.select(ids.PROMPTS_KIND, options, kind.value, "What about")
    parts = [b.actions(menu, block_id=ids.PROMPTS_KIND)]  # an input would ask for a submit button
    if host:
        parts.append(
            b.actions(b.loose_button("Add one", ids.PROMPT_ADD, f"{channel_id}|{kind.value}"))
        )
    for prompt in found[:SHOWN]:
        parts.append(b.section(_described(prompt, prompt.id in own, prompt.id in retired)))
        if host:
            parts.append(_buttons(prompt, prompt.id in retired))
    if len(found) > SHOWN:
        parts.append(b.small(f"{len(found) - SHOWN} more are not listed here."))
    return b.modal("checkin.prompts.view", "Prompts", parts, private_metadata=channel_id)


def _described(prompt: Prompt, own: bool, retired: bool) -> str:
    section = checkin_words.SECTIONS.get(prompt.section or "", "")
    marks = [section, "ours" if own else "", "retired" if retired else ""]
    shown = ", ".join(mark for mark in marks if mark)
    text = b.escape(prompt.text)
    return f"{f'~{text}~' if retired else text}{f'  _({shown})_' if shown else ''}"


def _buttons(prompt: Prompt, retired: bool) -> dict[str, Any]:
    edit = b.loose_button("Edit", f"{ids.PROMPT_EDIT}.{prompt.id}"[:255], prompt.id)
    if retired:
        other = b.loose_button("Bring back", f"{ids.PROMPT_KEEP}.{prompt.id}"[:255], prompt.id)
    else:
        other = b.loose_button("Retire", f"{ids.PROMPT_RETIRE}.{prompt.id}"[:255], prompt.id)
    return b.actions(edit, other)


def prompt_form(
    metadata: str, kind: Kind, text: str, sections: Sequence[str], new: bool
) -> dict[str, Any]:
    """Write or reword one prompt."""
    element = PlainTextInputElement(
        action_id=WORDS, multiline=True, max_length=300, initial_value=text or None
    )
    parts = [b.field(WORDS, checkin_words.KINDS[kind], element)]
    if new and sections:
        options = tuple((checkin_words.SECTIONS.get(s, s.capitalize()), s) for s in sections)
        parts.append(inputs.choice(SECTION, "Part", options, sections[0]))
    return b.modal(
        ids.PROMPT_FORM,
        "Add a prompt" if new else "Edit a prompt",
        parts,
        submit="Save",
        close="Cancel",
        private_metadata=metadata,
    )
