"""A message to one person that stands in Slack, laid there without the way to it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bot.views.blocks import Message
from core.outbox.kinds import DeliveryKind
from core.outbox.outgoing import Key, Outgoing
from storage.outbox import deliveries
from storage.outbox.deliveries import Delivery
from tests.still import TEAM, Still

LATER = timedelta(days=1)


def posted(still: Still, kind: DeliveryKind, payload: Message, **fields: Any) -> Delivery:
    """A message to Ana that says this, posted in D1, or `where`, and over a day later."""
    team, where = fields.pop("team", TEAM), fields.pop("where", "D1")
    ts = fields.pop("ts", f"{still.at.timestamp():.6f}")
    key = Key(f"{kind}:{where}:{ts}")
    fields = {"users": ("UANA",), "about": "C1", **fields}
    with still.db.transaction() as tx:
        laid = deliveries.put(tx, Outgoing(team, key, kind, payload, still.at, **fields))
        assert laid is not None
        deliveries.sent(tx, laid, where, ts, still.at, still.at + LATER)
    return again(still, key, team)


def again(still: Still, key: Key, team: str = TEAM) -> Delivery:
    """The message under this key as it is stored now."""
    with still.db.reading() as tx:
        found = deliveries.by_key(tx, team, key)
    assert found is not None
    return found
