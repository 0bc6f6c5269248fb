"""Messages as Slack writes them, and the profile of the app that posted one."""

from simulator.shapes.files import file_object
from simulator.world.records import JSON, Message
from simulator.world.state import World


def bot_profile(world: World) -> JSON:
    icons = {f"image_{n}": f"{world.base_url}avatar/{world.bot_id}_{n}.png" for n in (36, 48, 72)}
    return {
        "id": world.bot_id,
        "deleted": False,
        "name": world.manifest.name,
        "updated": world.bot.updated,
        "app_id": world.app_id,
        "user_id": world.bot_user_id,
        "icons": icons,
        "team_id": world.team_id,
    }


def message_object(world: World, message: Message, metadata: bool = True) -> JSON:
    """A message as answers and events carry it."""
    shape: JSON = {"type": "message", "user": message.user, "text": message.text, "ts": message.ts}
    if message.by_app:
        shape.update(bot_id=world.bot_id, app_id=world.app_id, team=world.team_id)
        shape["bot_profile"] = bot_profile(world)
    else:
        shape["team"] = world.team_id
    optional: JSON = {
        "subtype": message.subtype,
        "blocks": message.blocks,
        "attachments": message.attachments,
        "thread_ts": message.thread_ts,
        "edited": message.edited,
        "username": message.username,
    }
    shape.update({k: v for k, v in optional.items() if v})
    if metadata and message.metadata:
        shape["metadata"] = message.metadata
    if message.files:
        shape["files"] = [file_object(world, world.files[f]) for f in message.files]
    if message.reactions:
        shape["reactions"] = [
            {"name": name, "users": list(users), "count": len(users)}
            for name, users in message.reactions.items()
        ]
    shape.update(message.extra)
    return shape
