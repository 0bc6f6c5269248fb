"""Putting messages into conversations, changing and removing them."""

from typing import Unpack

from simulator import shapes
from simulator.blocks.completing import completed
from simulator.blocks.escaping import escaped
from simulator.world.records import JSON, Conversation, Message, MessageFields
from simulator.world.state import World

VERSIONS_KEPT = 20
HISTORY_EVENT = {
    "channel": ("message.channels", "channel"),
    "private": ("message.groups", "group"),
    "im": ("message.im", "im"),
    "mpim": ("message.mpim", "mpim"),
}


def post(world: World, conv: Conversation, user: str, **fields: Unpack[MessageFields]) -> Message:
    """Add a message (inside `editing`)."""
    kept = _kept(world, {"text": "", "blocks": [], **fields})
    message = Message(ts=world.new_ts(), channel=conv.id, user=user, **kept)
    conv.messages[message.ts] = message
    kind = "ephemeral" if message.ephemeral_to else "message"
    world.changed(kind, channel=conv.id, ts=message.ts, user=message.ephemeral_to)
    if message.ephemeral_to is not None:
        world.ephemerals.setdefault(message.ephemeral_to, []).append(message)
    else:
        conv.closed_for.clear()
        if user in conv.members:
            conv.last_read[user] = message.ts
        _tell(world, conv, message)
    return message


def post_as_app(world: World, conv: Conversation, **fields: Unpack[MessageFields]) -> Message:
    """Add a message of the app's (inside `editing`)."""
    fields["by_app"] = True
    return post(world, conv, world.bot_user_id, **fields)


def _kept(world: World, fields: MessageFields) -> MessageFields:
    """What was sent as Slack keeps it."""
    kept = fields.copy()
    if "text" in fields:
        kept["text"] = escaped(fields["text"] or "")
    if "blocks" in fields:
        kept["blocks"] = completed(fields["blocks"] or [], world.new_element_id)
    if "attachments" in fields:
        kept["attachments"] = [_kept_attachment(world, one) for one in fields["attachments"] or []]
    return kept


def _kept_attachment(world: World, attachment: JSON) -> JSON:
    if not attachment.get("blocks"):
        return attachment
    return {**attachment, "blocks": completed(attachment["blocks"], world.new_element_id)}


def _tell(world: World, conv: Conversation, message: Message) -> None:
    if world.bot_user_id not in conv.members:
        return
    name, channel_type = HISTORY_EVENT[conv.kind]
    event = shapes.message_object(world, message)
    event.update(channel=conv.id, event_ts=message.ts, channel_type=channel_type)
    event.pop("bot_profile", None) if not message.by_app else None
    world.emit({"__as": name, **event})
    if f"<@{world.bot_user_id}>" in message.text and not message.by_app and conv.kind != "im":
        world.emit({**event, "type": "app_mention"})


def update(world: World, message: Message, **fields: Unpack[MessageFields]) -> None:
    """Change a message in place (inside `editing`), remembering what it showed."""
    message.versions.append(message.blocks)
    del message.versions[:-VERSIONS_KEPT]
    for name, value in _kept(world, fields).items():
        setattr(message, name, value)
    editor = world.bot_id if message.by_app else message.user
    message.edited = {"user": editor, "ts": f"{world.epoch()}.000000"}
    world.changed("update", channel=message.channel, ts=message.ts, user=message.ephemeral_to)


def delete(world: World, message: Message) -> None:
    """Take a message away (inside `editing`)."""
    del world.conversations[message.channel].messages[message.ts]
    world.changed("delete", channel=message.channel, ts=message.ts, user=message.ephemeral_to)
