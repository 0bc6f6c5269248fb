"""Methods for messages that wait: schedule, list, delete."""

from simulator.api import paging
from simulator.api.messages import CONTENT, destination, read_content, thread
from simulator.api.registry import Call, method
from simulator.world.records import JSON, Refusal, Scheduled

FURTHEST = 120 * 24 * 3600
WINDOW, MOST_IN_WINDOW = 300, 30


@method(
    "chat.scheduleMessage", "3", "chat:write", args=f"channel! post_at:int! {CONTENT}", json_ok=True
)
def schedule(call: Call) -> JSON:
    world, conv, at = call.world, destination(call), call["post_at"]
    if at <= world.epoch():
        raise Refusal("time_in_past")
    if at > world.epoch() + FURTHEST:
        raise Refusal("time_too_far")
    fields = read_content(call, cut=False)
    fields["thread_ts"] = thread(call, conv)
    near = [s for s in world.scheduled.values() if s.channel == conv.id]
    if sum(s.post_at // WINDOW == at // WINDOW for s in near) >= MOST_IN_WINDOW:
        raise Refusal("restricted_too_many")
    waiting = Scheduled(world.new_id("Q"), conv.id, at, world.epoch(), fields)
    world.scheduled[waiting.id] = waiting
    world.changed("scheduled", channel=conv.id, id=waiting.id)
    shown: JSON = {"type": "delayed_message", "text": fields["text"], "user": world.bot_user_id}
    shown.update(bot_id=world.bot_id, app_id=world.app_id, team=world.team_id)
    return {
        "channel": conv.id,
        "scheduled_message_id": waiting.id,
        "post_at": at,
        "message": shown,
    }


@method(
    "chat.scheduledMessages.list",
    "3",
    args="channel oldest:int latest:int cursor limit:int team_id",
    json_ok=True,
)
def list_scheduled(call: Call) -> JSON:
    if call["channel"] and call["channel"] not in call.world.conversations:
        raise Refusal("invalid_channel")
    oldest, latest = call["oldest"] or 0, call["latest"] or float("inf")
    waiting = [
        {
            "id": s.id,
            "channel_id": s.channel,
            "post_at": s.post_at,
            "date_created": s.created,
            "text": s.fields["text"],
        }
        for s in call.world.scheduled.values()
        if call["channel"] in (None, s.channel) and oldest <= s.post_at <= latest
    ]
    found, metadata = paging.page(call, "scheduled", waiting, 100, 1000)
    return {"scheduled_messages": found, "response_metadata": metadata}


@method(
    "chat.deleteScheduledMessage",
    "3",
    "chat:write",
    args="channel! scheduled_message_id! as_user:bool",
    json_ok=True,
)
def delete_scheduled(call: Call) -> None:
    conv = call.conversation()
    waiting = call.world.scheduled.get(call["scheduled_message_id"])
    if waiting is None or waiting.channel != conv.id:
        raise Refusal("invalid_scheduled_message_id")
    del call.world.scheduled[waiting.id]
    call.world.changed("scheduled", channel=conv.id, id=waiting.id)
