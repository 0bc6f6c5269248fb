"""Answering a Web API call: token, scopes, limits, arguments, then the method itself."""

from dataclasses import dataclass, field

from simulator.api.arguments import read_arguments
from simulator.api.limits import RateLimits
from simulator.api.methods import METHODS
from simulator.api.registry import Call, Method, TooMany, check_scopes
from simulator.api.requests import Request
from simulator.world.records import JSON, ApiCall, Refusal
from simulator.world.state import World

SECRETS = ("token", "client_secret")


@dataclass(slots=True)
class Answer:
    """What goes back over HTTP."""

    body: JSON
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


class WebApi:
    """Answers calls, one at a time, and records each."""

    def __init__(self, world: World, limits: RateLimits) -> None:
        self.world = world
        self.limits = limits

    def answer(self, request: Request) -> Answer:
        """Answer one call and record it."""
        world = self.world
        with world.editing():
            answer = self._answer(request)
            shown = {k: v for k, v in request.given.items() if k not in SECRETS}
            ok, error = bool(answer.body.get("ok")), answer.body.get("error")
            world.called(ApiCall(request.name, shown, ok, error, world.now(), answer.status))
        return answer

    def _answer(self, request: Request) -> Answer:
        headers: dict[str, str] = {}
        try:
            method = METHODS.get(request.name)
            if method is None:
                raise Refusal("unknown_method", req_method=request.name)
            headers = self._identify(method, request.token)
            self._admit(method)
            return Answer(self._do(method, request), headers=headers)
        except TooMany as stop:
            return too_many(stop.seconds)
        except Refusal as refusal:
            return Answer({"ok": False, "error": refusal.code, **refusal.extra}, headers=headers)

    def _identify(self, method: Method, token: str) -> dict[str, str]:
        """Check the token; the headers that tell its owner about scopes."""
        if method.token == "none":
            return {}
        check_token(self.world, method.token, token)
        if method.token != "bot":
            return {}
        return {
            "x-oauth-scopes": ",".join(self.world.scopes),
            "x-accepted-oauth-scopes": ",".join(method.scopes),
        }

    def _admit(self, method: Method) -> None:
        """Refuse what a condition, a missing scope or the rate stands in the way of."""
        self.world.conditions.check(method.name)
        check_scopes(self.world, method.scopes)
        wait = self.limits.take_method(method.name, method.tier) if method.tier else 0
        if wait:
            raise TooMany(wait)

    def _do(self, method: Method, request: Request) -> JSON:
        unread = request.was_json and not method.json_ok and method.args
        args = read_arguments(method.args, {} if unread else request.given)
        call = Call(self.world, self.limits, args, request.token)
        body: JSON = {"ok": True, **(method.do(call) or {})}
        if call.warnings:
            body["warning"] = ",".join(call.warnings)
            body.setdefault("response_metadata", {})["warnings"] = call.warnings
        return body


def too_many(seconds: float) -> Answer:
    """HTTP 429 with Retry-After."""
    whole = str(max(1, int(seconds)))
    return Answer({"ok": False, "error": "ratelimited"}, 429, {"Retry-After": whole})


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
