"""Cursor pagination as Slack does it: opaque cursors, pages that may be short."""

import base64
import binascii
from collections.abc import Sequence
from typing import TypeVar

from simulator.api.registry import Call
from simulator.world.records import JSON, Refusal

T = TypeVar("T")


def page(
    call: Call, kind: str, items: Sequence[T], default: int, most: int
) -> tuple[list[T], JSON]:
    """The page the call asks for, and the `response_metadata` with the next cursor."""
    limit = call["limit"] if call["limit"] is not None else default
    if limit < 0 or limit > most:
        raise Refusal("invalid_limit")
    limit = limit or default
    start = _read_cursor(kind, call["cursor"]) if call["cursor"] else 0
    if start > len(items):
        raise Refusal("invalid_cursor")
    size = max(1, limit // 2) if call.world.short_pages else limit
    end = start + size
    after = _cursor(kind, end) if end < len(items) else ""
    return list(items[start:end]), {"next_cursor": after}


def _cursor(kind: str, place: int) -> str:
    text = f"{kind}:{place}"
    while len(text) % 3 == 0:
        text += ":"  # so that cursors end in "=", as Slack's do: who forgets to encode it, learns
    return base64.b64encode(text.encode()).decode()


def _read_cursor(kind: str, cursor: str) -> int:
    try:
        name, place, *_ = base64.b64decode(cursor, validate=True).decode().split(":")
        if name != kind:
            raise ValueError(name)
        return int(place)
    except (ValueError, binascii.Error):
        raise Refusal("invalid_cursor") from None
