"""Methods about people: users, profiles, presence, do-not-disturb and user groups."""

from simulator import shapes
from simulator.api import paging
from simulator.api.registry import Call, method
from simulator.world.records import JSON, Refusal, User


@method("users.info", "4", "users:read", args="user! include_locale:bool")
def users_info(call: Call) -> JSON:
    user = call.user()
    if not call.world.knows(user):
        raise Refusal("user_not_visible")
    return {"user": shapes.user_object(call.world, user, bool(call["include_locale"]))}


@method("users.list", "2", "users:read", args="cursor limit:int include_locale:bool team_id")
def users_list(call: Call) -> JSON:
    world = call.world
    own = [u for u in world.users.values() if u.team_id == world.team_id]
    if call["limit"] is None and len(own) > 1000:
        raise Refusal("limit_required")
    found, metadata = paging.page(call, "user", own, 1000, 1000)
    locale = bool(call["include_locale"])
    return {
        "members": [shapes.user_object(world, user, locale) for user in found],
        "cache_ts": world.epoch(),
        "response_metadata": metadata,
    }


@method("users.lookupByEmail", "3", "users:read.email", args="email!")
def lookup_by_email(call: Call) -> JSON:
    wanted = call["email"].lower()
    for user in call.world.users.values():
        if user.email.lower() == wanted and not user.deleted and not user.is_bot:
            return {"user": shapes.user_object(call.world, user)}
    raise Refusal("users_not_found")


@method("users.profile.get", "4", "users.profile:read", args="user include_labels:bool")
def profile_get(call: Call) -> JSON:
    user = call.user() if call["user"] else call.world.bot
    fields = shapes.custom_fields(user, bool(call["include_labels"]))
    shape = {**shapes.profile(call.world, user), "fields": fields}
    shape.pop("team")
    return {"profile": shape}


@method("users.getPresence", "3", "users:read", args="user")
def get_presence(call: Call) -> JSON:
    user = call.user() if call["user"] else call.world.bot
    return {"presence": user.presence}


@method("dnd.info", "3", "dnd:read", args="user team_id")
def dnd_info(call: Call) -> JSON:
    return dnd_shape(call.user() if call["user"] else call.world.bot)


def dnd_shape(user: User) -> JSON:
    start, end = user.dnd or (1, 1)
    return {
        "dnd_enabled": user.dnd is not None,
        "next_dnd_start_ts": start,
        "next_dnd_end_ts": end,
    }


@method("dnd.teamInfo", "2", "dnd:read", args="users:ids team_id")
def dnd_team_info(call: Call) -> JSON:
    wanted: list[str] = call["users"] or []
    if not wanted:
        raise Refusal("no_users_provided")
    if len(wanted) > 50:
        raise Refusal("too_many_users")
    known = [call.world.users[u] for u in wanted if u in call.world.users]
    return {"users": {user.id: dnd_shape(user) for user in known}}


@method(
    "usergroups.list",
    "2",
    "usergroups:read",
    args="include_count:bool include_disabled:bool include_users:bool team_id",
)
def usergroups_list(call: Call) -> JSON:
    shown = []
    for group in call.world.usergroups.values():
        shape = {k: v for k, v in group.items() if k != "users"}
        if call["include_users"]:
            shape["users"] = list(group["users"])
        if call["include_count"]:
            shape["user_count"] = len(group["users"])
        shown.append(shape)
    return {"usergroups": shown}


@method("usergroups.users.list", "2", "usergroups:read", args="usergroup! include_disabled:bool")
def usergroups_users(call: Call) -> JSON:
    group = call.world.usergroups.get(call["usergroup"])
    if group is None:
        raise Refusal("no_such_subteam")
    return {"users": list(group["users"])}
