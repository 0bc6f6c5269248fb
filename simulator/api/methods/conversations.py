"""Methods that find, list and open conversations."""

from simulator import shapes
from simulator.api import paging
from simulator.api.registry import Call, method
from simulator.changes import membership
from simulator.world.records import JSON, SLACKBOT, Conversation, Refusal

READ = {"channel": "channels:read", "private": "groups:read", "im": "im:read", "mpim": "mpim:read"}
READS = ("channels:read", "groups:read", "mpim:read", "im:read")
TYPES = {"public_channel": "channel", "private_channel": "private", "im": "im", "mpim": "mpim"}
MOST_PEOPLE = 8


@method(
    "conversations.info",
    "3",
    *READS,
    args="channel! include_locale:bool include_num_members:bool",
)
def info(call: Call) -> JSON:
    conv = call.conversation()
    call.need_scope(READ[conv.kind])
    shape = shapes.channel_object(call.world, conv, bool(call["include_num_members"]))
    if call["include_locale"]:
        shape["locale"] = "en-US"
    if call["include_num_members"]:
        shape["num_members"] = len(conv.members)
    return {"channel": shape}


@method("conversations.members", "4", *READS, args="channel! cursor limit:int")
def members(call: Call) -> JSON:
    conv = call.conversation()
    call.need_scope(READ[conv.kind])
    found, metadata = paging.page(call, f"member-{conv.id}", conv.members, 100, 1000)
    return {"members": found, "response_metadata": metadata}


def _kinds(call: Call) -> list[str]:
    names: list[str] = call["types"] or ["public_channel"]
    if any(name not in TYPES for name in names):
        raise Refusal("invalid_types")
    for name in names:
        call.need_scope(READ[TYPES[name]])
    return [TYPES[name] for name in names]


@method(
    "conversations.list",
    "2",
    *READS,
    args="types:ids exclude_archived:bool cursor limit:int team_id",
)
def list_all(call: Call) -> JSON:
    world, kinds = call.world, _kinds(call)
    shown = [
        conv
        for conv in world.conversations.values()
        if conv.kind in kinds
        and not conv.deleted
        and (conv.kind == "channel" or world.bot_user_id in conv.members)
        and not (call["exclude_archived"] and conv.archived)
    ]
    found, metadata = paging.page(call, "team", shown, 100, 1000)
    shape = [shapes.channel_object(world, conv, members=True) for conv in found]
    return {"channels": shape, "response_metadata": metadata}


@method(
    "users.conversations",
    "3",
    *READS,
    args="user types:ids exclude_archived:bool cursor limit:int team_id",
)
def users_conversations(call: Call) -> JSON:
    world, kinds = call.world, _kinds(call)
    user = call.user() if call["user"] else world.bot
    shown = [
        conv
        for conv in world.conversations_of(user.id)
        if conv.kind in kinds
        and (conv.kind == "channel" or world.bot_user_id in conv.members)
        and not (call["exclude_archived"] and conv.archived)
    ]
    found, metadata = paging.page(call, "conv", shown, 100, 999)
    shape = [shapes.channel_object(world, conv) for conv in found]
    for one in shape:
        one.pop("is_member", None)
    return {"channels": shape, "response_metadata": metadata}


@method(
    "conversations.open",
    "3",
    "im:write",
    "mpim:write",
    "groups:write",
    "channels:manage",
    args="channel users:ids return_im:bool prevent_creation:bool",
    json_ok=True,
)
def open_conversation(call: Call) -> JSON:
    world = call.world
    if call["channel"]:
        conv = call.conversation()
        if conv.kind not in ("im", "mpim"):
            raise Refusal("method_not_supported_for_channel_type")
        return _opened(call, conv, new=False)
    people = list(dict.fromkeys(call["users"] or []))
    _check_people(call, people)
    everyone = [world.bot_user_id, *people]
    if call["prevent_creation"] and not _existing(call, everyone):
        raise Refusal("channel_not_found")
    conv, new = membership.find_or_open(world, everyone)
    return _opened(call, conv, new)


def _existing(call: Call, people: list[str]) -> bool:
    return any(
        c.kind in ("im", "mpim") and set(c.members) == set(people)
        for c in call.world.conversations.values()
    )


def _check_people(call: Call, people: list[str]) -> None:
    if not people:
        raise Refusal("users_list_not_supplied")
    if len(people) > MOST_PEOPLE:
        raise Refusal("too_many_users")
    call.need_scope("im:write" if len(people) == 1 else "mpim:write")
    if people == [call.world.bot_user_id]:
        raise Refusal("not_enough_users")
    for user_id in people:
        _check_person(call, user_id)


def _check_person(call: Call, user_id: str) -> None:
    world = call.world
    user = world.users.get(user_id)
    if user is None or user_id == world.bot_user_id:
        raise Refusal("user_not_found")
    if user.deleted:
        raise Refusal("user_disabled")
    if user.is_bot or user.id == SLACKBOT:
        raise Refusal("cannot_dm_bot")
    if not world.knows(user):
        raise Refusal("invalid_user_combination")


def _opened(call: Call, conv: Conversation, new: bool) -> JSON:
    was_open = not new and not conv.closed_for
    conv.closed_for.clear()
    if not call["return_im"]:
        return {"channel": {"id": conv.id}}
    shape: JSON = {"channel": shapes.channel_object(call.world, conv)}
    return {"no_op": True, "already_open": True, **shape} if was_open else shape


@method("conversations.close", "2", "im:write", "mpim:write", args="channel!", json_ok=True)
def close(call: Call) -> JSON | None:
    conv = call.conversation()
    if conv.kind not in ("im", "mpim"):
        raise Refusal("method_not_supported_for_channel_type")
    call.need_scope(f"{conv.kind}:write")
    if call.world.bot_user_id in conv.closed_for:
        return {"no_op": True, "already_closed": True}
    conv.closed_for.add(call.world.bot_user_id)
    return None
