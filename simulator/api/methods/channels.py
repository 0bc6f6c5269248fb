"""Methods that make and change channels: create, join, leave, invite, archive and the like."""

from simulator import shapes
from simulator.api.registry import Call, method
from simulator.blocks.escaping import escaped
from simulator.changes import membership
from simulator.world.records import JSON, Conversation, Refusal

MANAGE = {"channel": "channels:manage", "private": "groups:write"}
MANAGES = ("channels:manage", "groups:write")
INVITES = {"channel": "channels:write.invites", "private": "groups:write.invites"}
ALLOWED = set("abcdefghijklmnopqrstuvwxyz0123456789-_")


def _channel(call: Call, inside: bool = True, live: bool = True) -> Conversation:
    """A public or private channel this call may change."""
    conv = call.conversation()
    if conv.kind not in MANAGE:
        raise Refusal("method_not_supported_for_channel_type")
    call.need_scope(MANAGE[conv.kind])
    if live and conv.archived:
        raise Refusal("is_archived")
    if inside and call.world.bot_user_id not in conv.members:
        raise Refusal("not_in_channel")
    return conv


def _name(call: Call) -> str:
    name: str = call["name"].lstrip("#")
    if len(name) > 80:
        raise Refusal("invalid_name_maxlength")
    if not set(name) & (ALLOWED - set("-_")):
        raise Refusal("invalid_name_punctuation")
    if not set(name) <= ALLOWED and all(ord(c) < 128 for c in name):
        raise Refusal("invalid_name_specials")
    if any(c.name == name and not c.deleted for c in call.world.conversations.values()):
        raise Refusal("name_taken")
    return name


@method("conversations.create", "2", *MANAGES, args="name! is_private:bool team_id", json_ok=True)
def create(call: Call) -> JSON:
    kind = "private" if call["is_private"] else "channel"
    call.need_scope(MANAGE[kind])
    conv = membership.add_conversation(call.world, kind, _name(call), call.world.bot_user_id)
    membership.join(call.world, conv, call.world.bot_user_id)
    return {"channel": shapes.channel_object(call.world, conv)}


@method("conversations.join", "3", "channels:join", args="channel!", json_ok=True)
def join(call: Call) -> JSON:
    conv, world = call.conversation(), call.world
    if conv.kind != "channel":
        raise Refusal("method_not_supported_for_channel_type")
    if conv.archived:
        raise Refusal("is_archived")
    if world.bot_user_id in conv.members:
        call.warnings.append("already_in_channel")
    membership.join(world, conv, world.bot_user_id)
    return {"channel": shapes.channel_object(world, conv)}


@method("conversations.leave", "3", *MANAGES, args="channel!", json_ok=True)
def leave(call: Call) -> JSON | None:
    conv = _channel(call, inside=False)
    if call.world.bot_user_id not in conv.members:
        return {"not_in_channel": True}
    if conv.name == "general":
        raise Refusal("cant_leave_general")
    if conv.kind == "private" and len(conv.members) == 1:
        raise Refusal("last_member")
    membership.leave(call.world, conv, call.world.bot_user_id)
    return None


@method(
    "conversations.invite",
    "3",
    *MANAGES,
    *INVITES.values(),
    args="channel! users:ids! force:bool",
    json_ok=True,
)
def invite(call: Call) -> JSON:
    conv, world = call.conversation(), call.world
    if conv.kind not in MANAGE:
        raise Refusal("method_not_supported_for_channel_type")
    call.need_scope(MANAGE[conv.kind], INVITES[conv.kind])
    if conv.archived:
        raise Refusal("is_archived")
    if world.bot_user_id not in conv.members:
        raise Refusal("not_in_channel")
    wanted = list(dict.fromkeys(call["users"]))
    if not wanted:
        raise Refusal("no_user")
    problems = [(u, _invite_problem(call, conv, u)) for u in wanted]
    bad = [{"user": u, "ok": False, "error": e} for u, e in problems if e]
    if bad and not (call["force"] and len(bad) < len(wanted)):
        raise Refusal(str(bad[0]["error"]), errors=bad)
    for user_id, problem in problems:
        if not problem:
            membership.join(world, conv, user_id, inviter=world.bot_user_id)
    return {"channel": shapes.channel_object(world, conv)}


def _invite_problem(call: Call, conv: Conversation, user_id: str) -> str | None:
    user = call.world.users.get(user_id)
    if user_id == call.world.bot_user_id:
        return "cant_invite_self"
    if user is None or user.deleted:
        return "user_not_found"
    if user_id in conv.members:
        return "already_in_channel"
    return "ura_max_channels" if user.is_ultra_restricted else None


@method("conversations.kick", "3", *MANAGES, args="channel! user!", json_ok=True)
def kick(call: Call) -> None:
    conv = _channel(call)
    if call["user"] == call.world.bot_user_id:
        raise Refusal("cant_kick_self")
    if call.user().id not in conv.members:
        raise Refusal("not_in_channel")
    membership.leave(call.world, conv, call["user"])


@method("conversations.archive", "2", *MANAGES, args="channel!", json_ok=True)
def archive(call: Call) -> None:
    conv = _channel(call, live=False)
    if conv.archived:
        raise Refusal("already_archived")
    if conv.name == "general":
        raise Refusal("cant_archive_general")
    membership.archive(call.world, conv, call.world.bot_user_id)


@method("conversations.unarchive", "2", *MANAGES, args="channel!", json_ok=True)
def unarchive(call: Call) -> None:
    conv = _channel(call, live=False, inside=False)
    if not conv.archived:
        raise Refusal("not_archived")
    membership.archive(call.world, conv, call.world.bot_user_id, archived=False)


@method("conversations.rename", "2", *MANAGES, args="channel! name!", json_ok=True)
def rename(call: Call) -> JSON:
    conv = _channel(call)
    membership.rename(call.world, conv, _name(call))
    return {"channel": shapes.channel_object(call.world, conv)}


@method("conversations.setTopic", "2", *MANAGES, args="channel! topic!", json_ok=True)
def set_topic(call: Call) -> JSON:
    conv = _channel(call)
    if len(call["topic"]) > 250:
        raise Refusal("too_long")
    conv.topic = escaped(call["topic"])
    call.world.changed("conversation", channel=conv.id)
    return {"channel": shapes.channel_object(call.world, conv)}


@method("conversations.setPurpose", "2", *MANAGES, args="channel! purpose!", json_ok=True)
def set_purpose(call: Call) -> JSON:
    conv = _channel(call)
    if len(call["purpose"]) > 250:
        raise Refusal("too_long")
    conv.purpose = escaped(call["purpose"])
    call.world.changed("conversation", channel=conv.id)
    return {"purpose": conv.purpose, "channel": shapes.channel_object(call.world, conv)}
