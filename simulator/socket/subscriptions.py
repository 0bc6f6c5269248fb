"""Which events the app is told of: those it subscribed to, and holds the scope for."""

from simulator.world.records import JSON
from simulator.world.state import World

CHANNELS = ("channels:read",)
GROUPS = ("groups:read",)
USERS = ("users:read",)
SCOPES: dict[str, tuple[str, ...]] = {
    "app_home_opened": (),
    "app_uninstalled": (),
    "tokens_revoked": (),
    "team_join": USERS,
    "user_change": USERS,
    "user_status_changed": USERS,
    "user_profile_changed": USERS,
    "user_huddle_changed": USERS,
    "dnd_updated_user": ("dnd:read",),
    "member_joined_channel": CHANNELS + GROUPS,
    "member_left_channel": CHANNELS + GROUPS,
    "channel_left": CHANNELS,
    "channel_rename": CHANNELS,
    "channel_archive": CHANNELS,
    "channel_unarchive": CHANNELS,
    "channel_deleted": CHANNELS,
    "channel_created": CHANNELS,
    "channel_id_changed": (),
    "group_left": GROUPS,
    "group_rename": GROUPS,
    "group_archive": GROUPS,
    "group_unarchive": GROUPS,
    "group_deleted": GROUPS,
    "message.channels": ("channels:history",),
    "message.groups": ("groups:history",),
    "message.im": ("im:history",),
    "message.mpim": ("mpim:history",),
    "app_mention": ("app_mentions:read",),
    "reaction_added": ("reactions:read",),
    "subteam_members_changed": ("usergroups:read",),
}


def subscribed(world: World, event: JSON) -> bool:
    """Whether the app asked for this event and holds the scope it needs."""
    name = event.get("__as") or event["type"]
    if name not in world.manifest.events:
        return False
    if name in ("member_joined_channel", "member_left_channel"):
        return ("channels:read" if _is_public(world, event) else "groups:read") in world.scopes
    needed = SCOPES.get(name, ())
    return not needed or any(scope in world.scopes for scope in needed)


def _is_public(world: World, event: JSON) -> bool:
    conv = world.conversations.get(event["channel"])
    return conv is not None and conv.kind == "channel"
