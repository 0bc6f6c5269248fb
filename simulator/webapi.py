"""Answering a Web API call: token, scopes, limits, arguments, then the method itself."""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from simulator.limits import RateLimits
from simulator.records import JSON, ApiCall, Refusal
from simulator.registry import METHODS, Call, Method, TooMany, check_scopes, read_arguments
from simulator.world import World

FORMS = ("application/x-www-form-urlencoded", "text/plain")


@dataclass(slots=True)
class Answer:
    """What goes back over HTTP."""

    body: JSON
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


def read_body(content_type: str, query: Mapping[str, str], body: bytes) -> tuple[JSON, bool]:
    """The arguments sent, and whether they came as JSON. Raises Refusal for a broken body."""
    given: JSON = dict(query)
    if content_type.startswith("application/json"):
        if body.strip():
            try:
                parsed = json.loads(body)
            except ValueError:
                raise Refusal("invalid_json") from None
            if not isinstance(parsed, dict):
                raise Refusal("json_not_object")
            given.update(parsed)
        return given, True
    if body and not content_type.startswith(FORMS):
        raise Refusal("invalid_post_type" if content_type else "missing_post_type")
    if body:
        try:
            given.update(parse_qsl(body.decode(), keep_blank_values=True))
        except UnicodeDecodeError:
            raise Refusal("invalid_form_data") from None
    return given, False


def answer(
    world: World,
    limits: RateLimits,
    name: str,
    given: JSON,
    was_json: bool,
    authorization: str,
) -> Answer:
    """Answer one call and record it."""
    with world.editing():
        result = _answer(world, limits, name, given, was_json, authorization)
        shown = {k: v for k, v in given.items() if k not in ("token", "client_secret")}
        error = result.body.get("error")
        ok = bool(result.body.get("ok"))
        world.calls.append(ApiCall(name, shown, ok, error, world.now(), result.status))
        world.changed("call", method=name, ok=ok, error=error)
    return result


def _answer(
    world: World,
    limits: RateLimits,
    name: str,
    given: JSON,
    was_json: bool,
    authorization: str,
) -> Answer:
    headers: dict[str, str] = {}
    try:
        method = METHODS.get(name)
        if method is None:
            raise Refusal("unknown_method", req_method=name)
        token = _token(given, was_json, authorization)
        if method.token != "none":
            check_token(world, method.token, token)
            if method.token == "bot":
                headers["x-oauth-scopes"] = ",".join(world.scopes)
                headers["x-accepted-oauth-scopes"] = ",".join(method.scopes)
        world.conditions.check(name)
        check_scopes(world, method.scopes)
        wait = limits.take_method(name, method.tier) if method.tier else 0
        if wait:
            return too_many(wait)
        return Answer(_do(world, limits, method, given, was_json, token), headers=headers)
    except TooMany as stop:
        return too_many(stop.seconds)
    except Refusal as refusal:
        return Answer({"ok": False, "error": refusal.code, **refusal.extra}, headers=headers)


def _do(
    world: World, limits: RateLimits, method: Method, given: JSON, was_json: bool, token: str
) -> JSON:
    unread = was_json and not method.json_ok and method.args
    args = read_arguments(method, {} if unread else given)
    call = Call(world, limits, args, token)
    body: JSON = {"ok": True, **(method.do(call) or {})}
    if call.warnings:
        body["warning"] = ",".join(call.warnings)
        body.setdefault("response_metadata", {})["warnings"] = call.warnings
    return body


def too_many(seconds: float) -> Answer:
    """HTTP 429 with Retry-After."""
    whole = str(max(1, int(seconds)))
    return Answer({"ok": False, "error": "ratelimited"}, 429, {"Retry-After": whole})


def _token(given: Mapping[str, Any], was_json: bool, authorization: str) -> str:
    if authorization.startswith("Bearer "):
        return authorization.removeprefix("Bearer ").strip()
    return "" if was_json else str(given.get("token") or "")


def check_token(world: World, wanted: str, token: str) -> None:
    """Refuse a missing, unknown, dead or wrong kind of token."""
    if not token:
        raise Refusal("not_authed")
    if token in world.app_tokens:
        if wanted != "app":
            raise Refusal("not_allowed_token_type")
        return
    state = world.tokens.get(token)
    if state is None:
        raise Refusal("invalid_auth")
    if state != "live":
        raise Refusal(state)
    if wanted == "app":
        raise Refusal("not_allowed_token_type")


def basic_client(given: JSON, authorization: str) -> None:
    """Client id and secret sent by HTTP Basic become arguments, as OAuth clients expect."""
    if not authorization.startswith("Basic "):
        return
    try:
        pair = base64.b64decode(authorization.removeprefix("Basic ")).decode()
    except ValueError:
        return
    client_id, _, client_secret = pair.partition(":")
    given.setdefault("client_id", client_id)
    given.setdefault("client_secret", client_secret)
