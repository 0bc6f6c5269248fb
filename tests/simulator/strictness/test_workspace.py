"""Refusals that come from the workspace: its admins' settings, its plan, its moves; and Slack's."""

from datetime import timedelta

import pytest
from slack_sdk import WebClient

from simulator.world.conditions import CONDITIONS, POSTING
from tests.simulator.refusing import error_of
from tests.simulator.tiny_app import section

RICH = {
    "type": "rich_text",
    "elements": [
        {"type": "rich_text_section", "elements": [{"type": "text", "text": "Hello"}]},
    ],
}


@pytest.fixture
def room(ana, coffee):
    """The channel with the bot inside."""
    ana.invites_bot(coffee)
    return coffee


def test_what_stands_in_the_way_refuses_its_methods_until_it_is_gone(sim, web, room, ana):
    slack = WebClient(sim.bot_token, base_url=sim.api_url, retry_handlers=[])
    calls = {
        "": web.auth_test,
        "chat.": lambda: web.chat_postMessage(channel=room.id, text="hi"),
        "chat.postMessage": lambda: web.chat_postMessage(channel=ana.id, text="hi"),
        "conversations.members": lambda: web.conversations_members(channel=room.id),
        "files.getUploadURLExternal": (
            lambda: web.files_getUploadURLExternal(filename="a.ics", length=1)
        ),
        "apps.connections.open": lambda: slack.apps_connections_open(app_token=sim.app_token),
    }
    for code, methods in CONDITIONS.items():
        sim.conditions.begin(code)
        assert {method: error_of(calls[method]) for method in methods} == dict.fromkeys(
            methods, code
        )
        if methods != ("",):
            assert web.auth_test()["ok"], code
        sim.conditions.end(code)
    assert all(call()["ok"] for call in calls.values())


def test_only_words_of_slack_s_can_stand_in_the_way(sim):
    with pytest.raises(KeyError):
        sim.conditions.begin("bad_weather")


def test_an_expired_token_says_so(sim, web):
    sim.expire_token()
    assert error_of(web.auth_test) == "token_expired"


def test_an_error_does_not_mean_that_nothing_was_done(sim, web, room):
    sim.faults.half_fail_next("chat.postMessage", "fatal_error")
    code = error_of(web.chat_postMessage, channel=room.id, text="hi")
    assert (code, sim.messages(room)[-1].text) == ("fatal_error", "hi")


def test_admins_decide_who_may_write_in_a_channel(web, bo, room):
    first = web.chat_postMessage(channel=room.id, text="before")["ts"]
    for code, (new, reply) in POSTING.items():
        bo.restricts(room, code)
        for forbidden, where in ((new, {}), (reply, {"thread_ts": first})):
            post = {"channel": room.id, "text": "hi", **where}
            if forbidden:
                assert error_of(web.chat_postMessage, **post) == code
            else:
                assert web.chat_postMessage(**post)["ok"]
    bo.restricts(room)
    only_you = {"channel": room.id, "user": bo.id, "text": "psst"}
    assert error_of(web.chat_postEphemeral, **only_you) == "restricted_action"
    assert web.chat_update(channel=room.id, ts=first, text="changed")["ok"]
    bo.restricts(room, "")
    assert web.chat_postMessage(channel=room.id, text="again")["ok"]


def test_messages_may_be_changed_only_for_so_long(sim, web, room):
    ts = web.chat_postMessage(channel=room.id, text="one")["ts"]
    change = {"channel": room.id, "ts": ts, "text": "two"}
    sim.conditions.edit_window = timedelta(minutes=5)
    sim.clock.forward(minutes=5)
    assert web.chat_update(**change)["ok"]
    sim.clock.forward(seconds=1)
    assert error_of(web.chat_update, **change) == "edit_window_closed"


def test_rich_text_is_replaced_by_rich_text_or_by_none(web, room):
    ts = web.chat_postMessage(channel=room.id, text="Hello", blocks=[RICH])["ts"]
    change = {"channel": room.id, "ts": ts, "text": "Hello"}
    assert error_of(web.chat_update, **change, blocks=[section("Hi")]) == "block_mismatch"
    assert web.chat_update(**change, blocks=[RICH, section("Hi")])["ok"]
    assert web.chat_update(**change, blocks=[])["ok"]


def test_a_new_message_has_room_for_so_much_text_in_all_its_blocks(web, room):
    full = [section("x" * 3000)] * 4
    post = {"channel": room.id, "text": "long"}
    assert web.chat_postMessage(**post, blocks=full)["ok"]
    code = error_of(web.chat_postMessage, **post, blocks=[*full, section("x")])
    assert code == "msg_blocks_too_long"
