"""Worries and actions as people read them: the private question, and where things stand."""

from __future__ import annotations

from collections.abc import Sequence

from bot.checkins import ids
from bot.checkins.views.kinds import name_of
from bot.checkins.views.post import STATES
from bot.views import blocks as b
from bot.views import words
from bot.views.blocks import Blocks, Message, ModalView
from bot.views.carried import InChannel
from bot.views.fields import Choice, Pairs
from core.actions import Item, ItemKind, State
from core.checkins import CheckIn

SHOWN = 20
NO_ITEMS = "no worries, no actions."
CHOICES: Pairs = (
    ("No word yet", State.OPEN.value),
    ("Done", State.DONE.value),
    ("Still open", State.STILL_OPEN.value),
    ("Dropped", State.DROPPED.value),
)


def ask_owner(checkin_id: int, channel_id: str, items: Sequence[Item]) -> Message:
    """To an owner, once, before the next check-in; drawn again after each answer."""
    where = words.channel(channel_id)
    text = (
        f"{where} looks back at what was agreed. You're down for this; where does it stand? "
        "Dropped is as good an answer as done."
    )
    return b.message(
        f"{where}: where do your actions stand?", [b.section(text), *_rows(checkin_id, items)]
    )


def asked_again(checkin_id: int, items: Sequence[Item]) -> Message:
    """The same message after an answer."""
    text = "Thank you. This is where things stand:"
    return b.message("Where does it stand?", [b.section(text), *_rows(checkin_id, items)])


def _rows(checkin_id: int, items: Sequence[Item]) -> Blocks:
    rows: Blocks = []
    for item in items[:SHOWN]:
        state = "" if item.state is State.OPEN else f" ({STATES[item.state]})"
        rows.append(b.section(f"• {b.escape(item.text)}{state}"))
        value = ids.OfItem(checkin_id, item.id)
        if not item.state.finished:
            rows.append(
                b.actions(
                    b.button("Done", ids.ITEM_DONE, value, style="primary"),
                    b.button("Still open", ids.ITEM_STILL, value),
                    b.button("Dropped", ids.ITEM_DROPPED, value),
                    b.button("Not mine", ids.ITEM_NOT_MINE, value),
                )
            )
    return rows


def took_on(checkin: CheckIn, items: Sequence[Item]) -> Message:
    """To whoever was named for actions, when the check-in has closed."""
    label = name_of(checkin.kind)
    notice = f"You're down for {words.count(len(items), 'action')} after “{label}”."
    text = (
        f"“{label}” in {words.channel(checkin.channel_id)} has closed, and you are "
        "down for this. The channel reads it with your name; before the next one I ask you, "
        "privately, where it stands."
    )
    return b.message(notice, [b.section(text), *_taken(checkin.id, items)])


def handed_back(item: Item, checkin_id: int, others: Sequence[Item]) -> Message:
    """After "Not mine" under `took_on`: what is left."""
    text = f"“{b.escape(item.text)}” has no name beside it now."
    return b.message(text, [b.section(text), *_taken(checkin_id, others)])


def _taken(checkin_id: int, items: Sequence[Item]) -> Blocks:
    return [
        b.section(
            f"• {b.escape(item.text)}",
            b.button(
                "Not mine",
                ids.ITEM_HAND_BACK,
                ids.OfItem(checkin_id, item.id),
                suffix=item.id,
            ),
        )
        for item in items[:SHOWN]
    ]


def form(channel_id: str, items: Sequence[Item], user_id: str) -> ModalView:
    """Where everything of a channel stands; an action of somebody else is only shown."""
    if not items:
        text = f"Nothing is open in {words.channel(channel_id)}: {NO_ITEMS}"
        return b.modal("checkin.items.none", "Where things stand", [b.section(text)])
    parts: Blocks = []
    for item in items[:SHOWN]:
        if item.owner not in (None, user_id):
            owner = words.person(item.owner or "")
            parts.append(
                b.section(f"*Action* of {owner}: {b.escape(item.text)} ({STATES[item.state]})")
            )
            continue
        kind = "Worry" if item.kind is ItemKind.WORRY else "Action"
        parts.append(b.section(f"*{kind}:* {b.escape(item.text)}"))
        parts.append(where_it_stands(item.id).draw(item.state.value))
    if len(items) > SHOWN:
        parts.append(b.small(f"{len(items) - SHOWN} more follow when some of these are settled."))
    return b.modal(
        ids.ITEMS_FORM.id,
        "Where things stand",
        parts,
        submit="Save",
        close="Cancel",
        private_metadata=InChannel(channel_id).text(),
    )


def where_it_stands(item_id: str) -> Choice:
    """The field of one worry or action."""
    return Choice(id=item_id, label="Where it stands", options=CHOICES)


def noted(changed: int) -> str:
    """The word after saving."""
    if changed == 0:
        return "Nothing has changed."
    return f"Noted for {words.count(changed, 'entry', 'entries')}."
