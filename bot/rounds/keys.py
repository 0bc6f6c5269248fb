"""What the messages around a round are known by: laid twice under one key, said once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from core.outbox.outgoing import Key, Prefix
from core.values import Channel, Meeting
from core.words import digest


def notice(channel: Channel, due_at: datetime, to: str | None = None) -> Key:
    """The notice of the day before; each person's own where it goes to them."""
    key = f"notice:{channel.id}:{due_at.isoformat()}"
    return Key(f"{key}:{to}" if to else key)


def status(user_id: str, until: date) -> Key:
    """Once for each absence, however many rounds and channels it touches."""
    return Key(f"status:{user_id}:{until.isoformat()}")


def newcomers(channel: Channel, everyone: bool) -> Prefix:
    """All that those hear first who come to the channel, as it is just now."""
    return Prefix(f"{'newcomer' if everyone else 'welcome'}:{channel.id}:")


def newcomer(channel: Channel, user_id: str, everyone: bool) -> Key:
    """What somebody who comes to the channel hears first, once; that everyone takes part, anew."""
    return Key(f"{newcomers(channel, everyone)}{user_id}")


def opening(channel: Channel, held: int) -> Key:
    """The word to a channel after `held` rounds: how one takes part from now on."""
    return Key(f"opening:{channel.id}:{channel.settings.taking_part.value}:{held}")


def receipt(round_id: int) -> Key:
    """What a round did."""
    return Key(f"receipt:{round_id}")


def missed(channel: Channel, due_at: datetime) -> Key:
    """Why a round was not held."""
    return Key(f"missed:{channel.id}:{due_at.isoformat()}")


def ended(channel: Channel, now: datetime) -> Key:
    """Kettle is out of the channel, each time."""
    return Key(f"ended:{channel.id}:{now.isoformat()}")


def hostless(channel: Channel, gone: Sequence[str]) -> Key:
    """Of these hosts none is left."""
    return Key(f"hostless:{channel.id}:{digest(*sorted(gone))}")


def failed(delivery_id: str) -> Key:
    """An introduction failed after the receipt."""
    return Key(f"failed:{delivery_id}")


def doubted(delivery_id: str) -> Key:
    """Nobody knows whether an introduction arrived after the receipt."""
    return Key(f"doubted:{delivery_id}")


def replanned(meeting: Meeting, gone: Sequence[str]) -> Key:
    """A group changed after the receipt."""
    return Key(f"replanned:{meeting.id}:{','.join(gone)}")


def to_host(key: Key, user_id: str) -> Key:
    """What all hosts of a channel are told, to one of them."""
    return Key(f"{key}:{user_id}")


def without(round_id: int, user_id: str) -> Key:
    """To somebody who was in the round and in no group."""
    return Key(f"without:{round_id}:{user_id}")
