"""A message on its way out, as it is laid down; the outbox speaks it later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NewType

from core.outbox.kinds import DeliveryKind, Method

# What a message is known by within its workspace: laid twice under one key, it is said once.
# Each feature makes its own keys in one module (`keys.py`), and nowhere else.
Key = NewType("Key", str)
# How the keys of several messages start that become moot together; made there too.
Prefix = NewType("Prefix", str)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message to be said at `due_at` (UTC), to `users` (one: a direct message) or in a channel.

    `payload` is what Slack's method takes, as JSON. At `expires_at` (UTC) it stops helping.
    `about` is the channel whose hosts answer for it where it is not posted there, `asked_by` the
    person who pressed for it: they hear it when it never can be said (`bot/policies`).
    """

    team_id: str
    key: Key
    kind: DeliveryKind
    payload: Mapping[str, Any]
    due_at: datetime
    users: tuple[str, ...] = ()
    channel_id: str | None = None
    method: Method = Method.POST
    meeting_id: int | None = None
    round_id: int | None = None
    expires_at: datetime | None = None
    about: str | None = None
    asked_by: str | None = None
