"""Methods that post, change and delete messages."""

from simulator import shapes
from simulator.api.messages import CONTENT, check_postable, destination, read_content, thread
from simulator.api.registry import Call, TooMany, method
from simulator.changes import posting
from simulator.changes.content import check_length
from simulator.world import conditions
from simulator.world.records import JSON, Conversation, Message, Refusal

LONGEST_UPDATE = 4_000


@method(
    "chat.postMessage",
    "",
    "chat:write",
    args=f"channel! {CONTENT} client_msg_id",
    json_ok=True,
)
def post_message(call: Call) -> JSON:
    conv = destination(call)
    fields = read_content(call)
    check_length(fields.get("blocks") or [])
    wait = call.limits.take_post(conv.id)
    if wait:
        raise TooMany(wait)
    fields["thread_ts"] = thread(call, conv)
    if call["reply_broadcast"] and fields["thread_ts"]:
        fields["subtype"] = "thread_broadcast"
    message = _known(call, conv) or posting.post_as_app(call.world, conv, **fields)
    if call["client_msg_id"]:
        call.world.client_ids[conv.id, call["client_msg_id"]] = message.ts
    shown = shapes.message_object(call.world, message)
    return {"channel": conv.id, "ts": message.ts, "message": shown}


def _known(call: Call, conv: Conversation) -> Message | None:
    """The message that came with this client_msg_id before, where doubles are dropped."""
    ts = call.world.client_ids.get((conv.id, call["client_msg_id"] or ""))
    return conv.messages.get(ts) if ts and call.world.drops_doubles else None


@method("chat.postEphemeral", "4", "chat:write", args=f"channel! user! {CONTENT}", json_ok=True)
def post_ephemeral(call: Call) -> JSON:
    conv = call.conversation()
    check_postable(call, conv)
    if call["user"] not in conv.members:
        raise Refusal("user_not_in_channel")
    fields = read_content(call, cut=False)
    fields["thread_ts"] = thread(call, conv)
    fields["ephemeral_to"] = call["user"]
    message = posting.post_as_app(call.world, conv, **fields)
    return {"message_ts": message.ts}


def _own_message(call: Call, error: str) -> tuple[Conversation, Message]:
    conv = call.conversation()
    message = conv.messages.get(call["ts"])
    if message is None or message.ephemeral_to:
        raise Refusal("message_not_found")
    if not message.by_app or call.world.bot_user_id not in conv.members:
        raise Refusal(error)
    return conv, message


@method("chat.update", "3", "chat:write", args=f"channel! ts! {CONTENT}", json_ok=True)
def update(call: Call) -> JSON:
    conv, message = _own_message(call, "cant_update_message")
    if conv.archived:
        raise Refusal("is_inactive")
    call.world.conditions.check_editing(message, call.world.epoch())
    fields = read_content(call, LONGEST_UPDATE, cut=False)
    conditions.check_rich_text(message.blocks, fields.get("blocks") or [])
    if call["metadata"] is None:
        fields.pop("metadata", None)
    fields.pop("username", None)
    fields.pop("icon_emoji", None)
    if call["text"] is None and call["markdown_text"] is None:
        fields.pop("text")  # what is left out stays: text, blocks, attachments and metadata alike
    posting.update(call.world, message, **fields)
    shown = shapes.message_object(call.world, message)
    shown.pop("reactions", None)
    return {"channel": conv.id, "ts": message.ts, "text": message.text, "message": shown}


@method("chat.delete", "3", "chat:write", args="channel! ts! as_user:bool", json_ok=True)
def delete(call: Call) -> JSON:
    conv, message = _own_message(call, "cant_delete_message")
    posting.delete(call.world, message)
    return {"channel": conv.id, "ts": message.ts}
