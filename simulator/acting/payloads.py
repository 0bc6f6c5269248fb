"""The payloads the app receives when somebody does something: commands, presses, submissions."""

import secrets

from simulator import shapes
from simulator.changes import modals
from simulator.world.records import JSON, Conversation, Message, ResponseUrl, User, View
from simulator.world.state import World

TOKEN = "simulated-verification-token"


def response_url(
    world: World, user: str, channel: str, message: Message | None = None, kind: str = "actions"
) -> str:
    """A fresh response_url for this person and place."""
    entry = ResponseUrl(secrets.token_hex(10), user, channel, world.now())
    if message is not None:
        entry.message_ts = message.ts
        entry.ephemeral = message.ephemeral_to is not None
    world.response_urls[entry.id] = entry
    return f"{world.base_url}respond/{kind}/{world.team_id}/{entry.id}"


def person(user: User) -> JSON:
    return {"id": user.id, "username": user.name, "name": user.name, "team_id": user.team_id}


def common(world: World, kind: str, user: User) -> JSON:
    """What every interaction carries."""
    return {
        "type": kind,
        "user": person(user),
        "api_app_id": world.app_id,
        "token": TOKEN,
        "team": {"id": world.team_id, "domain": world.team_domain},
        "enterprise": None,
        "is_enterprise_install": False,
    }


def channel_name(conv: Conversation) -> str:
    return {"im": "directmessage", "private": "privategroup"}.get(conv.kind, conv.name)


def slash_command(world: World, user: User, conv: Conversation, command: str, text: str) -> JSON:
    return {
        "token": TOKEN,
        "team_id": world.team_id,
        "team_domain": world.team_domain,
        "channel_id": conv.id,
        "channel_name": channel_name(conv),
        "user_id": user.id,
        "user_name": user.name,
        "command": command,
        "text": text,
        "api_app_id": world.app_id,
        "is_enterprise_install": "false",
        "response_url": response_url(world, user.id, conv.id, kind="commands"),
        "trigger_id": modals.new_trigger(world, user.id),
    }


def block_actions(
    world: World, user: User, place: Message | View, block: JSON, element: JSON, chosen: JSON
) -> JSON:
    """A press or choice in a message, a modal or the Home tab."""
    payload = common(world, "block_actions", user)
    if isinstance(place, View):
        payload["container"] = {"type": "view", "view_id": place.id}
        payload["view"] = shapes.view_object(world, place)
        on_modal = place.id if place.type == "modal" else None
        payload["trigger_id"] = modals.new_trigger(world, user.id, on_modal)
    else:
        payload.update(_on_message(world, user, place))
        payload["trigger_id"] = modals.new_trigger(world, user.id)
    payload["actions"] = [action(world, block, element, chosen)]
    return payload


def _on_message(world: World, user: User, message: Message) -> JSON:
    conv = world.conversations[message.channel]
    ephemeral = message.ephemeral_to is not None
    container: JSON = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": conv.id,
        "is_ephemeral": ephemeral,
    }
    if message.thread_ts:
        container["thread_ts"] = message.thread_ts
    state = world.message_state.get((user.id, conv.id, message.ts), {})
    shape: JSON = {
        "container": container,
        "channel": {"id": conv.id, "name": channel_name(conv)},
        "state": {"values": state},
        "response_url": response_url(world, user.id, conv.id, message),
    }
    if not ephemeral:
        shape["message"] = shapes.message_object(world, message)
    return shape


def action(world: World, block: JSON, element: JSON, chosen: JSON) -> JSON:
    """The entry of `actions[]`."""
    shape: JSON = {
        "type": element["type"],
        "action_id": element["action_id"],
        "block_id": block["block_id"],
        "action_ts": world.new_ts(),
    }
    kept = ("text", "value", "style", "confirm", "placeholder", "url")
    shape.update({name: element[name] for name in kept if element.get(name) is not None})
    shape.update({n: v for n, v in element.items() if n.startswith("initial_")})
    shape.update(chosen)
    return shape


def view_submission(world: World, user: User, view: View) -> JSON:
    return {
        **common(world, "view_submission", user),
        "trigger_id": modals.new_trigger(world, user.id, view.id),
        "view": shapes.view_object(world, view),
        "response_urls": [],
    }


def view_closed(world: World, user: User, view: View, cleared: bool) -> JSON:
    return {
        **common(world, "view_closed", user),
        "view": shapes.view_object(world, view),
        "is_cleared": cleared,
    }


def block_suggestion(
    world: World, user: User, place: Message | View, block: JSON, element: JSON, query: str
) -> JSON:
    payload = common(world, "block_suggestion", user)
    if isinstance(place, View):
        payload["container"] = {"type": "view", "view_id": place.id}
        payload["view"] = shapes.view_object(world, place)
    else:
        payload["container"] = {
            "type": "message",
            "message_ts": place.ts,
            "channel_id": place.channel,
            "is_ephemeral": place.ephemeral_to is not None,
        }
        conv = world.conversations[place.channel]
        payload["channel"] = {"id": conv.id, "name": channel_name(conv)}
        payload["message"] = shapes.message_object(world, place)
    payload.update(action_id=element["action_id"], block_id=block["block_id"], value=query)
    return payload


def shortcut(world: World, user: User, callback_id: str, message: Message | None) -> JSON:
    """A global shortcut, or with a message a message shortcut."""
    payload = common(world, "shortcut" if message is None else "message_action", user)
    payload.update(
        callback_id=callback_id,
        action_ts=world.new_ts(),
        trigger_id=modals.new_trigger(world, user.id),
    )
    if message is None:
        payload["user"].pop("name")
    else:
        payload.update(_on_message(world, user, message))
        payload.pop("state")
        payload.pop("container")
        payload.update(message_ts=message.ts, message=shapes.message_object(world, message))
    return payload


def home_opened(world: World, user: User, channel: str, tab: str) -> JSON:
    """The event that every opening of the app's home fires."""
    event: JSON = {
        "type": "app_home_opened",
        "user": user.id,
        "channel": channel,
        "tab": tab,
        "event_ts": world.new_ts(),
    }
    home = world.home(user.id)
    if tab == "home" and home is not None:
        event["view"] = shapes.view_object(world, home)
    return event
