"""What Slack fills in when it takes blocks: the ids that were left out, and its ways with text."""

import copy
from collections.abc import Callable, Iterator

from simulator.blocks.escaping import escaped, escaped_all
from simulator.world.records import JSON

NewId = Callable[[], str]
# The blocks whose elements get an action_id, and where they hold them.
ACTIVE = {
    "section": "accessory",
    "input": "element",
    "actions": "elements",
    "context_actions": "elements",
    "card": "actions",
    "alert": "actions",
}


def completed(blocks: list[JSON], new_id: NewId) -> list[JSON]:
    """A copy of the blocks as Slack keeps them; `new_id` gives a new id at each call."""
    blocks = copy.deepcopy(blocks)
    for block in _all_blocks(blocks):
        block.setdefault("block_id", new_id())
        held = block.get(ACTIVE.get(block["type"], ""))
        for element in held if isinstance(held, list) else [held]:
            if isinstance(element, dict) and element.get("type") != "image":
                element.setdefault("action_id", new_id())
    return with_texts(blocks)


def _all_blocks(blocks: list[JSON]) -> Iterator[JSON]:
    for block in blocks:
        yield block
        if block["type"] == "carousel":
            yield from block["elements"]


def with_texts(held: list[JSON]) -> list[JSON]:
    """The same things, with every text object in them as Slack keeps it (changed in place)."""
    for text in _text_objects(held):
        if text["type"] == "plain_text":
            text["text"] = escaped_all(text["text"])
            text.setdefault("emoji", True)
        else:
            text["text"] = escaped(text["text"])
            text.setdefault("verbatim", False)
    return held


def _text_objects(held: object) -> Iterator[JSON]:
    if isinstance(held, list):
        for one in held:
            yield from _text_objects(one)
    if isinstance(held, dict):
        if held.get("type") in ("plain_text", "mrkdwn") and isinstance(held.get("text"), str):
            yield held
        for one in held.values():
            yield from _text_objects(one)
