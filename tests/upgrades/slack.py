"""Slack as a version before left it: its people, its conversations, and what the app said there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from simulator import Simulator
from simulator.blocks.completing import completed
from simulator.changes import membership, posting
from simulator.world.records import Message
from tests.upgrades.rows import Row, Version


def furnish(sim: Simulator, of: Version) -> None:
    """Fill an empty simulated Slack; its ids are counted, so they come out as they were."""
    for person in of.slack["people"]:
        fields = {name: value for name, value in person.items() if name not in {"id", "name"}}
        assert sim.add_person(person["name"], **fields).id == person["id"]
    for told in of.slack["conversations"]:
        made = membership.add_conversation(
            sim.world, told["kind"], told["name"], told["members"][0]
        )
        assert made.id == told["id"]
        made.members.extend(told["members"])
    for row in _sent(of):
        with sim.world.editing():
            _say(sim, row)


def _sent(of: Version) -> Iterator[Row]:
    sent = [row for row in of.rows["deliveries"] if row["state"] == "sent"]
    yield from sorted(sent, key=lambda row: (row["sent_at"], row["posted_ts"]))


def _say(sim: Simulator, row: Row) -> None:
    messages = sim.world.conversations[row["posted_channel"]].messages
    shown: dict[str, Any] = {name: row["payload"].get(name, "") for name in ("text", "blocks")}
    if row["method"] == "post":
        shown["blocks"] = completed(shown["blocks"] or [], sim.world.new_element_id)
        messages[row["posted_ts"]] = Message(
            ts=row["posted_ts"],
            channel=row["posted_channel"],
            user=sim.bot_user_id,
            by_app=True,
            **shown,
        )
    elif row["method"] == "update" and row["posted_ts"] in messages:
        posting.update(sim.world, messages[row["posted_ts"]], **shown)
