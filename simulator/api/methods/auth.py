"""Methods about the app itself: auth, team, bots, connections, install and uninstall."""

import secrets

from simulator import blocks, shapes
from simulator.api import paging
from simulator.api.registry import Call, method
from simulator.changes import installs
from simulator.world.records import JSON, Refusal


@method("api.test", "4", args="error *", token="none", json_ok=True)
def api_test(call: Call) -> JSON:
    if call["error"]:
        raise Refusal(call["error"], args=dict(call.args))
    return {"args": dict(call.args)}


@method("auth.test", "special", json_ok=True)
def auth_test(call: Call) -> JSON:
    world = call.world
    return {
        "url": f"https://{world.team_domain}.slack.com/",
        "team": world.team_name,
        "user": world.bot.name,
        "team_id": world.team_id,
        "user_id": world.bot_user_id,
        "bot_id": world.bot_id,
        "is_enterprise_install": False,
    }


@method("auth.revoke", "3", args="test:bool")
def auth_revoke(call: Call) -> JSON:
    if call["test"]:
        return {"revoked": False}
    installs.revoke(call.world, call.token)
    return {"revoked": True}


@method("auth.teams.list", "2", args="limit:int cursor include_icon:bool")
def auth_teams_list(call: Call) -> JSON:
    teams = [{"id": call.world.team_id, "name": call.world.team_name}]
    found, metadata = paging.page(call, "teams", teams, 100, 1000)
    return {"teams": found, "response_metadata": metadata}


@method("team.info", "3", "team:read", args="team domain", json_ok=True)
def team_info(call: Call) -> JSON:
    world = call.world
    if call["team"] not in (None, world.team_id):
        raise Refusal("team_not_found")
    icon = {
        f"image_{n}": f"{world.base_url}avatar/team_{n}.png" for n in (34, 44, 68, 88, 102, 132)
    }
    return {
        "team": {
            "id": world.team_id,
            "name": world.team_name,
            "url": f"https://{world.team_domain}.slack.com/",
            "domain": world.team_domain,
            "email_domain": "example.com",
            "icon": {**icon, "image_default": True},
            "avatar_base_url": world.base_url,
            "is_verified": False,
        }
    }


@method("bots.info", "3", "users:read", args="bot team_id")
def bots_info(call: Call) -> JSON:
    world = call.world
    owner = next((u for u in world.users.values() if u.bot_id and u.bot_id == call["bot"]), None)
    if owner is None:
        raise Refusal("bot_not_found")
    profile = shapes.bot_profile(world)
    return {
        "bot": {
            "id": owner.bot_id,
            "deleted": owner.deleted,
            "name": owner.real_name,
            "updated": owner.updated,
            "app_id": world.app_id,
            "user_id": owner.id,
            "icons": profile["icons"],
        }
    }


@method("apps.connections.open", "3", token="app", json_ok=True)
def connections_open(call: Call) -> JSON:
    if not call.world.manifest.socket_mode:
        raise Refusal("not_allowed_token_type")
    ticket = secrets.token_urlsafe(12)
    call.world.socket_tickets.add(ticket)
    address = call.world.base_url.replace("http://", "ws://")
    return {"url": f"{address}link/?ticket={ticket}&app_id={call.world.app_id}"}


@method(
    "apps.event.authorizations.list",
    "special",
    args="event_context! cursor limit:int",
    token="app",
    json_ok=True,
)
def event_authorizations(call: Call) -> JSON:
    if f"-{call.world.team_id}-" not in call["event_context"]:
        raise Refusal("invalid_event_context")
    return {"authorizations": shapes.authorizations(call.world)}


@method("apps.uninstall", "1", args="client_id! client_secret!")
def apps_uninstall(call: Call) -> None:
    installs.check_client(call.world, call["client_id"], call["client_secret"])
    installs.uninstall(call.world)


@method(
    "oauth.v2.access",
    "special",
    args="client_id client_secret code redirect_uri grant_type refresh_token",
    token="none",
)
def oauth_access(call: Call) -> JSON:
    world = call.world
    installs.check_client(world, call["client_id"], call["client_secret"])
    if call["grant_type"] not in (None, "authorization_code"):
        raise Refusal(
            "invalid_grant_type" if not call["refresh_token"] else "invalid_refresh_token"
        )
    installer, redirect = world.oauth_codes.pop(str(call["code"]), ("", ""))
    if not installer:
        raise Refusal("invalid_code")
    if redirect and redirect != call["redirect_uri"]:
        raise Refusal("bad_redirect_uri")
    token = installs.install(world)
    return {
        "access_token": token,
        "token_type": "bot",
        "scope": ",".join(world.scopes),
        "bot_user_id": world.bot_user_id,
        "app_id": world.app_id,
        "team": {"name": world.team_name, "id": world.team_id},
        "enterprise": None,
        "is_enterprise_install": False,
        "authed_user": {"id": installer},
    }


@method("oauth.v2.exchange", "3", args="client_id! client_secret!")
def oauth_exchange(call: Call) -> None:
    installs.check_client(call.world, call["client_id"], call["client_secret"])
    raise Refusal("token_rotation_not_enabled")


@method("blocks.validate", "4", args="blocks:any message:any view:any", token="none", json_ok=True)
def blocks_validate(call: Call) -> None:
    given = [name for name in ("blocks", "message", "view") if call[name] is not None]
    if len(given) != 1:
        words = "must provide exactly one of `blocks`, `view`, or `message`"
        raise Refusal("invalid_arguments", [words])
    name, value = given[0], call[given[0]]
    if name == "view":
        problems = blocks.view_problems(value)
    else:
        found = value.get("blocks", []) if name == "message" and isinstance(value, dict) else value
        problems = blocks.message_problems(found)
    if problems:
        raise Refusal(f"invalid_{name}", errors=[p.as_error() for p in problems])
