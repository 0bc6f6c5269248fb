"""For hosts: the pulse of a channel, and its prompts."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from slack_sdk.models.blocks import InputInteractiveElement, PlainTextInputElement

from bot.checkins import ids
from bot.checkins.views import words as checkin_words
from bot.checkins.views.kinds import name_of
from bot.views import blocks as b
from bot.views import words
from bot.views.blocks import Block, ModalView
from bot.views.carried import InChannel
from bot.views.fields import Choice, Lines
from bot.views.forms import Field, Held, Wrong
from core.checkins import CheckInSettings, Kind
from core.prompts import OWN_MAX, OwnProblem, Prompt

SHOWN = 48  # prompts in one modal: two blocks each, of a hundred
OFF, ON = "off", "on"
HIGHEST = 100  # answers that a host may ask for
PULSE = Choice(id="pulse_on", label="Pulse in this channel", options=(("Off", OFF), ("On", ON)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Floor(Field[int]):
    """How many answers there must be, `lowest` at least."""

    lowest: int
    id: str = "pulse_floor"
    label: str = "At least so many answers"

    def element(self, value: int) -> InputInteractiveElement:
        return PlainTextInputElement(action_id=self.id, initial_value=str(value), max_length=4)

    def typed(self, held: Held) -> int:
        text = str(held or "").strip()
        return int(text[:4]) if text.isascii() and text.isdecimal() else 0

    def check(self, value: int) -> int:
        if not self.lowest <= value <= HIGHEST:
            raise Wrong(bad_floor(self.lowest, HIGHEST))
        return value


def pulse_form(channel_id: str, settings: CheckInSettings, lowest: int) -> ModalView:
    """Turn the pulse on or off, and raise the floor."""
    text = (
        "A pulse asks how heavy or light work feels, and keeps no link between people and "
        f"answers. Nothing is shown under {lowest} answers; you may ask for more. "
        "Turn it on only if somebody will act on what it says."
    )
    parts = [
        b.section(text),
        PULSE.draw(ON if settings.pulse else OFF),
        Floor(lowest=lowest).draw(settings.floor or lowest),
    ]
    return b.modal(
        ids.PULSE_FORM.id,
        "Pulse",
        parts,
        submit="Save",
        close="Cancel",
        private_metadata=InChannel(channel_id).text(),
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
) -> ModalView:
    """The prompts of a kind; a host adds, edits and retires."""
    options = tuple((name_of(one), ids.OfKind(one).text()) for one in Kind)
    menu = b.select(ids.PROMPTS_KIND.id, options, kind.value, "What about")
    parts = [
        b.actions(menu, block_id=ids.PROMPTS_KIND.id)
    ]  # an input would ask for a submit button
    if host:
        add = b.button("Add one", ids.PROMPT_ADD, ids.KindHere(channel_id, kind))
        parts.append(b.actions(add))
    for prompt in found[:SHOWN]:
        parts.append(b.section(_described(prompt, prompt.id in own, prompt.id in retired)))
        if host:
            parts.append(_buttons(prompt, prompt.id in retired))
    if len(found) > SHOWN:
        parts.append(b.small(f"{len(found) - SHOWN} more are not listed here."))
    return b.modal(
        "checkin.prompts.view",
        "Prompts",
        parts,
        private_metadata=InChannel(channel_id).text(),
    )


def _described(prompt: Prompt, own: bool, retired: bool) -> str:
    section = checkin_words.SECTIONS.get(prompt.section or "", "")
    marks = [section, "ours" if own else "", "retired" if retired else ""]
    shown = ", ".join(mark for mark in marks if mark)
    text = b.escape(prompt.text)
    return f"{f'~{text}~' if retired else text}{f'  _({shown})_' if shown else ''}"


def _buttons(prompt: Prompt, retired: bool) -> Block:
    which = ids.OfPrompt(prompt.id)
    label, action = ("Bring back", ids.PROMPT_KEEP) if retired else ("Retire", ids.PROMPT_RETIRE)
    return b.actions(
        b.button("Edit", ids.PROMPT_EDIT, which, suffix=prompt.id),
        b.button(label, action, which, suffix=prompt.id),
    )


def words_field(kind: Kind) -> Lines:
    """The words of one prompt."""
    return Lines(
        id="words",
        label=name_of(kind),
        longest=OWN_MAX,
        wrong=checkin_words.OWN_PROBLEMS[OwnProblem.EMPTY],
        too_long=checkin_words.OWN_PROBLEMS[OwnProblem.TOO_LONG],
    )


def section_field(sections: Sequence[str]) -> Choice:
    """Which part of a kickoff, retro or aar a new prompt belongs to."""
    options = tuple((checkin_words.SECTIONS.get(s, s.capitalize()), s) for s in sections)
    return Choice(id="section", label="Part", options=options)


def prompt_form(behind: ids.Reworded, text: str, sections: Sequence[str]) -> ModalView:
    """Write or reword one prompt."""
    new = behind.prompt_id is None
    parts = [words_field(behind.kind).draw(text)]
    if new and sections:
        parts.append(section_field(sections).draw(sections[0]))
    return b.modal(
        ids.PROMPT_FORM.id,
        "Add a prompt" if new else "Edit a prompt",
        parts,
        submit="Save",
        close="Cancel",
        private_metadata=behind.text(),
    )
