"""Methods for uploading files: ask for an address, send the bytes, complete."""

import secrets

from simulator import shapes
from simulator.api.messages import check_postable, thread
from simulator.api.registry import Call, method
from simulator.changes import posting
from simulator.changes.content import read_blocks
from simulator.world.records import JSON, Conversation, Refusal, StoredFile
from simulator.world.state import World


@method(
    "files.getUploadURLExternal",
    "4",
    "files:write",
    args="filename! length:int! alt_txt snippet_type",
)
def get_upload_url(call: Call) -> JSON:
    world = call.world
    if call["length"] < 1:
        raise Refusal("missing_argument", ["[ERROR] missing required field: length"])
    if len(call["alt_txt"] or "") > 1000:
        raise Refusal("alt_txt_too_large")
    if call["snippet_type"] and call["length"] > 1_000_000:
        raise Refusal("snippet_too_large")
    file = StoredFile(
        world.new_id("F"),
        call["filename"],
        call["length"],
        world.bot_user_id,
        world.epoch(),
        alt_txt=call["alt_txt"] or "",
    )
    world.files[file.id] = file
    secret = secrets.token_urlsafe(8)
    return {"upload_url": f"{world.base_url}upload/{file.id}?t={secret}", "file_id": file.id}


def receive(world: World, file_id: str, content: bytes) -> str:
    """Take the bytes of an upload; returns Slack's `OK - <n>`. KeyError for an unknown file."""
    with world.editing():
        file = world.files[file_id]
        file.content = content
        file.length = len(content)
        world.changed("file", file=file_id)
    return f"OK - {len(content)}"


@method(
    "files.completeUploadExternal",
    "4",
    "files:write",
    args="files:list! channel_id channels:ids thread_ts initial_comment blocks:any",
    json_ok=True,
)
def complete_upload(call: Call) -> JSON:
    world = call.world
    files = [_uploaded(world, entry) for entry in call["files"]]
    if not files:
        raise Refusal("invalid_arguments", ["[ERROR] no fewer than 1 items [json-pointer:/files]"])
    targets = _targets(call)
    for conv in targets:
        _share(call, conv, files)
    for file in files:
        file.complete = True
        file.channels = [conv.id for conv in targets]
    return {"files": [shapes.file_object(world, file) for file in files]}


def _uploaded(world: World, entry: object) -> StoredFile:
    given = entry if isinstance(entry, dict) else {}
    file = world.files.get(str(given.get("id")))
    if file is None or file.content is None or file.complete:
        raise Refusal("file_not_found")
    file.title = given.get("title") or file.name
    return file


def _targets(call: Call) -> list[Conversation]:
    ids = [call["channel_id"]] if call["channel_id"] else (call["channels"] or [])
    if len(ids) > 100:
        raise Refusal("channels_limit_exceeded")
    found = []
    for channel_id in ids:
        call.args["channel"] = channel_id
        conv = call.conversation()
        if call.world.bot_user_id not in conv.members:
            raise Refusal("not_in_channel")
        check_postable(call, conv)
        found.append(conv)
    return found


def _share(call: Call, conv: Conversation, files: list[StoredFile]) -> None:
    drawn = read_blocks(call["blocks"]) if call["blocks"] is not None else []
    posting.post_as_app(
        call.world,
        conv,
        text=call["initial_comment"] or "",
        blocks=drawn,
        subtype="file_share",
        files=[file.id for file in files],
        thread_ts=thread(call, conv),
    )


@method("files.info", "4", "files:read", args="file!")
def files_info(call: Call) -> JSON:
    file = call.world.files.get(call["file"])
    if file is None or not file.complete:
        raise Refusal("file_not_found")
    return {"file": shapes.file_object(call.world, file), "comments": []}


@method("files.upload", "2", "files:write")
def files_upload(call: Call) -> None:
    raise Refusal("method_deprecated")
