"""Refusals about messages: where they may go, what they may hold, who may change them."""

import urllib.request

import pytest
from slack_sdk import WebClient

from simulator import Simulator
from tests.simulator.refusing import error_of
from tests.simulator.tiny_app import section, tiny_manifest


@pytest.fixture
def room(ana, coffee):
    """The channel with the bot inside."""
    ana.invites_bot(coffee)
    return coffee


@pytest.fixture
def post(web, room):
    def posting(**args):
        return web.chat_postMessage(channel=room.id, **args)

    return posting


def test_the_bot_must_be_in_the_channel(sim, web, coffee):
    args = {"channel": coffee.id, "text": "hi"}
    assert error_of(web.chat_postMessage, **args) == "not_in_channel"
    sim.grant(["chat:write.public"])
    assert web.chat_postMessage(**args)["ok"]


def test_private_and_unknown_channels_are_not_found(sim, web, ana):
    secret = sim.add_channel("secret", members=[ana], private=True)
    for channel in (secret.id, "C404"):
        code = error_of(web.chat_postMessage, channel=channel, text="hi")
        assert code == "channel_not_found"


def test_archived_channels_take_nothing(web, ana, room, post):
    ts = post(text="hi")["ts"]
    ana.archives(room)
    assert error_of(post, text="hi") == "is_archived"
    args = {"channel": room.id, "ts": ts, "text": "ho"}
    assert error_of(web.chat_update, **args) == "is_inactive"
    args = {"channel": room.id, "timestamp": ts, "name": "tada"}
    assert error_of(web.reactions_add, **args) == "is_archived"


def test_a_removed_bot_is_not_in_the_channel(ana, room, post):
    ana.removes_bot(room)
    assert error_of(post, text="hi") == "not_in_channel"


def test_a_user_id_as_channel_opens_the_dm(web, ana):
    answer = web.chat_postMessage(channel=ana.id, text="hi")
    assert answer["channel"].startswith("D")
    assert web.conversations_open(users=ana.id)["channel"]["id"] == answer["channel"]


def test_deactivated_people_and_bots_get_no_dm(sim, web, ana):
    dm = web.chat_postMessage(channel=ana.id, text="hi")["channel"]
    ana.is_deactivated()
    assert error_of(web.chat_postMessage, channel=ana.id, text="hi") == "channel_not_found"
    assert error_of(web.chat_postMessage, channel=dm, text="hi") == "channel_not_found"
    robot = sim.add_person("Robot", bot=True)
    assert error_of(web.chat_postMessage, channel=robot.id, text="hi") == "cannot_dm_bot"


def test_without_a_messages_tab_direct_messages_fail():
    home = {"home_tab_enabled": False, "messages_tab_enabled": False}
    with Simulator(tiny_manifest(app_home=home)) as sim:
        web = WebClient(sim.bot_token, base_url=sim.api_url)
        ana = sim.add_person("Ana Ruiz")
        code = error_of(web.chat_postMessage, channel=ana.id, text="hi")
        assert code == "messages_tab_disabled"
        view = {"type": "home", "blocks": [section("hi")]}
        assert error_of(web.views_publish, user_id=ana.id, view=view) == "not_enabled"


def test_a_message_must_say_something(web, room):
    assert error_of(web.api_call, "chat.postMessage", json={"channel": room.id}) == "no_text"
    empty = {"channel": room.id, "text": "  ", "blocks": []}
    assert error_of(web.api_call, "chat.postMessage", json=empty) == "no_text"


def test_very_long_texts_are_cut_with_a_warning(post):
    answer = post(text="x" * 40_001)
    assert answer["warning"] == "message_truncated"
    assert len(answer["message"]["text"]) == 40_000


def test_an_update_takes_at_most_4000_characters(web, room, post):
    ts = post(text="hi")["ts"]
    args = {"channel": room.id, "ts": ts}
    assert error_of(web.chat_update, **args, text="x" * 4001) == "msg_too_long"
    assert web.chat_update(**args, text="x" * 4000)["ok"]


def test_only_own_messages_can_be_changed_or_deleted(sim, web, ana, room):
    ana.says("mine", in_=room)
    theirs = {"channel": room.id, "ts": sim.messages(room)[-1].ts}
    assert error_of(web.chat_update, **theirs, text="ours") == "cant_update_message"
    assert error_of(web.chat_delete, **theirs) == "cant_delete_message"
    nothing = {"channel": room.id, "ts": "1.000001"}
    assert error_of(web.chat_update, **nothing, text="x") == "message_not_found"
    assert error_of(web.chat_delete, **nothing) == "message_not_found"


def test_an_update_by_user_id_is_refused(web, ana):
    ts = web.chat_postMessage(channel=ana.id, text="hi")["ts"]
    code = error_of(web.chat_update, channel=ana.id, ts=ts, text="ho")
    assert code == "channel_not_found"


def test_an_update_keeps_what_it_leaves_out(web, room, post, ana):
    metadata = {"event_type": "greeting", "event_payload": {"n": 1}}
    ts = post(text="hi", blocks=[section("Hi block")], metadata=metadata)["ts"]
    changed = web.chat_update(channel=room.id, ts=ts, text="ho")["message"]
    assert changed["blocks"][0]["text"]["text"] == "Hi block"
    assert changed["metadata"] == metadata
    cleared = web.chat_update(channel=room.id, ts=ts, text="ho", blocks=[], metadata={})
    assert "blocks" not in cleared["message"]
    assert "metadata" not in cleared["message"]


def test_ephemeral_messages_need_a_reader_inside_and_stay_out_of_reach(sim, web, room, ana, bo):
    out = sim.add_person("Out Sider")
    args = {"channel": room.id, "text": "psst"}
    assert error_of(web.chat_postEphemeral, **args, user=out.id) == "user_not_in_channel"
    ts = web.chat_postEphemeral(**args, user=ana.id)["message_ts"]
    ana.sees("psst")
    bo.does_not_see("psst")
    code = error_of(web.chat_update, channel=room.id, ts=ts, text="x")
    assert code == "message_not_found"
    react = {"channel": room.id, "timestamp": ts, "name": "tada"}
    assert error_of(web.reactions_add, **react) == "not_reactable"


def test_blocks_must_be_an_array_of_objects(web, room):
    for wrong in ("[nonsense", {"type": "divider"}, ["divider"]):
        body = {"channel": room.id, "text": "x", "blocks": wrong}
        assert error_of(web.api_call, "chat.postMessage", json=body) == "invalid_blocks_format"


def test_markdown_text_stands_alone(post):
    assert error_of(post, markdown_text="**hi**", text="hi") == "markdown_text_conflict"
    assert error_of(post, markdown_text="x" * 12_001) == "msg_too_long"
    assert post(markdown_text="**hi**")["ok"]


def test_metadata_has_a_form_and_a_size(post):
    def problem(metadata):
        return error_of(post, text="x", metadata=metadata)

    assert problem({"event_type": "x"}) == "invalid_metadata_format"
    assert problem({"event_type": 3, "event_payload": {}}) == "invalid_metadata_format"
    assert problem({"event_type": "x", "event_payload": {"a": "x" * 20_000}}) == (
        "metadata_too_large"
    )


def test_at_most_a_hundred_attachments(post):
    assert error_of(post, text="x", attachments=[{"text": "a"}] * 101) == "too_many_attachments"


def test_another_name_needs_its_scope(sim, post):
    assert error_of(post, text="x", username="Barista") == "missing_scope"
    sim.grant(["chat:write.customize"])
    assert post(text="x", username="Barista")["message"]["username"] == "Barista"


def test_replies_belong_to_the_parent(sim, web, room, post):
    parent = post(text="parent")["ts"]
    reply = post(text="reply", thread_ts=parent)
    nested = post(text="nested", thread_ts=reply["ts"])
    assert nested["message"]["thread_ts"] == parent
    texts = [m["text"] for m in web.conversations_replies(channel=room.id, ts=parent)["messages"]]
    assert texts == ["parent", "reply", "nested"]
    tops = web.conversations_history(channel=room.id)["messages"]
    assert "reply" not in [m["text"] for m in tops]


def test_history_shows_metadata_only_on_request(web, room, post):
    post(text="x", metadata={"event_type": "greeting", "event_payload": {"n": 1}})
    plain = web.conversations_history(channel=room.id)["messages"][0]
    full = web.conversations_history(channel=room.id, include_all_metadata=True)["messages"][0]
    assert plain["metadata"] == {"event_type": "greeting"}
    assert full["metadata"]["event_payload"] == {"n": 1}


def test_reactions_are_checked(web, room, post):
    ts = post(text="hi")["ts"]
    args = {"channel": room.id, "timestamp": ts}
    assert web.reactions_add(**args, name="tada")["ok"]
    assert error_of(web.reactions_add, **args, name="tada") == "already_reacted"
    assert error_of(web.reactions_add, **args, name="no such!") == "invalid_name"
    assert error_of(web.reactions_remove, **args, name="eyes") == "no_reaction"
    gone = {"channel": room.id, "timestamp": "1.000001"}
    assert error_of(web.reactions_add, **gone, name="tada") == "message_not_found"


def test_scheduled_messages_have_their_times(sim, web, room):
    now = sim.world.epoch()
    args = {"channel": room.id, "text": "later"}
    assert error_of(web.chat_scheduleMessage, **args, post_at=now) == "time_in_past"
    far = now + 121 * 86400
    assert error_of(web.chat_scheduleMessage, **args, post_at=far) == "time_too_far"
    waiting = web.chat_scheduleMessage(**args, post_at=now + 60)["scheduled_message_id"]
    listed = web.chat_scheduledMessages_list(channel=room.id)["scheduled_messages"]
    assert [m["id"] for m in listed] == [waiting]
    sim.clock.forward(seconds=61)
    assert sim.messages(room)[-1].text == "later"
    code = error_of(web.chat_deleteScheduledMessage, channel=room.id, scheduled_message_id=waiting)
    assert code == "invalid_scheduled_message_id"


def test_a_scheduled_message_with_metadata_never_posts(sim, web, room):
    at = sim.world.epoch() + 60
    metadata = {"event_type": "x", "event_payload": {}}
    web.chat_scheduleMessage(channel=room.id, text="later", post_at=at, metadata=metadata)
    sim.clock.forward(hours=1)
    assert sim.messages(room)[-1].text != "later"


def test_only_thirty_scheduled_messages_in_five_minutes(sim, web, room):
    at = sim.world.epoch() // 300 * 300 + 600
    for _ in range(30):
        web.chat_scheduleMessage(channel=room.id, text="later", post_at=at)
    args = {"channel": room.id, "text": "later", "post_at": at}
    assert error_of(web.chat_scheduleMessage, **args) == "restricted_too_many"


def test_a_bare_ampersand_is_stored_escaped_and_mentions_are_known(sim, post, room, ana):
    post(text=f"Tea & cake for <@{ana.id}> and @Bo &lt;@{ana.id}&gt;")
    message = sim.messages(room)[-1]
    assert message.text.startswith("Tea &amp; cake")
    assert sim.mentions(message) == [ana.id]
    assert ana.transcript(room).endswith(f"Tea & cake for @Ana and @Bo <@{ana.id}>")


def test_uploads_take_three_steps_in_order(sim, web, room, ana):
    args = {"filename": "plan.ics", "length": 5}
    assert error_of(web.files_getUploadURLExternal, filename="x", length=0) == "missing_argument"
    ticket = web.files_getUploadURLExternal(**args)
    done = {"files": [{"id": ticket["file_id"], "title": "Plan"}], "channel_id": room.id}
    assert error_of(web.files_completeUploadExternal, **done) == "file_not_found"
    request = urllib.request.Request(ticket["upload_url"], data=b"BEGIN")
    with urllib.request.urlopen(request) as answer:
        assert (answer.status, answer.read()) == (200, b"OK - 5")
    assert web.files_completeUploadExternal(**done)["files"][0]["title"] == "Plan"
    assert [(f.name, f.content) for f in ana.files] == [("plan.ics", b"BEGIN")]
    assert error_of(web.files_completeUploadExternal, **done) == "file_not_found"


def test_a_file_is_shared_only_where_the_bot_is(web, coffee):
    args = {"filename": "a.txt", "content": "hello", "channel": coffee.id}
    assert error_of(web.files_upload_v2, **args) == "not_in_channel"


def test_the_clients_own_upload_helper_works(web, room, ana):
    web.files_upload_v2(filename="a.txt", content="hello", channel=room.id, title="A")
    assert ana.files[0].content == b"hello"
    assert "(file: a.txt)" in ana.transcript(room)


def test_permalinks_exist_for_messages_only(web, room, post):
    ts = post(text="hi")["ts"]
    link = web.chat_getPermalink(channel=room.id, message_ts=ts)["permalink"]
    assert link.endswith(f"/archives/{room.id}/p{ts.replace('.', '')}")
    code = error_of(web.chat_getPermalink, channel=room.id, message_ts="1.000001")
    assert code == "message_not_found"
