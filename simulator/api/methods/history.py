"""Methods that read what was said: history, replies, permalinks."""

from collections import defaultdict

from simulator import shapes
from simulator.api import paging
from simulator.api.registry import Call, method
from simulator.world.records import JSON, Conversation, Message, Refusal

HISTORY = {
    "channel": "channels:history",
    "private": "groups:history",
    "im": "im:history",
    "mpim": "mpim:history",
}


def _bounds(call: Call) -> tuple[float, float]:
    bounds = []
    for name, default in (("oldest", 0.0), ("latest", float("inf"))):
        try:
            bounds.append(float(call[name]) if call[name] else default)
        except ValueError:
            raise Refusal(f"invalid_ts_{name}") from None
    return bounds[0], bounds[1]


def _between(call: Call, messages: list[Message]) -> list[Message]:
    oldest, latest = _bounds(call)
    if call["inclusive"]:
        return [m for m in messages if oldest <= float(m.ts) <= latest]
    return [m for m in messages if oldest < float(m.ts) < latest]


def _readable(call: Call) -> Conversation:
    conv = call.conversation()
    call.need_scope(HISTORY[conv.kind])
    if call.world.bot_user_id not in conv.members:
        raise Refusal("not_in_channel")
    return conv


@method(
    "conversations.history",
    "3",
    *HISTORY.values(),
    args="channel! oldest latest inclusive:bool limit:int cursor include_all_metadata:bool",
    json_ok=True,
)
def history(call: Call) -> JSON:
    conv = _readable(call)
    shown = [
        m
        for m in reversed(conv.messages.values())
        if m.ephemeral_to is None and m.thread_ts in (None, m.ts)
    ]
    found, metadata = paging.page(call, "history", _between(call, shown), 100, 999)
    more = bool(metadata["next_cursor"])
    body: JSON = {
        "messages": _shown(call, conv, found),
        "has_more": more,
        "pin_count": 0,
    }
    return {**body, "response_metadata": metadata} if more else body


def _shown(call: Call, conv: Conversation, messages: list[Message]) -> list[JSON]:
    """Messages as history shows them: those with a thread, and those in one, say so."""
    threads = defaultdict(list)
    for reply in conv.messages.values():
        if reply.thread_ts not in (None, reply.ts) and reply.ephemeral_to is None:
            threads[reply.thread_ts].append(reply)
    return [
        {**_with_metadata(call, message), **_in_thread(conv, message, threads[message.ts])}
        for message in messages
    ]


def _with_metadata(call: Call, message: Message) -> JSON:
    shape = shapes.message_object(call.world, message, bool(call["include_all_metadata"]))
    if message.metadata and "metadata" not in shape:
        shape["metadata"] = {"event_type": message.metadata.get("event_type")}
    return shape


def _in_thread(conv: Conversation, message: Message, replies: list[Message]) -> JSON:
    parent = conv.messages.get(message.thread_ts or "")
    if parent is not None and parent is not message:
        return {"parent_user_id": parent.user}
    if not replies:
        return {}
    users = list(dict.fromkeys(reply.user for reply in replies))
    return {
        "thread_ts": message.ts,
        "reply_count": len(replies),
        "reply_users": users,
        "reply_users_count": len(users),
        "latest_reply": replies[-1].ts,
        "is_locked": False,
        "subscribed": False,
    }


@method(
    "conversations.replies",
    "3",
    *HISTORY.values(),
    args="channel! ts! oldest latest inclusive:bool limit:int cursor include_all_metadata:bool",
)
def replies(call: Call) -> JSON:
    conv = _readable(call)
    if call["ts"] not in conv.messages:
        raise Refusal("thread_not_found")
    thread = [
        m
        for m in conv.messages.values()
        if m.ephemeral_to is None and (m.ts == call["ts"] or m.thread_ts == call["ts"])
    ]
    found, metadata = paging.page(call, "replies", _between(call, thread), 100, 999)
    return {
        "messages": _shown(call, conv, found),
        "has_more": bool(metadata["next_cursor"]),
        "response_metadata": metadata,
    }


@method("chat.getPermalink", "special", args="channel! message_ts!")
def get_permalink(call: Call) -> JSON:
    conv = call.conversation()
    message = conv.messages.get(call["message_ts"])
    if message is None or message.ephemeral_to:
        raise Refusal("message_not_found")
    link = f"https://{call.world.team_domain}.slack.com/archives/{conv.id}/p"
    link += message.ts.replace(".", "")
    if message.thread_ts and message.thread_ts != message.ts:
        link += f"?thread_ts={message.thread_ts}&cid={conv.id}"
    return {"channel": conv.id, "permalink": link}
