"""What the messages of a channel's hosts are known by: laid twice under one key, said once."""

from __future__ import annotations

from datetime import date, datetime

from core.outbox.outgoing import Key
from core.values import Channel


def greeting(channel: Channel, inviter: str, now: datetime, anew: bool) -> Key:
    """To whoever invited the bot; `anew`: it was not in the channel before.

    Events come twice at times, but somebody who tries again another day deserves an answer.
    """
    when = now.isoformat() if anew else f"{now:%Y-%m-%d}"
    return Key(f"greeting:{channel.id}:{inviter}:{when}")


def support(channel: Channel, until: date) -> Key:
    """The line in a channel that is under pressure until then."""
    return Key(f"support:{channel.id}:{until.isoformat()}")
