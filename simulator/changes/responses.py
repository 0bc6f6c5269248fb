"""What the app says outside the Web API: response_urls, and words in an acknowledgement."""

from datetime import timedelta

from simulator.changes import posting
from simulator.changes.content import LONGEST_TEXT, read_blocks
from simulator.world.records import JSON, ApiCall, Message, MessageFields, Refusal, ResponseUrl
from simulator.world.state import World

LIFE = timedelta(minutes=30)
MOST_USES = 5


def respond(world: World, url_id: str, body: object) -> tuple[int, JSON | None]:
    """One post to a response_url: the HTTP status and, for a refusal, its body."""
    with world.editing():
        error: str | None = None
        try:
            _respond(world, url_id, body)
        except Refusal as refusal:
            error = refusal.code
        args = body if isinstance(body, dict) else {}
        status = 200 if error is None else 404
        world.called(ApiCall("response_url", args, error is None, error, world.now(), status))
    return status, {"ok": False, "error": error} if error else None


def _respond(world: World, url_id: str, body: object) -> None:
    entry = _usable(world, url_id)
    if not isinstance(body, dict):
        raise Refusal("invalid_payload")
    entry.uses += 1
    original = _original(world, entry)
    if body.get("delete_original"):
        if original is not None:
            posting.delete(world, original)
        if not _has_words(body):
            return
        original = None
    fields = read_fields(body)
    if body.get("replace_original") and original is not None:
        posting.update(world, original, **fields)
        return
    say(world, entry, body, fields)


def _usable(world: World, url_id: str) -> ResponseUrl:
    entry = world.response_urls.get(url_id)
    if entry is None or world.now() - entry.at > LIFE:
        raise Refusal("expired_url")
    if entry.uses >= MOST_USES:
        raise Refusal("used_url")
    conv = world.conversations.get(entry.channel)
    if conv is None or conv.deleted or conv.archived:
        raise Refusal("channel_not_found" if conv is None or conv.deleted else "is_archived")
    return entry


def _original(world: World, entry: ResponseUrl) -> Message | None:
    ts = entry.message_ts or entry.last_ts
    return world.message(entry.channel, ts) if ts else None


def _has_words(body: JSON) -> bool:
    return bool(body.get("text") or body.get("blocks") or body.get("attachments"))


def read_fields(body: JSON) -> MessageFields:
    """Text, blocks and attachments of a reply; Refusal when there is nothing or it is wrong."""
    if not _has_words(body):
        raise Refusal("no_text")
    text = body.get("text") or ""
    if not isinstance(text, str):
        raise Refusal("invalid_arguments")
    if len(text) > LONGEST_TEXT:
        raise Refusal("msg_too_long")
    drawn = read_blocks(body["blocks"]) if body.get("blocks") is not None else []
    return {"text": text, "blocks": drawn, "attachments": body.get("attachments") or []}


def say(world: World, entry: ResponseUrl, body: JSON, fields: MessageFields) -> Message:
    """Post a reply where the person is: to them only, or to the channel."""
    conv = world.conversations[entry.channel]
    only = None if body.get("response_type") == "in_channel" else entry.user
    fields = {**fields, "ephemeral_to": only, "thread_ts": body.get("thread_ts")}
    message = posting.post_as_app(world, conv, **fields)
    entry.last_ts = message.ts
    return message
