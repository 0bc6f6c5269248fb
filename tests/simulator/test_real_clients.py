"""What real clients rely on: each was found by one that knows Slack and not this simulator."""

import json
import urllib.request

import pytest

from tests.simulator.refusing import refused
from tests.simulator.tiny_app import actions, button, form, section

BOUNDARY = "a-line-between"


def posted(url, parts, token=None):
    """The answer to a form of several parts, as Slack's Node client sends files."""
    body = b""
    for name, content in parts.items():
        head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"'
        head += '; filename="notes.txt"' if isinstance(content, bytes) else ""
        content = content if isinstance(content, bytes) else content.encode()
        body += head.encode() + b"\r\n\r\n" + content + b"\r\n"
    headers = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
    headers |= {"Authorization": f"Bearer {token}"} if token else {}
    request = urllib.request.Request(url, body + f"--{BOUNDARY}--\r\n".encode(), headers)
    with urllib.request.urlopen(request, timeout=30) as answer:
        return answer.read().decode()


@pytest.fixture
def room(ana, coffee):
    ana.invites_bot(coffee)
    return coffee


def test_a_file_may_come_as_a_part_of_a_form(web, room, ana):
    upload = web.files_getUploadURLExternal(filename="notes.txt", length=5)
    assert posted(upload["upload_url"], {"filename": b"notes"}) == "OK - 5"
    web.files_completeUploadExternal(files=[{"id": upload["file_id"]}], channel_id=room.id)
    assert [(file.name, file.content) for file in ana.files] == [("notes.txt", b"notes")]


def test_a_call_may_come_as_a_form_of_several_parts(sim, room):
    parts = {"channel": room.id, "text": "in parts"}
    answer = json.loads(posted(f"{sim.api_url}chat.postMessage", parts, sim.bot_token))
    assert (answer["ok"], answer["message"]["text"]) == (True, "in parts")


def test_a_broken_form_is_refused_as_such(sim):
    headers = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
    request = urllib.request.Request(f"{sim.api_url}api.test", b"no line between", headers)
    with urllib.request.urlopen(request, timeout=30) as answer:
        assert json.load(answer)["error"] == "invalid_form_data"


def test_a_thousand_channels_may_be_asked_for_at_once(web, room):
    assert [c["name"] for c in web.conversations_list(limit=1000)["channels"]] == ["coffee"]


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("2 < 3 & 5 > 4", "2 &lt; 3 &amp; 5 &gt; 4"),
        ("I <3 <b>tea</b>", "I &lt;3 &lt;b&gt;tea&lt;/b&gt;"),
        ("already &lt;b&gt; &amp; so", "already &lt;b&gt; &amp; so"),
        ("<@U0SM00001> <#C1|tea> <!here> <!date^1^{date}|x>", None),
        ("<https://example.com?a=1&b=2|a link>", "<https://example.com?a=1&amp;b=2|a link>"),
        ("<mailto:ana@example.com> <example.com|here>", None),
    ],
)
def test_angles_that_are_no_marks_are_kept_as_entities(web, room, sent, kept):
    block = {"type": "section", "text": {"type": "mrkdwn", "text": sent}}
    message = web.chat_postMessage(channel=room.id, text=sent, blocks=[block])["message"]
    assert message["text"] == (kept or sent)
    assert message["blocks"][0]["text"]["text"] == (kept or sent)
    assert web.conversations_setTopic(channel=room.id, topic=sent)["channel"]["topic"]["value"] == (
        kept or sent
    )


def test_plain_text_is_kept_as_entities_and_read_as_it_was_meant(web, tiny, ana):
    press = button("Q & A <now>", "pick")
    web.chat_postMessage(channel=ana.id, text="x", blocks=[actions(press)])
    assert ana.transcript() == "Tiny: [Q & A <now>]"
    ana.presses("Q & A <now>")
    assert tiny.wait_event("pick")["actions"][0]["text"]["text"] == "Q &amp; A &lt;now&gt;"


def test_blocks_come_back_with_what_slack_fills_in(web, room):
    blocks = [section("*Go?*", accessory=button("Go", "go")), actions({**button("No", "no")})]
    blocks[1]["elements"][0].pop("action_id")
    kept = web.chat_postMessage(channel=room.id, text="x", blocks=blocks)["message"]["blocks"]
    assert kept[0]["text"] == {"type": "mrkdwn", "text": "*Go?*", "verbatim": False}
    assert kept[0]["accessory"]["text"] == {"type": "plain_text", "text": "Go", "emoji": True}
    assert kept[0]["accessory"]["action_id"] == "go"
    ids = [kept[0]["block_id"], kept[1]["block_id"], kept[1]["elements"][0]["action_id"]]
    assert len({*ids}) == 3
    assert all(len(one) == 5 for one in ids)


def test_no_emoji_stay_none_and_titles_of_forms_are_completed_too(web, tiny, ana):
    ana.types("/tiny x")
    label = {"type": "plain_text", "text": "As it is", "emoji": False}
    view = web.views_open(trigger_id=tiny.last_command["trigger_id"], view=form(section("x")))
    name = {**form()["blocks"][0], "label": label}
    view = web.views_update(view_id=view["view"]["id"], view=form(blocks=[name]))["view"]
    assert view["title"] == {"type": "plain_text", "text": "Settings", "emoji": True}
    assert view["blocks"][0]["label"] == label


def test_blocks_get_another_id_each_time_so_only_those_named_keep_what_is_typed(web, tiny, ana):
    ana.types("/tiny x")
    field = {**form()["blocks"][0], "optional": True}
    unnamed = {name: value for name, value in field.items() if name != "block_id"}
    drawn = form(blocks=[field, {**unnamed, "label": {"type": "plain_text", "text": "Other"}}])
    view = web.views_open(trigger_id=tiny.last_command["trigger_id"], view=drawn)["view"]
    ana.fills("Settings", {"Name": "kept", "Other": "lost"}, submit=False)
    web.views_update(view_id=view["id"], view=drawn)
    assert ana.modal == "Settings\nName: {kept}\nOther: {}\n[Save]"


def test_blocks_of_attachments_and_cards_are_completed_too(web, room):
    card = {"type": "card", "title": {"type": "plain_text", "text": "Tea"}}
    blocks = [{"type": "carousel", "elements": [card]}]
    attachments = [{"blocks": [section("Inside")]}]
    sent = web.chat_postMessage(channel=room.id, text="x", blocks=blocks, attachments=attachments)
    assert sent["message"]["blocks"][0]["elements"][0]["block_id"]
    assert sent["message"]["attachments"][0]["blocks"][0]["block_id"]


def test_a_test_call_gives_back_all_that_it_was_given(web):
    assert web.api_test(foo="bar")["args"] == {"foo": "bar"}
    as_json = web.api_call("api.test", json={"foo": "bar", "list": [1, 2]})
    assert as_json["args"] == {"foo": "bar", "list": [1, 2]}
    assert refused(web.api_test, error="my_error", foo="bar") == {
        "ok": False,
        "error": "my_error",
        "args": {"error": "my_error", "foo": "bar"},
    }


def test_a_message_with_a_thread_says_how_far_it_has_come(web, room, ana, bo):
    parent = web.chat_postMessage(channel=room.id, text="Tea?")
    ana.says("Yes", in_=room, thread=parent["ts"])
    bo.says("No", in_=room, thread=parent["ts"])
    ana.says("Later", in_=room, thread=parent["ts"])
    last = web.conversations_replies(channel=room.id, ts=parent["ts"])["messages"]
    shown = web.conversations_history(channel=room.id, limit=1)["messages"][0]
    assert (shown["thread_ts"], shown["reply_count"]) == (parent["ts"], 3)
    assert (shown["reply_users"], shown["reply_users_count"]) == ([ana.id, bo.id], 2)
    assert shown["latest_reply"] == last[-1]["ts"]
    assert last[0]["reply_count"] == 3
    assert last[1]["parent_user_id"] == parent["message"]["user"]
    assert "reply_count" not in last[1]


def test_what_an_app_changed_was_changed_by_its_bot(sim, web, room):
    sent = web.chat_postMessage(channel=room.id, text="Tea?")
    changed = web.chat_update(channel=room.id, ts=sent["ts"], text="Coffee?")
    assert changed["message"]["edited"]["user"] == sim.world.bot_id


@pytest.mark.parametrize(
    ("block", "complaint"),
    [
        (
            {
                "type": "rich_text",
                "elements": [
                    {"type": "rich_text_section", "elements": [{"type": "text", "text": ""}]}
                ],
            },
            "must be more than 0 characters [json-pointer:/blocks/0/elements/0/elements/0/text]",
        ),
        (
            {"type": "file", "external_id": "ABCD1", "source": "remote"},
            "unsupported type: file [json-pointer:/blocks/0/type]",
        ),
    ],
)
def test_what_slack_takes_from_nobody_is_refused(web, room, block, complaint):
    body = refused(web.chat_postMessage, channel=room.id, text="x", blocks=[block])
    assert body["error"] == "invalid_blocks"
    assert body["response_metadata"]["messages"] == [f"[ERROR] {complaint}"]
