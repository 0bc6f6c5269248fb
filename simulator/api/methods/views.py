"""Methods for modals and the Home tab."""

from simulator import shapes
from simulator.api.registry import Call, method
from simulator.changes import modals
from simulator.world.records import JSON, Refusal, View


def _shown(call: Call, view: View) -> JSON:
    return {"view": shapes.view_object(call.world, view)}


def _trigger(call: Call) -> str:
    trigger_id: str | None = call["trigger_id"] or call["interactivity_pointer"]
    if not trigger_id:
        raise Refusal("invalid_arguments", ["[ERROR] missing required field: trigger_id"])
    return trigger_id


@method("views.open", "4", args="view:any! trigger_id interactivity_pointer", json_ok=True)
def views_open(call: Call) -> JSON:
    body = modals.check_view(call.world, call["view"], ("modal",))
    trigger = modals.use_trigger(call.world, _trigger(call))
    return _shown(call, modals.open_modal(call.world, trigger.user, body))


@method("views.push", "4", args="view:any! trigger_id interactivity_pointer", json_ok=True)
def views_push(call: Call) -> JSON:
    body = modals.check_view(call.world, call["view"], ("modal",))
    trigger = modals.use_trigger(call.world, _trigger(call))
    if trigger.view_id is None:
        raise Refusal("not_found")
    return _shown(call, modals.push(call.world, trigger.user, body))


def _find(call: Call) -> View:
    world = call.world
    if call["view_id"]:
        view = world.views.get(call["view_id"])
    elif call["external_id"]:
        named = [
            v for v in world.views.values() if v.body.get("external_id") == call["external_id"]
        ]
        view = next((v for v in named if v.open), None)
    else:
        raise Refusal("invalid_arguments", ["[ERROR] missing required field: view_id"])
    if view is None or not view.open:
        raise Refusal("not_found")
    return view


@method("views.update", "4", args="view:any! view_id external_id hash", json_ok=True)
def views_update(call: Call) -> JSON:
    view = _find(call)
    body = modals.check_view(call.world, call["view"], (view.type,), old=view.id)
    if call["hash"] and call["hash"] != view.hash:
        raise Refusal("hash_conflict")
    return _shown(call, modals.update(call.world, view, body))


@method("views.publish", "4", args="user_id! view:any! hash interactivity_pointer", json_ok=True)
def views_publish(call: Call) -> JSON:
    world, user_id = call.world, call["user_id"]
    if not world.manifest.home_tab:
        raise Refusal("not_enabled")
    user = world.users.get(user_id)
    if user is None or user.is_bot:
        raise Refusal("invalid_arguments", ["[ERROR] invalid user_id [json-pointer:/user_id]"])
    old = world.home(user_id)
    body = modals.check_view(world, call["view"], ("home",), old=old.id if old else None)
    if call["hash"] and old is not None and call["hash"] != old.hash:
        raise Refusal("hash_conflict")
    return _shown(call, modals.publish(world, user_id, body))
