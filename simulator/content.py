"""What a message may consist of, and where the app may put it."""

import json
from typing import Any

from simulator import blocks, conditions, membership
from simulator.records import JSON, Conversation, Refusal
from simulator.registry import Call

CONTENT = (
    "text blocks:any attachments:any markdown_text metadata:any thread_ts mrkdwn:bool parse "
    "link_names:bool unfurl_links:bool unfurl_media:bool reply_broadcast:bool as_user:bool "
    "username icon_emoji icon_url"
)
LONGEST_TEXT = 40_000
LONGEST_MARKDOWN = 12_000
LONGEST_BLOCKS = 12_000  # all their texts together; a little more may pass, in Slack
MOST_ATTACHMENTS = 100
LARGEST_METADATA = 16_000  # Slack publishes no number; this is the simulator's


def destination(call: Call) -> Conversation:
    """Where a message for `channel` goes: a conversation, or the DM with a user id."""
    world, target = call.world, str(call["channel"])
    user = world.users.get(target)
    if user is not None:
        if user.deleted or user.is_bot:
            raise Refusal("channel_not_found" if user.deleted else "cannot_dm_bot")
        conv, _ = membership.find_or_open(world, [world.bot_user_id, user.id])
    else:
        by_name = [
            c.id
            for c in world.conversations.values()
            if c.kind == "channel" and target.removeprefix("#") == c.name
        ]
        if by_name:
            call.args["channel"] = by_name[0]
        conv = call.conversation()
    check_postable(call, conv)
    return conv


def check_postable(call: Call, conv: Conversation) -> None:
    world = call.world
    if conv.archived:
        raise Refusal("is_archived")
    inside = world.bot_user_id in conv.members
    if not inside and not (conv.kind == "channel" and "chat:write.public" in world.scopes):
        raise Refusal("not_in_channel")
    conditions.check_posting(conv, call["thread_ts"])
    if conv.kind == "im" and not world.manifest.messages_tab:
        raise Refusal("messages_tab_disabled")
    if conv.kind == "im":
        other = next((m for m in conv.members if m != world.bot_user_id), None)
        if other and world.users[other].deleted:
            raise Refusal("channel_not_found")


def read_content(call: Call, longest: int = LONGEST_TEXT, cut: bool = True) -> JSON:
    """The fields of the message the call describes; Refusal when Slack would not take them."""
    text = _markdown(call) if call["markdown_text"] is not None else call["text"] or ""
    fields: JSON = {}
    for name, read in (
        ("blocks", read_blocks),
        ("attachments", _attachments),
        ("metadata", _metadata),
    ):
        if call[name] is not None:
            fields[name] = read(call[name])
    if not text.strip() and not fields.get("blocks") and not fields.get("attachments"):
        raise Refusal("no_text")
    if len(text) > longest:
        if not cut:
            raise Refusal("msg_too_long")
        text = text[:longest]
        call.warnings.append("message_truncated")
    _customized(call, fields)
    return {**fields, "text": text}


def _markdown(call: Call) -> str:
    if call["text"] or call["blocks"]:
        raise Refusal("markdown_text_conflict")
    markdown: str = call["markdown_text"]
    if len(markdown) > LONGEST_MARKDOWN:
        raise Refusal("msg_too_long")
    return markdown


def _customized(call: Call, fields: JSON) -> None:
    if call["username"] or call["icon_emoji"] or call["icon_url"]:
        call.need_scope("chat:write.customize")
        fields.update(username=call["username"], icon_emoji=call["icon_emoji"])


def read_blocks(given: Any) -> list[JSON]:
    """Blocks a message may carry, or a Refusal naming what is wrong with them."""
    if not isinstance(given, list) or not all(isinstance(b, dict) for b in given):
        raise Refusal("invalid_blocks_format")
    problems = blocks.message_problems(given)
    if problems:
        raise Refusal("invalid_blocks", [p.as_message("/blocks") for p in problems])
    return given


def check_length(drawn: list[JSON]) -> None:
    """Refuse blocks whose texts together are too long for one new message."""
    if sum(map(_letters, drawn)) > LONGEST_BLOCKS:
        raise Refusal("msg_blocks_too_long")


def _letters(held: Any) -> int:
    if isinstance(held, list):
        return sum(map(_letters, held))
    if not isinstance(held, dict):
        return 0
    own = len(held["text"]) if isinstance(held.get("text"), str) else 0
    return own + sum(_letters(part) for part in held.values())


def _attachments(given: Any) -> list[JSON]:
    if not isinstance(given, list) or not all(isinstance(a, dict) for a in given):
        raise Refusal("invalid_attachments")
    if len(given) > MOST_ATTACHMENTS:
        raise Refusal("too_many_attachments")
    return [{"id": n, "fallback": a.get("text", ""), **a} for n, a in enumerate(given, 1)]


def _metadata(given: Any) -> JSON | None:
    if given == {}:
        return None
    if not isinstance(given, dict) or not isinstance(given.get("event_type"), str):
        raise Refusal("invalid_metadata_format")
    if not isinstance(given.get("event_payload"), dict):
        raise Refusal("invalid_metadata_format")
    if len(json.dumps(given)) > LARGEST_METADATA:
        raise Refusal("metadata_too_large")
    return given


def thread(call: Call, conv: Conversation) -> str | None:
    """The thread a reply belongs to; a reply's own ts leads to its parent's."""
    if not call["thread_ts"]:
        return None
    parent = conv.messages.get(call["thread_ts"])
    if parent is None:
        return str(call["thread_ts"])
    if parent.ephemeral_to or parent.subtype in ("channel_join", "channel_leave"):
        raise Refusal("cannot_reply_to_message")
    return parent.thread_ts or parent.ts
