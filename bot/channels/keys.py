"""What the messages of a channel's hosts are known by: laid twice under one key, said once."""

from __future__ import annotations

from datetime import date, datetime

from core.outbox.outgoing import Key, Prefix
from core.values import Channel


def greeting(channel: Channel, inviter: str, now: datetime, anew: bool) -> Key:
    """To whoever invited the bot; `anew`: it was not in the channel before.

    Events come twice at times, but somebody who tries again another day deserves an answer.
    """
    when = now.isoformat() if anew else f"{now:%Y-%m-%d}"
    return Key(f"greeting:{channel.id}:{inviter}:{when}")


def refusals(channel: Channel, code: str, user_id: str) -> Prefix:
    """All that this person was told of one cause for which nothing gets into the channel."""
    return Prefix(f"refused:{channel.id}:{code}:{user_id}:")


def refused(channel: Channel, code: str, user_id: str, delivery_id: str) -> Key:
    """That a message did not get into the channel, to one person."""
    return Key(f"{refusals(channel, code, user_id)}{delivery_id}")


def unreached(channel: Channel, asker: str, host: str) -> Key:
    """That whoever asked a check-in there was not reached: to a host, once."""
    return Key(f"unreached:{channel.id}:{asker}:{host}")


def ungreeted(channel: Channel, host: str = "") -> Key:
    """How Kettle begins, to a host or to the channel: whoever invited it cannot be told."""
    return Key(f"ungreeted:{channel.id}:{host}")


def unsaid(delivery_id: str) -> Key:
    """That a message never arrived, to whoever pressed for it."""
    return Key(f"unsaid:{delivery_id}")


def support(channel: Channel, until: date) -> Key:
    """The line in a channel that is under pressure until then."""
    return Key(f"support:{channel.id}:{until.isoformat()}")
