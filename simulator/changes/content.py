"""What a message may be made of: blocks, attachments and metadata, each read or refused."""

import json

from simulator import blocks
from simulator.world.records import JSON, Refusal

LONGEST_TEXT = 40_000
LONGEST_BLOCKS = 12_000  # all their texts together; a little more may pass, in Slack
MOST_ATTACHMENTS = 100
LARGEST_METADATA = 16_000  # Slack publishes no number; this is the simulator's


def read_blocks(given: object) -> list[JSON]:
    """Blocks a message may carry, or a Refusal naming what is wrong with them."""
    if not isinstance(given, list) or not all(isinstance(b, dict) for b in given):
        raise Refusal("invalid_blocks_format")
    problems = blocks.message_problems(given)
    if problems:
        raise Refusal("invalid_blocks", [p.as_message("/blocks") for p in problems])
    return given


def check_length(drawn: list[JSON]) -> None:
    """Refuse blocks whose texts together are too long for one new message."""
    if sum(map(_letters, drawn)) > LONGEST_BLOCKS:
        raise Refusal("msg_blocks_too_long")


def _letters(held: object) -> int:
    if isinstance(held, list):
        return sum(map(_letters, held))
    if not isinstance(held, dict):
        return 0
    own = len(held["text"]) if isinstance(held.get("text"), str) else 0
    return own + sum(_letters(part) for part in held.values())


def read_attachments(given: object) -> list[JSON]:
    """Attachments a message may carry, numbered as Slack numbers them."""
    if not isinstance(given, list) or not all(isinstance(a, dict) for a in given):
        raise Refusal("invalid_attachments")
    if len(given) > MOST_ATTACHMENTS:
        raise Refusal("too_many_attachments")
    return [{"id": n, "fallback": a.get("text", ""), **a} for n, a in enumerate(given, 1)]


def read_metadata(given: object) -> JSON | None:
    """The metadata of a message; an empty one takes it away."""
    if given == {}:
        return None
    if not isinstance(given, dict) or not isinstance(given.get("event_type"), str):
        raise Refusal("invalid_metadata_format")
    if not isinstance(given.get("event_payload"), dict):
        raise Refusal("invalid_metadata_format")
    if len(json.dumps(given)) > LARGEST_METADATA:
        raise Refusal("metadata_too_large")
    return given
