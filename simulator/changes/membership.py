"""People and channels coming, going and changing, and the events that follow."""

from dataclasses import replace
from typing import Unpack

from simulator import shapes
from simulator.changes import posting
from simulator.world.records import JSON, ChangedFields, Conversation, User, UserFields
from simulator.world.state import World

PREFIX = {"channel": "C", "private": "C", "mpim": "C", "im": "D"}


def add_user(world: World, real_name: str, **fields: Unpack[UserFields]) -> User:
    """A new member of the workspace; `team_join` goes out."""
    handle = "".join(c for c in real_name.lower().replace(" ", ".") if c.isalnum() or c == ".")
    fields.setdefault("display_name", real_name.split()[0] if real_name else "")
    fields.setdefault("team_id", world.team_id)
    with world.editing():
        if "id" not in fields:
            fields["id"] = world.new_id("U")
        user = User(name=handle, real_name=real_name, **fields)
        if user.is_bot and not user.bot_id:
            user.bot_id = world.new_id("B")
        user.email = user.email or f"{handle}@example.com"
        user.updated = world.epoch()
        world.users[user.id] = user
        world.changed("user", user=user.id)
        world.emit({"type": "team_join", "user": shapes.user_object(world, user)})
    return user


def change_user(
    world: World, user_id: str, cause: str | None = None, **fields: Unpack[ChangedFields]
) -> None:
    """Change a user's record; `user_change` goes out, and `cause` if one is named."""
    with world.editing():
        user = world.users[user_id] = replace(world.users[user_id], **fields)
        user.updated = world.epoch()
        world.changed("user", user=user.id)
        names = ["user_change", *([cause] if cause else [])]
        for name in names:
            event = {"type": name, "user": shapes.user_object(world, user)}
            world.emit({**event, "cache_ts": user.updated, "event_ts": world.new_ts()})


def add_conversation(world: World, kind: str, name: str, creator: str) -> Conversation:
    """A new, empty conversation; public ones are announced with `channel_created`."""
    with world.editing():
        conv = Conversation(
            id=world.new_id(PREFIX[kind]),
            kind=kind,
            name=name,
            created=world.epoch(),
            creator=creator,
            updated=world.epoch() * 1000,
        )
        world.conversations[conv.id] = conv
        world.changed("conversation", channel=conv.id)
        if kind == "channel":
            shape = {"id": conv.id, "name": name, "created": conv.created, "creator": creator}
            world.emit({"type": "channel_created", "channel": {**shape, "is_channel": True}})
    return conv


def find_or_open(world: World, people: list[str]) -> tuple[Conversation, bool]:
    """The DM or group DM of exactly these people (caller included), and whether it is new."""
    wanted = set(people)
    kind = "im" if len(wanted) == 2 else "mpim"
    for conv in world.conversations.values():
        if conv.kind == kind and set(conv.members) == wanted and not conv.deleted:
            return conv, False
    with world.editing():
        handles = "--".join(world.users[p].name for p in people)
        conv = add_conversation(world, kind, "" if kind == "im" else f"mpdm-{handles}-1", people[0])
        conv.members.extend(dict.fromkeys(people))
    return conv, True


def join(world: World, conv: Conversation, user_id: str, inviter: str | None = None) -> None:
    """Put somebody into a channel; those already there stay as they are."""
    with world.editing():
        if user_id in conv.members:
            return
        conv.members.append(user_id)
        world.changed("membership", channel=conv.id, user=user_id)
        text = f"<@{user_id}> has joined the channel"
        posting.post(world, conv, user_id, text=text, subtype="channel_join")
        if world.bot_user_id in conv.members:
            event: JSON = {
                "type": "member_joined_channel",
                "user": user_id,
                "channel": conv.id,
                "channel_type": "C" if conv.kind == "channel" else "G",
                "team": world.team_id,
                "event_ts": world.new_ts(),
            }
            world.emit({**event, "inviter": inviter} if inviter else event)


def leave(world: World, conv: Conversation, user_id: str) -> None:
    """Take somebody out of a channel. The bot hears of its own going by another event."""
    with world.editing():
        if user_id not in conv.members:
            return
        bot_inside = world.bot_user_id in conv.members
        text = f"<@{user_id}> has left the channel"
        conv.members.remove(user_id)
        posting.post(world, conv, user_id, text=text, subtype="channel_leave")
        world.changed("membership", channel=conv.id, user=user_id)
        if user_id == world.bot_user_id:
            name = "channel_left" if conv.kind == "channel" else "group_left"
            world.emit({"type": name, "channel": conv.id, "event_ts": world.new_ts()})
        elif bot_inside:
            world.emit(
                {
                    "type": "member_left_channel",
                    "user": user_id,
                    "channel": conv.id,
                    "channel_type": "C" if conv.kind == "channel" else "G",
                    "team": world.team_id,
                    "event_ts": world.new_ts(),
                }
            )


def archive(world: World, conv: Conversation, user_id: str, archived: bool = True) -> None:
    """Archive or bring back a channel."""
    with world.editing():
        conv.archived = archived
        world.changed("conversation", channel=conv.id)
        word = "archive" if archived else "unarchive"
        emit_about(world, conv, word, channel=conv.id, user=user_id)


def rename(world: World, conv: Conversation, name: str) -> None:
    with world.editing():
        conv.previous_names.insert(0, conv.name)
        conv.name = name
        world.changed("conversation", channel=conv.id)
        shape = {"id": conv.id, "name": name, "name_normalized": name, "created": conv.created}
        emit_about(world, conv, "rename", channel={**shape, "is_channel": True, "is_mpim": False})


def change_id(world: World, conv: Conversation) -> str:
    """The conversation goes on under another id: sharing one with another company begins so."""
    with world.editing():
        old, new = conv.id, world.new_id(PREFIX[conv.kind])
        conv.id = new
        world.conversations[new] = world.conversations.pop(old)
        for own in (conv.messages.values(), *world.ephemerals.values()):
            for message in own:
                message.channel = new if message.channel == old else message.channel
        world.changed("conversation", channel=new)
        if world.bot_user_id in conv.members:
            event = {"old_channel_id": old, "new_channel_id": new, "event_ts": world.new_ts()}
            world.emit({"type": "channel_id_changed", **event})
    return new


def remove_channel(world: World, conv: Conversation, user_id: str) -> None:
    """Delete a channel for good: from now on it is not found."""
    with world.editing():
        emit_about(world, conv, "deleted", channel=conv.id, actor_id=user_id)
        conv.deleted = True
        world.changed("conversation", channel=conv.id)


def emit_about(world: World, conv: Conversation, word: str, **fields: object) -> None:
    """A `channel_…` or `group_…` event; those of private channels only where the bot is."""
    if conv.kind == "channel":
        world.emit({"type": f"channel_{word}", **fields, "event_ts": world.new_ts()})
    elif world.bot_user_id in conv.members:
        world.emit({"type": f"group_{word}", **fields, "event_ts": world.new_ts()})
