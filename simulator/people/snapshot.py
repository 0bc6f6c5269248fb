"""Everything one person can see, as JSON: what a web page draws."""

from simulator import shapes
from simulator.people.mrkdwn import mentions, readable
from simulator.world.records import JSON, Conversation, Message, View
from simulator.world.state import World

FILE = ("id", "name", "title", "mimetype", "size", "url_private", "alt_txt")


def snapshot(world: World, user_id: str, home_open: bool = False) -> JSON:
    """The whole workspace through one person's eyes."""
    with world.lock:
        home = world.home(user_id)
        return {
            "now": world.now().isoformat(),
            "me": person(world, user_id),
            "team": {"id": world.team_id, "name": world.team_name},
            "app": app(world),
            "people": {u: person(world, u) for u in world.users},
            "public_channels": {
                c.id: c.name
                for c in world.conversations.values()
                if c.kind == "channel" and not c.deleted
            },
            "conversations": [
                conversation(world, c, user_id) for c in world.conversations_of(user_id)
            ],
            "views": [view(world, world.views[v]) for v in world.stacks.get(user_id, [])],
            "home": view(world, home) if home else None,
            "home_open": home_open,
        }


def app(world: World) -> JSON:
    """What the manifest promises people: commands for completion, tabs, shortcuts."""
    manifest = world.manifest
    return {
        "id": world.app_id,
        "name": manifest.name,
        "bot_user_id": world.bot_user_id,
        "home_tab": manifest.home_tab,
        "messages_tab": manifest.messages_tab,
        "read_only": manifest.messages_read_only,
        "shortcuts": [dict(s) for s in manifest.shortcuts],
        "commands": [
            {"name": c.name, "description": c.description, "usage_hint": c.usage_hint}
            for c in manifest.commands.values()
        ],
    }


def person(world: World, user_id: str) -> JSON:
    user = world.users[user_id]
    return {
        "id": user.id,
        "name": world.display_name(user.id),
        "real_name": user.real_name,
        "handle": user.name,
        "title": user.title,
        "tz": user.tz,
        "is_bot": user.is_bot,
        "is_admin": user.is_admin or user.is_owner,
        "is_guest": user.is_restricted or user.is_ultra_restricted,
        "deleted": user.deleted,
        "status_text": user.status_text,
        "status_emoji": user.status_emoji,
    }


def title(world: World, conv: Conversation, user_id: str) -> str:
    """How the sidebar names a conversation for this person."""
    if conv.kind in ("channel", "private"):
        return conv.name
    others = [world.display_name(m) for m in conv.members if m != user_id]
    return ", ".join(others)


def unread(world: World, conv: Conversation, user_id: str) -> int:
    """Messages after the last one read, not the person's own, not Slack's own lines."""
    seen = float(conv.last_read.get(user_id, "0"))
    return sum(
        1
        for m in world.visible_messages(user_id, conv)
        if float(m.ts) > seen
        and m.user != user_id
        and m.subtype not in ("channel_join", "channel_leave")
    )


def conversation(world: World, conv: Conversation, user_id: str) -> JSON:
    return {
        "id": conv.id,
        "kind": conv.kind,
        "name": conv.name,
        "title": title(world, conv, user_id),
        "topic": readable(world, conv.topic, user_id),
        "members": list(conv.members),
        "archived": conv.archived,
        "unread": unread(world, conv, user_id),
        "messages": [message(world, m, user_id) for m in world.visible_messages(user_id, conv)],
    }


def message(world: World, msg: Message, user_id: str) -> JSON:
    """One message with the blocks as stored, and what this person has chosen in it so far."""
    files = [shapes.file_object(world, world.files[f]) for f in msg.files]
    return {
        "ts": msg.ts,
        "channel": msg.channel,
        "user": msg.user,
        "author": msg.username or world.display_name(msg.user),
        "by_app": msg.by_app,
        "text": msg.text,
        "readable": readable(world, msg.text, user_id),
        "mentions": mentions(msg.text),
        "blocks": msg.blocks,
        "attachments": msg.attachments,
        "files": [{k: f.get(k) for k in FILE} for f in files],
        "ephemeral": msg.ephemeral_to is not None,
        "thread_ts": msg.thread_ts,
        "subtype": msg.subtype,
        "edited": msg.edited is not None,
        "reactions": {name: list(users) for name, users in msg.reactions.items()},
        "state": world.message_state.get((user_id, msg.channel, msg.ts), {}),
    }


def view(world: World, shown: View) -> JSON:
    return {**shapes.view_object(world, shown), "errors": dict(shown.errors)}


def messages_since(world: World, user_id: str, ts: str) -> list[JSON]:
    """What appeared for this person after `ts`, in order, across their conversations."""
    with world.lock:
        found = [
            message(world, m, user_id)
            for conv in world.conversations_of(user_id)
            for m in world.visible_messages(user_id, conv)
            if float(m.ts) > float(ts)
        ]
    return sorted(found, key=lambda m: float(m["ts"]))
