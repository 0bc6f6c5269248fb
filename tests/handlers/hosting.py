"""How a host starts a channel, in one line."""

from __future__ import annotations

from typing import Any

from simulator import Channel, Person


def starts(host: Person, channel: Channel, **fields: Any) -> None:
    """The host invites the bot and saves the settings; fields by label, "_" for a space."""
    host.invites_bot(channel)
    host.presses("Settings")
    assert host.fills("Settings", {k.replace("_", " "): v for k, v in fields.items()}) == {}
