"""A Web API call as it came over HTTP: its arguments, however encoded, and who calls."""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

from simulator.world.records import JSON, Refusal

FORMS = ("application/x-www-form-urlencoded", "text/plain")


@dataclass(frozen=True, slots=True)
class Request:
    """One call: the method's name, what was given, and the Authorization header."""

    name: str
    given: JSON
    was_json: bool
    authorization: str

    @property
    def token(self) -> str:
        """The token, from the header or (not in JSON) among the arguments; "" without one."""
        if self.authorization.startswith("Bearer "):
            return self.authorization.removeprefix("Bearer ").strip()
        return "" if self.was_json else str(self.given.get("token") or "")


def read_request(name: str, headers: Mapping[str, str], query: JSON, body: bytes) -> Request:
    """The call that this HTTP request makes. Raises Refusal for a broken body."""
    given, was_json = _read_body(headers.get("Content-Type", ""), query, body)
    authorization = headers.get("Authorization", "")
    _name_client(given, authorization)
    return Request(name, given, was_json, authorization)


def _read_body(content_type: str, query: JSON, body: bytes) -> tuple[JSON, bool]:
    """The arguments sent, and whether they came as JSON."""
    given = dict(query)
    if content_type.startswith("application/json"):
        given.update(_read_json(body))
        return given, True
    if body and not content_type.startswith(FORMS):
        raise Refusal("invalid_post_type" if content_type else "missing_post_type")
    if body:
        try:
            given.update(parse_qsl(body.decode(), keep_blank_values=True))
        except UnicodeDecodeError:
            raise Refusal("invalid_form_data") from None
    return given, False


def _read_json(body: bytes) -> JSON:
    if not body.strip():
        return {}
    try:
        parsed = json.loads(body)
    except ValueError:
        raise Refusal("invalid_json") from None
    if not isinstance(parsed, dict):
        raise Refusal("json_not_object")
    return parsed


def _name_client(given: JSON, authorization: str) -> None:
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
