"""Views on the screen: opening, pushing, updating, publishing, closing; triggers and hashes."""

import copy
import secrets
from datetime import timedelta

from simulator import blocks
from simulator.blocks import elements
from simulator.blocks.completing import completed, with_texts
from simulator.world.records import JSON, Refusal, Trigger, View
from simulator.world.state import World

TRIGGER_LIFE = timedelta(seconds=3)
DEEPEST_STACK = 3


def new_trigger(world: World, user_id: str, view_id: str | None = None) -> str:
    """A trigger_id for something this person just did."""
    number = world.new_id("")
    trigger = Trigger(f"{number}.{world.team_id}.{secrets.token_hex(8)}", user_id, world.now())
    trigger.view_id = view_id
    world.triggers[trigger.id] = trigger
    return trigger.id


def use_trigger(world: World, trigger_id: str | None) -> Trigger:
    """Spend a trigger; Refusal when it is unknown, spent or older than three seconds."""
    trigger = world.triggers.get(str(trigger_id))
    if trigger is None:
        raise Refusal("invalid_trigger_id")
    if trigger.used:
        raise Refusal("exchanged_trigger_id")
    if world.now() - trigger.at > TRIGGER_LIFE:
        raise Refusal("expired_trigger_id")
    trigger.used = True
    return trigger


def check_view(world: World, body: object, kinds: tuple[str, ...], old: str | None = None) -> JSON:
    """The body of a view Slack would take, or the Refusal."""
    if not isinstance(body, dict):
        raise Refusal("invalid_arguments", ["[ERROR] must provide an object [json-pointer:/view]"])
    if blocks.too_large(body):
        raise Refusal("view_too_large")
    problems = blocks.view_problems(body)
    if problems:
        raise Refusal("invalid_arguments", [p.as_message("/view") for p in problems])
    if body["type"] not in kinds:
        words = f"[ERROR] view type must be {' or '.join(kinds)} [json-pointer:/view/type]"
        raise Refusal("invalid_arguments", [words])
    external = body.get("external_id")
    for view in world.views.values():
        if external and view.open and view.id != old and view.body.get("external_id") == external:
            raise Refusal("duplicate_external_id")
    whole = {**copy.deepcopy(body), "blocks": completed(body["blocks"], world.new_element_id)}
    with_texts([whole[name] for name in ("title", "submit", "close") if whole.get(name)])
    return whole


def new_hash(world: World) -> str:
    return f"{world.epoch()}.{secrets.token_urlsafe(6)}"


def _create(world: World, user_id: str, body: JSON) -> View:
    view = View(world.new_id("V"), body["type"], user_id, body, new_hash(world))
    view.values = elements.initial_values(view.blocks)
    view.root_id = view.id
    view.opened_at = world.new_ts()
    world.views[view.id] = view
    return view


def open_modal(world: World, user_id: str, body: JSON) -> View:
    """Show a modal; one that was open before is gone."""
    for view_id in world.stacks.get(user_id, []):
        world.views[view_id].open = False
    view = _create(world, user_id, body)
    world.stacks[user_id] = [view.id]
    world.changed("view", user=user_id, view=view.id)
    return view


def push(world: World, user_id: str, body: JSON) -> View:
    """Put a modal on top of the open one."""
    stack = world.stacks.get(user_id)
    if not stack:
        raise Refusal("not_found")
    if len(stack) >= DEEPEST_STACK:
        raise Refusal("push_limit_reached")
    view = _create(world, user_id, body)
    view.root_id, view.previous_id = world.views[stack[-1]].root_id, stack[-1]
    stack.append(view.id)
    world.changed("view", user=user_id, view=view.id)
    return view


def update(world: World, view: View, body: JSON) -> View:
    """Redraw a view; what was typed stays where block_id and action_id stay."""
    kept = view.values
    view.body, view.hash, view.errors = body, new_hash(world), {}
    view.values = elements.initial_values(view.blocks, kept)
    world.changed("view", user=view.user, view=view.id)
    return view


def close(world: World, user_id: str, view_id: str | None = None) -> list[View]:
    """Take the top view (or, with a view_id, that one and all above) off the screen."""
    stack = world.stacks.get(user_id, [])
    at = stack.index(view_id) if view_id in stack else len(stack) - 1
    gone = [world.views[v] for v in stack[max(at, 0) :]]
    for view in gone:
        view.open = False
        view.errors = {}
    world.stacks[user_id] = stack[: max(at, 0)]
    world.changed("view", user=user_id, view=None)
    return gone


def clear(world: World, user_id: str) -> list[View]:
    """Take the whole stack off the screen."""
    stack = world.stacks.get(user_id, [])
    return close(world, user_id, stack[0]) if stack else []


def publish(world: World, user_id: str, body: JSON) -> View:
    """Show this Home tab to the person from now on."""
    old = world.home(user_id)
    if old is not None:
        view = update(world, old, body)
    else:
        view = _create(world, user_id, body)
        view.opened_at = "0"
        world.homes[user_id] = view.id
    world.changed("home", user=user_id, view=view.id)
    return view
