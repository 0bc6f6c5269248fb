"""Worries and actions as people read them: the private question, and where things stand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot import checkin_ids as ids
from bot.views import blocks as b
from bot.views import inputs, words
from bot.views.checkins import STATES
from core.actions import Item, ItemKind, State

SHOWN = 20
CHOICES: inputs.Pairs = (
    ("No word yet", State.OPEN.value),
    ("Done", State.DONE.value),
    ("Still open", State.STILL_OPEN.value),
    ("Dropped", State.DROPPED.value),
)


def ask_owner(channel_id: str, items: Sequence[Item]) -> dict[str, Any]:
    """To an owner, once, before the next check-in; drawn again after each answer."""
    text = (
        f"Soon {words.channel(channel_id)} looks back at what was agreed. You took this on; "
        "where does it stand? Dropped is as good an answer as done."
    )
    return b.message("Where does it stand?", [b.section(text), *_rows(items)])


def asked_again(items: Sequence[Item]) -> dict[str, Any]:
    """The same message after an answer."""
    text = "Thank you. This is where things stand:"
    return b.message("Where does it stand?", [b.section(text), *_rows(items)])


def _rows(items: Sequence[Item]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for item in items[:SHOWN]:
        state = "" if item.state is State.OPEN else f" ({STATES[item.state]})"
        rows.append(b.section(f"• {b.escape(item.text)}{state}"))
        if not item.state.finished:
            rows.append(
                b.actions(
                    b.button("Done", ids.ITEM_DONE, item.id, style="primary"),
                    b.button("Still open", ids.ITEM_STILL, item.id),
                    b.button("Dropped", ids.ITEM_DROPPED, item.id),
                )
            )
    return rows


def form(channel_id: str, items: Sequence[Item], user_id: str) -> dict[str, Any]:
    """Where everything of a channel stands; an action of somebody else is only shown."""
    if not items:
        text = f"Nothing is open in {words.channel(channel_id)}: no worries, no actions."
        return b.modal("checkin.items.none", "Where things stand", [b.section(text)])
    parts: list[dict[str, Any]] = []
    for item in items[:SHOWN]:
        if item.owner not in (None, user_id):
            owner = words.person(item.owner or "")
            parts.append(
                b.section(f"*Action* of {owner}: {b.escape(item.text)} ({STATES[item.state]})")
            )
            continue
        kind = "Worry" if item.kind is ItemKind.WORRY else "Action"
        parts.append(b.section(f"*{kind}:* {b.escape(item.text)}"))
        parts.append(inputs.choice(item.id, "Where it stands", CHOICES, item.state.value))
    return b.modal(
        ids.ITEMS_FORM,
        "Where things stand",
        parts,
        submit="Save",
        close="Cancel",
        private_metadata=channel_id,
    )


def noted(changed: int) -> str:
    """The word after saving."""
    if changed == 0:
        return "Nothing has changed."
    return f"Noted for {words.count(changed, 'entry', 'entries')}."
