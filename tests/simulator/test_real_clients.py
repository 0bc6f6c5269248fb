"""What real clients rely on: each was found by one that knows Slack and not this simulator."""

import json
import urllib.request

import pytest

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
