"""Channels, direct messages and group messages as Slack writes them."""

from simulator.shapes.messages import message_object
from simulator.world.records import JSON, Conversation
from simulator.world.state import World


def note(value: str) -> JSON:
    return {"value": value, "creator": "", "last_set": 0}


def channel_object(world: World, conv: Conversation, members: bool = False) -> JSON:
    """A conversation as `conversations.info` shows it to the app."""
    if conv.kind == "im":
        return _im_object(world, conv)
    mpim = conv.kind == "mpim"
    shape: JSON = {
        "id": conv.id,
        "name": conv.name,
        "is_channel": not mpim and conv.id.startswith("C"),
        "is_group": mpim,
        "is_im": False,
        "is_mpim": mpim,
        "is_private": conv.is_private,
        "created": conv.created,
        "is_archived": conv.archived,
        "is_general": conv.name == "general",
        "unlinked": 0,
        "name_normalized": conv.name,
        "is_shared": False,
        "is_frozen": False,
        "is_org_shared": False,
        "is_pending_ext_shared": False,
        "pending_shared": [],
        "context_team_id": world.team_id,
        "updated": conv.updated,
        "parent_conversation": None,
        "creator": conv.creator,
        "is_ext_shared": _external(world, conv),
        "shared_team_ids": [world.team_id],
        "pending_connected_team_ids": [],
        "is_member": world.bot_user_id in conv.members,
        "topic": note(conv.topic),
        "purpose": note(conv.purpose),
        "previous_names": list(conv.previous_names),
    }
    if world.bot_user_id in conv.members:
        shape["last_read"] = conv.last_read.get(world.bot_user_id, "0000000000.000000")
    if members:
        shape["num_members"] = len(conv.members)
    return shape


def _external(world: World, conv: Conversation) -> bool:
    people = (world.users[m] for m in conv.members if m in world.users)
    return any(p.is_stranger or p.team_id != world.team_id for p in people)


def _im_object(world: World, conv: Conversation) -> JSON:
    other = next((m for m in conv.members if m != world.bot_user_id), world.bot_user_id)
    shown = [m for m in conv.messages.values() if m.ephemeral_to is None]
    return {
        "id": conv.id,
        "created": conv.created,
        "is_archived": False,
        "is_im": True,
        "is_org_shared": False,
        "context_team_id": world.team_id,
        "updated": conv.updated,
        "user": other,
        "is_user_deleted": world.users[other].deleted,
        "last_read": conv.last_read.get(world.bot_user_id, "0000000000.000000"),
        "latest": message_object(world, shown[-1]) if shown else None,
        "unread_count": 0,
        "unread_count_display": 0,
        "is_open": True,
        "priority": 0,
    }
