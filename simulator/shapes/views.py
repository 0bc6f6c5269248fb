"""Modals and Home tabs as Slack writes them."""

from simulator.world.records import JSON, View
from simulator.world.state import World


def view_object(world: World, view: View) -> JSON:
    """A view as answers and payloads carry it, with the state typed so far."""
    body = view.body
    shape: JSON = {
        "id": view.id,
        "team_id": world.team_id,
        "type": view.type,
        "blocks": view.blocks,
        "private_metadata": body.get("private_metadata", ""),
        "callback_id": body.get("callback_id", ""),
        "state": {"values": view.values},
        "hash": view.hash,
        "title": body.get("title", {"type": "plain_text", "text": "View Title", "emoji": True}),
        "clear_on_close": bool(body.get("clear_on_close", False)),
        "notify_on_close": bool(body.get("notify_on_close", False)),
        "close": body.get("close"),
        "submit": body.get("submit"),
        "previous_view_id": view.previous_id,
        "root_view_id": view.root_id,
        "app_id": world.app_id,
        "external_id": body.get("external_id", ""),
        "app_installed_team_id": world.team_id,
        "bot_id": world.bot_id,
    }
    if "submit_disabled" in body:
        shape["submit_disabled"] = body["submit_disabled"]
    return shape
