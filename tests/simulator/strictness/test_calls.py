"""Refusals any method can meet: tokens, scopes, arguments, bodies, limits."""

import json
import urllib.request

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from tests.simulator.refusing import complaint_of, error_of, refused
from tests.simulator.tiny_app import SCOPES


def raw(sim, method, body=b"", content_type="application/x-www-form-urlencoded", token=None):
    """One POST without any client between; returns the JSON answer and its headers."""
    headers = {"Content-Type": content_type} if content_type else {}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    request = urllib.request.Request(sim.api_url + method, data=body, headers=headers)
    with urllib.request.urlopen(request) as answer:
        return json.loads(answer.read()), answer.headers


def client(sim, token):
    return WebClient(token, base_url=sim.api_url, retry_handlers=[])


def test_an_unknown_method_is_refused(web):
    assert error_of(web.api_call, "coffee.make") == "unknown_method"


def test_a_retired_method_is_refused(web):
    assert error_of(web.api_call, "files.upload") == "method_deprecated"


def test_no_token_is_not_authed(sim):
    assert error_of(client(sim, None).auth_test) == "not_authed"


def test_a_token_in_a_json_body_does_not_count(sim):
    body = json.dumps({"token": sim.bot_token}).encode()
    assert raw(sim, "auth.test", body, "application/json")[0]["error"] == "not_authed"


def test_an_unknown_token_is_invalid(sim):
    assert error_of(client(sim, "xoxb-nobody").auth_test) == "invalid_auth"


def test_the_app_token_only_opens_connections(sim, web):
    app = client(sim, sim.app_token)
    assert error_of(app.auth_test) == "not_allowed_token_type"
    assert error_of(web.apps_connections_open, app_token=sim.bot_token) == "not_allowed_token_type"
    assert app.apps_connections_open(app_token=sim.app_token)["url"].startswith("ws://127.0.0.1")


def test_a_revoked_token_says_so(sim, web):
    sim.revoke_token()
    assert error_of(web.auth_test) == "token_revoked"


def test_auth_revoke_kills_the_token_it_came_with(web):
    assert web.auth_revoke(test=True)["revoked"] is False
    assert web.auth_revoke()["revoked"] is True
    assert error_of(web.auth_test) == "token_revoked"


def test_after_an_uninstall_the_account_is_inactive_until_installed_again(sim, web):
    sim.uninstall()
    assert error_of(web.auth_test) == "account_inactive"
    assert client(sim, sim.install()).auth_test()["ok"]


def test_uninstalling_by_api_needs_the_right_client(sim, web):
    wrong = {"client_id": "1.2", "client_secret": "x"}
    assert error_of(web.apps_uninstall, **wrong) == "invalid_client_id"
    sim.limits.clear()
    right = {"client_id": sim.world.client_id, "client_secret": sim.world.client_secret}
    assert web.apps_uninstall(**right)["ok"]
    assert error_of(web.auth_test) == "account_inactive"


def test_a_missing_scope_names_what_is_needed_and_what_is_there(sim, web, ana):
    sim.take_away(["users:read"])
    body = refused(web.users_info, user=ana.id)
    assert body["error"] == "missing_scope"
    assert body["needed"] == "users:read"
    assert "chat:write" in body["provided"].split(",")
    sim.grant(["users:read"])
    assert web.users_info(user=ana.id)["ok"]


@pytest.mark.parametrize(
    ("method", "scope", "args"),
    [
        ("chat.postMessage", "chat:write", {"channel": "C1", "text": "x"}),
        ("users.lookupByEmail", "users:read.email", {"email": "a@example.com"}),
        ("dnd.info", "dnd:read", {}),
        ("usergroups.list", "usergroups:read", {}),
        ("team.info", "team:read", {}),
        ("users.profile.get", "users.profile:read", {}),
        ("reactions.add", "reactions:write", {"channel": "C1", "timestamp": "1", "name": "x"}),
        ("files.getUploadURLExternal", "files:write", {"filename": "a", "length": 1}),
        ("conversations.join", "channels:join", {"channel": "C1"}),
    ],
)
def test_each_method_wants_its_scope(sim, web, method, scope, args):
    sim.take_away([scope])
    body = refused(web.api_call, method, params=args)
    assert (body["error"], body["needed"]) == ("missing_scope", scope)


def test_scopes_of_conversations_depend_on_their_kind(sim, web, ana, bo):
    secret = sim.add_channel("secret", members=[ana, bo], private=True)
    ana.invites_bot(secret)
    sim.take_away(["groups:read"])
    assert refused(web.conversations_info, channel=secret.id)["needed"] == "groups:read"
    assert refused(web.conversations_list, types="private_channel")["needed"] == "groups:read"
    sim.take_away(["mpim:write"])
    body = refused(web.conversations_open, users=[ana.id, bo.id])
    assert (body["error"], body["needed"]) == ("missing_scope", "mpim:write")


def test_answers_list_the_scopes_in_a_header(web):
    assert web.auth_test().headers["x-oauth-scopes"].split(",") == SCOPES


def test_missing_arguments_are_named(web):
    assert complaint_of(web.api_call, "chat.postMessage", json={"text": "x"}) == (
        "[ERROR] missing required field: channel"
    )
    assert error_of(web.api_call, "users.info") == "invalid_arguments"


def test_arguments_of_the_wrong_type_are_named(web):
    wrong = {"channel": {"id": "C1"}, "text": "x"}
    complaint = complaint_of(web.api_call, "chat.postMessage", json=wrong)
    assert complaint == "[ERROR] must provide a string [json-pointer:/channel]"
    wrong = {"limit": "many"}
    assert "must provide a number" in complaint_of(web.api_call, "users.list", params=wrong)


def test_json_null_means_left_out(web, sim, ana):
    body = {"channel": ana.id, "text": "hi", "thread_ts": None, "blocks": None}
    assert web.api_call("chat.postMessage", json=body)["ok"]


def test_broken_bodies_are_refused(sim):
    def error(*args):
        return raw(sim, "auth.test", *args, token=sim.bot_token)[0]["error"]

    assert error(b"{nonsense", "application/json") == "invalid_json"
    assert error(b"[1]", "application/json") == "json_not_object"
    assert error(b"<x/>", "text/xml") == "invalid_post_type"
    assert error(b"\xff\xfe=1") == "invalid_form_data"


def test_json_is_not_read_where_slack_takes_only_forms(sim, web, ana):
    body = refused(web.api_call, "users.info", json={"user": ana.id})
    assert body["error"] == "invalid_arguments"


def test_structured_arguments_may_come_as_json_text_in_a_form(web, ana):
    blocks = json.dumps([{"type": "divider"}])
    assert web.api_call("chat.postMessage", data={"channel": ana.id, "blocks": blocks})["ok"]


def test_a_get_with_a_query_is_answered(sim, ana):
    query = f"users.info?user={ana.id}"
    request = urllib.request.Request(
        sim.api_url + query, headers={"Authorization": f"Bearer {sim.bot_token}"}
    )
    with urllib.request.urlopen(request) as answer:
        assert json.loads(answer.read())["user"]["id"] == ana.id


@pytest.mark.parametrize(
    ("method", "most"), [("users.list", 20), ("team.info", 50), ("users.info", 100)]
)
def test_each_tier_allows_so_many_calls_a_minute(sim, web, ana, method, most):
    args = {"user": ana.id} if method == "users.info" else {}
    for _ in range(most):
        web.api_call(method, params=args)
    with pytest.raises(SlackApiError) as caught:
        web.api_call(method, params=args)
    answer = caught.value.response
    assert (answer.status_code, answer["error"]) == (429, "ratelimited")
    sim.clock.forward(seconds=int(answer.headers["Retry-After"]))
    assert web.api_call(method, params=args)["ok"]


def test_a_limited_method_does_not_block_the_others(sim, web, ana):
    for _ in range(20):
        web.users_list()
    assert error_of(web.users_list) == "ratelimited"
    assert web.users_info(user=ana.id)["ok"]


def test_posting_is_limited_to_one_a_second_and_channel(sim, web, ana, bo):
    for _ in range(10):
        web.chat_postMessage(channel=ana.id, text="hi")
    with pytest.raises(SlackApiError) as caught:
        web.chat_postMessage(channel=ana.id, text="hi")
    assert caught.value.response.headers["Retry-After"] == "1"
    assert web.chat_postMessage(channel=bo.id, text="hi")["ok"]
    sim.clock.forward(seconds=1)
    assert web.chat_postMessage(channel=ana.id, text="hi")["ok"]


def test_posting_is_limited_for_the_whole_workspace(sim):
    waits = [sim.limits.take_post(f"C{number}") for number in range(301)]
    assert waits == [0] * 300 + [1]


def test_odd_argument_names_are_refused(web):
    assert error_of(web.api_call, "auth.test", params={"a-b": "c"}) == "invalid_arg_name"


def test_tokens_do_not_rotate_here(sim, web):
    pair = {"client_id": sim.world.client_id, "client_secret": sim.world.client_secret}
    refresh = {"grant_type": "refresh_token", "refresh_token": "xoxe-1"}
    assert error_of(web.oauth_v2_access, **pair, **refresh) == "invalid_refresh_token"
    assert error_of(web.oauth_v2_exchange, token=sim.bot_token, **pair) == (
        "token_rotation_not_enabled"
    )


def test_limits_can_be_switched_off(sim, web):
    sim.rate_limits = False
    assert all(web.users_list()["ok"] for _ in range(30))


def test_every_call_is_recorded(sim, web, ana):
    web.users_info(user=ana.id)
    error_of(web.users_info, user="U404")
    last = [(c.method, c.args, c.ok, c.error) for c in sim.calls[-2:]]
    assert last == [
        ("users.info", {"user": ana.id}, True, None),
        ("users.info", {"user": "U404"}, False, "user_not_found"),
    ]


def test_an_installation_code_works_once(sim, ana):
    web, world = client(sim, None), sim.world
    pair = {"client_id": world.client_id, "client_secret": world.client_secret}
    code = sim.authorize(ana, "https://example.com/back")
    assert error_of(web.oauth_v2_access, **pair, code="no") == "invalid_code"
    wrong = {**pair, "client_secret": "no"}
    assert error_of(web.oauth_v2_access, **wrong, code=code) == "bad_client_secret"
    back = {"redirect_uri": "https://example.com/back"}
    granted = web.oauth_v2_access(**pair, code=code, **back)
    assert granted["authed_user"]["id"] == ana.id
    assert client(sim, granted["access_token"]).auth_test()["team_id"] == sim.team_id
    assert error_of(web.oauth_v2_access, **pair, code=code, **back) == "invalid_code"


def test_a_code_is_bound_to_its_redirect(sim, ana):
    web, world = client(sim, None), sim.world
    pair = {"client_id": world.client_id, "client_secret": world.client_secret}
    code = sim.authorize(ana, "https://example.com/back")
    args = {**pair, "code": code, "redirect_uri": "https://example.com/other"}
    assert error_of(web.oauth_v2_access, **args) == "bad_redirect_uri"
