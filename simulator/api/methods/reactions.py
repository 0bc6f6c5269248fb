"""Methods for emoji reactions."""

import re

from simulator.api.registry import Call, method
from simulator.world.records import Message, Refusal

NAME = re.compile(r"^[a-z0-9_+'\-]+(::skin-tone-[2-6])?$")


def _target(call: Call) -> Message:
    conv = call.conversation()
    if conv.archived:
        raise Refusal("is_archived")
    try:
        float(call["timestamp"])
    except ValueError:
        raise Refusal("bad_timestamp") from None
    message = conv.messages.get(call["timestamp"])
    if message is None:
        raise Refusal("message_not_found")
    if message.ephemeral_to:
        raise Refusal("not_reactable")
    if call.world.bot_user_id not in conv.members:
        raise Refusal("no_access")
    return message


@method("reactions.add", "3", "reactions:write", args="channel! timestamp! name!", json_ok=True)
def add(call: Call) -> None:
    message, name, me = _target(call), call["name"].strip(":"), call.world.bot_user_id
    if not NAME.match(name):
        raise Refusal("invalid_name")
    if me in message.reactions.get(name, []):
        raise Refusal("already_reacted")
    if name not in message.reactions and len(message.reactions) >= 23:
        raise Refusal("too_many_emoji")
    message.reactions.setdefault(name, []).append(me)
    call.world.changed("update", channel=message.channel, ts=message.ts)


@method("reactions.remove", "2", "reactions:write", args="channel! timestamp! name!", json_ok=True)
def remove(call: Call) -> None:
    message, name, me = _target(call), call["name"].strip(":"), call.world.bot_user_id
    if me not in message.reactions.get(name, []):
        raise Refusal("no_reaction")
    message.reactions[name].remove(me)
    if not message.reactions[name]:
        del message.reactions[name]
    call.world.changed("update", channel=message.channel, ts=message.ts)
