"""Messages as calls describe them: where they go, what they hold, whom they answer."""

from simulator.api.registry import Call
from simulator.blocks.escaping import escaped
from simulator.changes import membership
from simulator.changes.content import LONGEST_TEXT, read_attachments, read_blocks, read_metadata
from simulator.world.conditions import check_posting
from simulator.world.records import Conversation, MessageFields, Refusal

CONTENT = (
    "text blocks:any attachments:any markdown_text metadata:any thread_ts mrkdwn:bool parse "
    "link_names:bool unfurl_links:bool unfurl_media:bool reply_broadcast:bool as_user:bool "
    "username icon_emoji icon_url"
)
LONGEST_MARKDOWN = 12_000


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
    check_posting(conv, call["thread_ts"])
    if conv.kind == "im" and not world.manifest.messages_tab:
        raise Refusal("messages_tab_disabled")
    if conv.kind == "im":
        other = next((m for m in conv.members if m != world.bot_user_id), None)
        if other and world.users[other].deleted:
            raise Refusal("channel_not_found")


def read_content(call: Call, longest: int = LONGEST_TEXT, cut: bool = True) -> MessageFields:
    """The fields of the message the call describes; Refusal when Slack would not take them."""
    text = _markdown(call) if call["markdown_text"] is not None else call["text"] or ""
    fields: MessageFields = {}
    if call["blocks"] is not None:
        fields["blocks"] = read_blocks(call["blocks"])
    if call["attachments"] is not None:
        fields["attachments"] = read_attachments(call["attachments"])
    if call["metadata"] is not None:
        fields["metadata"] = read_metadata(call["metadata"])
    if not text.strip() and not fields.get("blocks") and not fields.get("attachments"):
        raise Refusal("no_text")
    if len(text) > longest:
        if not cut:
            raise Refusal("msg_too_long")
        text = text[:longest]
        call.warnings.append("message_truncated")
    _customized(call, fields)
    fields["text"] = escaped(text)
    return fields


def _markdown(call: Call) -> str:
    if call["text"] or call["blocks"]:
        raise Refusal("markdown_text_conflict")
    markdown: str = call["markdown_text"]
    if len(markdown) > LONGEST_MARKDOWN:
        raise Refusal("msg_too_long")
    return markdown


def _customized(call: Call, fields: MessageFields) -> None:
    if call["username"] or call["icon_emoji"] or call["icon_url"]:
        call.need_scope("chat:write.customize")
        fields["username"], fields["icon_emoji"] = call["username"], call["icon_emoji"]


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
