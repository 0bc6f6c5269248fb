"""What Slack fills in when it takes blocks: the ids that were left out."""

import copy

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
    return blocks
