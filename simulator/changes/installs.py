"""The app's installation: tokens, scopes, revocation and removal."""

import secrets

from simulator.world.records import Refusal
from simulator.world.state import World


def install(world: World) -> str:
    """Grant the app a fresh bot token with the current scopes."""
    token = f"xoxb-simulated-{secrets.token_hex(12)}"
    with world.editing():
        world.tokens[token] = "live"
        world.changed("install")
    return token


def authorize(world: World, installer: str, redirect_uri: str = "") -> str:
    """What pressing "Allow" yields: a code for `oauth.v2.access`."""
    code = f"code-{secrets.token_hex(8)}"
    with world.editing():
        world.oauth_codes[code] = (installer, redirect_uri)
    return code


def revoke(world: World, token: str) -> None:
    """Kill one token; `tokens_revoked` goes out."""
    with world.editing():
        world.tokens[token] = "token_revoked"
        world.changed("install")
        world.emit({"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [world.bot_user_id]}})


def uninstall(world: World) -> None:
    """Remove the app: every token dies, it leaves all channels, both events go out."""
    with world.editing():
        for token in world.tokens:
            world.tokens[token] = "account_inactive"
        world.changed("install")
        world.emit({"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [world.bot_user_id]}})
        world.emit({"type": "app_uninstalled"})
        for conv in world.conversations.values():
            if conv.kind in ("channel", "private") and world.bot_user_id in conv.members:
                conv.members.remove(world.bot_user_id)
                world.changed("membership", channel=conv.id, user=world.bot_user_id)


def check_client(world: World, client_id: str | None, client_secret: str | None) -> None:
    if client_id != world.client_id:
        raise Refusal("invalid_client_id")
    if client_secret != world.client_secret:
        raise Refusal("bad_client_secret")
