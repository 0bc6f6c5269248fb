"""The surfaces: what a message, a modal or a Home tab may hold."""

import json

from simulator.blocks.block_checks import block
from simulator.blocks.checks import (
    Check,
    Found,
    Problem,
    anything,
    boolean,
    fields,
    items,
    one_of,
    plain,
    string,
)
from simulator.world.records import JSON

IN_MESSAGE, IN_VIEW = 50, 100
LARGEST_VIEW = 250_000

COMMON: dict[str, Check] = {
    "type": one_of("modal", "home"),
    "private_metadata": string(3000),
    "callback_id": string(255),
    "external_id": string(255),
}
MODAL: dict[str, Check] = {
    **COMMON,
    "close": plain(24),
    "submit": plain(24),
    "clear_on_close": boolean,
    "notify_on_close": boolean,
    "submit_disabled": boolean,
}


def message_problems(blocks: object) -> list[Problem]:
    """What is wrong with a message's blocks; pointers start at the array."""
    found = Found("message")
    items(block, IN_MESSAGE, 0)(found, blocks, "")
    return found.problems


def view_problems(view: object) -> list[Problem]:
    """What is wrong with a modal or Home view; pointers start at the view."""
    given = view if isinstance(view, dict) else {}
    kind = given.get("type")
    found = Found("home" if kind == "home" else "modal")
    drawn = items(block, IN_VIEW, 0)
    if kind == "home":
        fields({"type": anything, "blocks": drawn}, COMMON)(found, view, "")
    else:
        need: dict[str, Check] = {"type": one_of("modal"), "title": plain(24), "blocks": drawn}
        fields(need, MODAL)(found, view, "")
    if kind == "modal" and not found.problems and _unsent(given):
        found.note("/submit", "missing required field: submit")
    return found.problems


def _unsent(view: JSON) -> bool:
    """Whether there is something to fill in, and no button to send it with."""
    return not view.get("submit") and any(one["type"] == "input" for one in view["blocks"])


def too_large(view: object) -> bool:
    return len(json.dumps(view, ensure_ascii=False).encode()) > LARGEST_VIEW
