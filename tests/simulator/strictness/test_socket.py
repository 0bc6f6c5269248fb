"""Socket Mode and response_urls: deadlines, redelivery, connections, lost and doubled events."""

import json
import socket
import urllib.error
import urllib.request

import pytest
from slack_sdk import WebClient
from slack_sdk.socket_mode import SocketModeClient
from slack_sdk.socket_mode.response import SocketModeResponse

from simulator import Simulator
from tests.simulator.refusing import error_of
from tests.simulator.tiny_app import TinyApp, tiny_manifest


class Plain:
    """A bare Socket Mode client that notes envelopes and acknowledges when told to."""

    def __init__(self, sim, ack=True):
        self.sim, self.ack, self.envelopes, self.frames = sim, ack, [], []
        web = WebClient(sim.bot_token, base_url=sim.api_url)
        self.client = SocketModeClient(sim.app_token, web_client=web, auto_reconnect_enabled=False)
        self.client.socket_mode_request_listeners.append(self._request)
        self.client.message_listeners.append(self._frame)

    def _frame(self, client, message, raw):
        with self.sim.world.editing():
            self.frames.append(message)

    def _request(self, client, request):
        with self.sim.world.editing():
            self.envelopes.append(request)
        if self.ack:
            client.send_socket_mode_response(SocketModeResponse(request.envelope_id))

    def wait_frames(self, kind, count=1):
        def enough():
            return [f for f in self.frames if f.get("type") == kind][count - 1 :]

        assert self.sim.wait_for(enough), self.frames
        return [f for f in self.frames if f.get("type") == kind]

    def __enter__(self):
        before = len(self.sim.hub.connections)
        self.client.connect()
        self.sim.wait_connected(connections=before + 1)
        return self

    def __exit__(self, *exc):
        class Handler:
            client = self.client
            close = self.client.close

        self.sim.close_client(Handler)


def test_the_first_frame_says_hello(sim):
    with Plain(sim) as app:
        hello = app.wait_frames("hello")[0]
        assert hello["connection_info"] == {"app_id": sim.app_id}
        assert hello["num_connections"] == 1


def test_an_event_not_acknowledged_comes_again_with_the_same_id(sim, ana):
    sim.ack_timeout = 0.05
    with Plain(sim, ack=False) as app:
        ana.changes(title="Barista")
        frames = app.wait_frames("events_api", 4)
    assert [f["retry_attempt"] for f in frames] == [0, 1, 2, 3]
    assert [f["retry_reason"] for f in frames] == ["", "timeout", "timeout", "timeout"]
    assert len({f["payload"]["event_id"] for f in frames}) == 1
    assert len({f["envelope_id"] for f in frames}) == 4


def test_a_channel_that_is_offered_to_another_company_has_another_id(sim, web, ana, coffee):
    old = coffee.id
    ana.invites_bot(coffee)
    posted = web.chat_postMessage(channel=old, text="before")["ts"]
    with Plain(sim) as app:
        new = ana.begins_to_share(coffee)
        event = app.wait_frames("events_api")[-1]["payload"]["event"]
    names = {"old_channel_id": old, "new_channel_id": new}
    assert event == {"type": "channel_id_changed", **names, "event_ts": event["event_ts"]}
    assert error_of(web.chat_postMessage, channel=old, text="lost") == "channel_not_found"
    assert web.chat_update(channel=new, ts=posted, text="after")["channel"] == new


def test_a_command_not_acknowledged_times_out_and_is_not_sent_again(sim, ana):
    sim.ack_timeout = 0.05
    with Plain(sim, ack=False) as app:
        assert ana.types("/tiny x") == '/tiny failed with the error "operation_timeout"'
        sim.wait_quiet()
        assert len(app.wait_frames("slash_commands")) == 1


def test_an_acknowledgement_after_the_deadline_does_not_count(sim, ana, coffee):
    sim.ack_timeout = 0.1
    with TinyApp(sim) as app:
        assert "operation_timeout" in ana.types("/tiny silent", in_=coffee)
        app.release.set()
        ana.does_not_see("You said")


def test_without_a_connection_a_command_cannot_be_dispatched(sim, ana):
    assert ana.types("/tiny x") == '/tiny failed with the error "dispatch_failed"'


def test_an_unknown_command_never_leaves_slack(tiny, ana):
    assert ana.types("/teapot") == "/teapot is not a command that this workspace knows."
    assert [b for b in tiny.bodies if "command" in b] == []


def test_strangers_have_no_commands(sim, tiny, ana):
    guest = sim.add_person("Sam Outside", stranger=True)
    shared = sim.add_channel("shared", members=[ana, guest])
    assert "is not a command" in guest.types("/tiny x", in_=shared)


def test_commands_do_not_work_in_threads(sim, tiny, ana, coffee):
    outcome = sim.actions.run_command(ana.id, coffee.id, "/tiny x", thread_ts="1.000001")
    assert outcome.error == "thread"


def test_mentions_in_commands_are_escaped_only_on_request(tiny, ana, bo, coffee):
    ana.types(f"/tiny not with <@{bo.id}>", in_=coffee)
    assert tiny.last_command["text"] == "not with @bo.lind"
    ana.types("/loud not with @Bo Lind", in_=coffee)
    assert tiny.last_command["text"] == f"not with <@{bo.id}|bo.lind>"


def test_events_without_a_connection_are_lost(sim, ana):
    ana.changes(title="Barista")
    sim.wait_quiet()
    assert [e["event"]["type"] for e in sim.hub.lost_events][-1] == "user_change"


def test_an_unsubscribed_event_is_not_sent(sim, ana, coffee):
    sim.world.scopes.remove("channels:read")
    with Plain(sim) as app:
        ana.invites_bot(coffee)
        ana.renames(coffee, "tea")
        assert [e.type for e in app.envelopes if e.type == "events_api"] == []


def test_each_payload_goes_to_any_one_connection(sim, ana):
    with Plain(sim) as one, Plain(sim) as two:
        for number in range(6):
            ana.changes(title=str(number))
        sim.wait_for(lambda: len(one.envelopes) + len(two.envelopes) >= 6)
        assert len(one.envelopes) + len(two.envelopes) == 6
        assert one.envelopes
        assert two.envelopes


def raw_connection(sim):
    """A WebSocket opened by hand; returns the socket after the handshake, with the answer."""
    web = WebClient(base_url=sim.api_url)
    url = web.apps_connections_open(app_token=sim.app_token)["url"]
    path = url.partition("/link/")[2]
    host = url.removeprefix("ws://").partition("/")[0]
    name, port = host.split(":")
    opened = socket.create_connection((name, int(port)), timeout=30)
    lines = [
        f"GET /link/{path} HTTP/1.1",
        f"Host: {host}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Version: 13",
    ]
    opened.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
    return opened


def test_the_eleventh_connection_is_turned_away(sim):
    opened = [raw_connection(sim) for _ in range(10)]
    try:
        sim.wait_connected(connections=10)
        eleventh = raw_connection(sim)
        opened.append(eleventh)
        heard = b""
        while b"too_many_websockets" not in heard:
            heard += eleventh.recv(4096)
    finally:
        for one in opened:
            one.close()


def test_switching_socket_mode_off_is_said_before_the_connection_ends(sim):
    with raw_connection(sim) as opened:
        sim.wait_connected()
        sim.hub.drop("link_disabled")
        heard = b""
        while b"link_disabled" not in heard:
            heard += opened.recv(4096)
        assert not sim.connected


def test_a_ticket_opens_one_connection(sim):
    url = sim.api_url.replace("/api/", "/link/?ticket=made-up")
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(url)
    caught.value.close()
    assert caught.value.code == 403


@pytest.mark.parametrize("reason", ["", "warning", "refresh_requested"])
def test_after_a_drop_the_client_comes_back(sim, ana, reason):
    with TinyApp(sim) as app:
        first = sim.hub.connections[0]
        sim.faults.drop_socket(reason)
        back = sim.wait_for(lambda: sim.hub.connections and sim.hub.connections[0] is not first, 9)
        assert back, "the client did not reconnect"
        assert ana.types("/tiny hello") == "You said hello"
        assert app.bodies


def test_without_socket_mode_no_connection_is_opened():
    manifest = tiny_manifest()
    manifest["settings"]["socket_mode_enabled"] = False
    with Simulator(manifest) as sim:
        web = WebClient(base_url=sim.api_url)
        assert error_of(web.apps_connections_open, app_token=sim.app_token) == (
            "not_allowed_token_type"
        )


# -- response_urls ------------------------------------------------------------


def respond(url, **body):
    """One post to a response_url: "ok", or the error."""
    data = json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.read().decode()
    except urllib.error.HTTPError as refusal:
        with refusal:
            return json.loads(refusal.read())["error"]


@pytest.fixture
def url(tiny, ana, coffee):
    ana.types("/tiny hello", in_=coffee)
    return tiny.last_command["response_url"]


def test_a_response_url_works_five_times(url):
    assert [respond(url, text="x") for _ in range(6)] == ["ok"] * 5 + ["used_url"]


def test_a_response_url_lives_thirty_minutes(sim, url):
    sim.clock.forward(minutes=30)
    assert respond(url, text="x") == "ok"
    sim.clock.forward(seconds=1)
    assert respond(url, text="x") == "expired_url"


def test_a_response_url_takes_as_much_text_as_a_message(url):
    assert respond(url, text="x" * 40_000) == "ok"
    assert respond(url, text="x" * 40_001) == "msg_too_long"


def test_a_response_url_takes_only_what_slack_can_show(url):
    assert respond(url) == "no_text"
    assert respond(url, blocks=[{"type": "teapot"}], text="x") == "invalid_blocks"


def test_a_response_is_private_unless_meant_for_all(url, ana, bo, coffee):
    respond(url, text="just you")
    ana.sees("Tiny (only you): just you", in_=coffee)
    respond(url, text="everyone", response_type="in_channel")
    bo.sees("Tiny: everyone", in_=coffee)
    bo.does_not_see("just you")


def test_an_answer_can_be_replaced_and_deleted(url, ana):
    respond(url, text="second")
    respond(url, text="third", replace_original=True)
    ana.does_not_see("second")
    ana.sees("third")
    respond(url, delete_original=True)
    ana.does_not_see("third")
