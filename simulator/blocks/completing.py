"""What Slack fills in when it takes blocks: the ids that were left out, and its ways with text."""

import copy
from collections.abc import Iterator

from simulator.blocks.escaping import escaped, escaped_all
from simulator.world.records import JSON


def completed(blocks: list[JSON]) -> list[JSON]:
    """A copy of the blocks as Slack keeps them."""
    blocks = copy.deepcopy(blocks)
    for at, block in enumerate(blocks):
        block.setdefault("block_id", f"b{at:02d}~")
        held = [block.get("accessory"), block.get("element"), *(block.get("elements") or [])]
        if block["type"] in ("section", "input", "actions", "context_actions"):
            for place, element in enumerate(held):
                if isinstance(element, dict) and element.get("type") not in (None, "image"):
                    element.setdefault("action_id", f"a{at:02d}{place}~")
    return with_texts(blocks)


def with_texts(held: list[JSON]) -> list[JSON]:
    """The same things, with every text object in them as Slack keeps it (changed in place)."""
    for text in _text_objects(held):
        if text["type"] == "plain_text":
            text["text"] = escaped_all(text["text"])
        else:
            text["text"] = escaped(text["text"])
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
