"""Answers, events and payloads have the shapes that Slack's own were recorded with.

Where the recorded samples lie beside the repository, every key is compared with them; a table in
the repository is checked always.
"""

import urllib.request

import pytest

from tests.simulator.shape_table import EXPECTED, merged, missing, sample, strange
from tests.simulator.tiny_app import actions, button, form, section

LIST = "conversations.list"
METADATA = {"event_type": "greeting", "event_payload": {"n": 1}}


def simple_calls(web, ana, room, group):
    """Answers that need nothing before."""
    one = {"user": ana.id}
    at = {"channel": room.id}
    return {
        "api.test": web.api_test(),
        "auth.test": web.auth_test(),
        "team.info": web.team_info(),
        "users.info": web.users_info(**one, include_locale=True),
        "users.list": web.users_list(limit=5),
        "users.lookupByEmail": web.users_lookupByEmail(email="ana.ruiz@example.com"),
        "users.profile.get": web.users_profile_get(**one),
        "users.getPresence": web.users_getPresence(**one),
        "users.conversations": web.users_conversations(),
        "dnd.info": web.dnd_info(**one),
        "dnd.teamInfo": web.dnd_teamInfo(users=[ana.id]),
        "usergroups.list": web.usergroups_list(),
        "usergroups.users.list": web.usergroups_users_list(usergroup=group),
        "conversations.info": web.conversations_info(**at, include_num_members=True),
        "conversations.list": web.conversations_list(),
        "conversations.members": web.conversations_members(**at),
        "conversations.open": web.conversations_open(users=ana.id, return_im=True),
        "conversations.join": web.conversations_join(**at),
        "conversations.create": web.conversations_create(name="tea"),
        "views.publish": web.views_publish(
            user_id=ana.id, view={"type": "home", "blocks": [section("x")]}
        ),
    }


def message_calls(web, sim, ana, room):
    """Answers about one message."""
    blocks = [section("Hi"), actions(button("Go", "go"))]
    at = {"channel": room.id}
    posted = web.chat_postMessage(**at, text="hi", blocks=blocks, metadata=METADATA)
    ts = posted["ts"]
    later = sim.world.epoch() + 60
    return {
        "chat.postMessage": posted,
        "chat.postEphemeral": web.chat_postEphemeral(**at, user=ana.id, text="psst"),
        "reactions.add": web.reactions_add(**at, timestamp=ts, name="tada"),
        "chat.update": web.chat_update(**at, ts=ts, text="ho"),
        "conversations.history": web.conversations_history(**at, limit=1),
        "conversations.replies": web.conversations_replies(**at, ts=ts),
        "chat.getPermalink": web.chat_getPermalink(**at, message_ts=ts),
        "chat.scheduleMessage": web.chat_scheduleMessage(**at, text="x", post_at=later),
        "chat.scheduledMessages.list": web.chat_scheduledMessages_list(),
        "chat.delete": web.chat_delete(**at, ts=ts),
    }


def other_calls(web, sim, ana, room, trigger):
    """Answers that need a trigger, a file or another token."""
    url = web.files_getUploadURLExternal(filename="a.txt", length=1)
    with urllib.request.urlopen(urllib.request.Request(url["upload_url"], data=b"x")):
        done = web.files_completeUploadExternal(
            files=[{"id": url["file_id"], "title": "A"}], channel_id=room.id
        )
    return {
        "files.getUploadURLExternal": url,
        "files.completeUploadExternal": done,
        "views.open": web.views_open(trigger_id=trigger, view=form()),
        "bots.info": web.bots_info(bot=sim.world.bot_id),
        "apps.connections.open": web.apps_connections_open(app_token=sim.app_token),
    }


@pytest.fixture
def room(ana, coffee):
    ana.invites_bot(coffee)
    return coffee


def test_answers_have_slacks_shapes(sim, web, tiny, ana, room):
    ana.types("/tiny x", in_=room)
    trigger = tiny.last_command["trigger_id"]
    answers = {
        **simple_calls(web, ana, room, sim.add_usergroup("hosts", [ana])),
        **message_calls(web, sim, ana, room),
        **other_calls(web, sim, ana, room, trigger),
    }
    assert set(answers) == set(EXPECTED)
    lacking = {name: missing(answers[name].data, EXPECTED[name]) for name in answers}
    assert {name: paths for name, paths in lacking.items() if paths} == {}
    odd = {name: unlike_samples(name, answers[name].data) for name in answers}
    assert {name: paths for name, paths in odd.items() if paths} == {}


def recorded(name):
    """All that was recorded or documented of a method's answer, in one."""
    known = [sample("api", f"{name}.json") or {}]
    examples = sample("examples", "api", f"{name}.json") or {}
    known.extend(e["example"] for e in examples.values() if isinstance(e.get("example"), dict))
    return merged(known)


def unlike_samples(name, answer):
    """Keys that no recording and no example knows; channels and messages look alike everywhere."""
    known = recorded(name)
    if not known:
        return []
    channel = merged([recorded("conversations.info")["channel"], *recorded(LIST)["channels"]])
    message = recorded("chat.postMessage")["message"]
    whole = {"channel": channel, "channels": [channel], "message": message, "messages": [message]}
    for key, value in whole.items():
        if isinstance(known.get(key), type(value)):
            known = merged([known, {key: value}])
    return strange(answer, known)


EVENTS = {
    "member_joined_channel": ["user", "channel", "channel_type", "team", "inviter"],
    "channel_left": ["channel"],
    "member_left_channel": ["user", "channel", "channel_type", "team"],
    "channel_rename": ["channel.id", "channel.name", "channel.created"],
    "channel_archive": ["channel", "user"],
    "channel_id_changed": ["old_channel_id", "new_channel_id"],
    "user_change": ["user.id", "user.profile.status_emoji"],
    "team_join": ["user.id"],
    "app_home_opened": ["user", "channel", "tab"],
    "tokens_revoked": ["tokens.bot"],
    "app_uninstalled": ["type"],
}
WRAPPER = ["team_id", "api_app_id", "event", "type", "event_id", "event_time"]


def test_events_have_slacks_shapes(sim, tiny, ana, bo, room):
    bo.leaves(room)
    ana.renames(room, "tea")
    ana.archives(room)
    ana.archives(room, archived=False)
    room = sim.channel(ana.begins_to_share(room))
    ana.removes_bot(room)
    ana.changes(title="Host")
    ana.opens_home()
    sim.uninstall()
    sim.wait_quiet()
    sent = [e["payload"] for e in sim.hub.sent if e["type"] == "events_api"]
    events = {payload["event"]["type"]: payload["event"] for payload in sent}
    assert set(EVENTS) <= set(events)
    assert {name: missing(events[name], paths) for name, paths in EVENTS.items()} == {
        name: [] for name in EVENTS
    }
    assert missing(sent[0], [*WRAPPER, "authorizations[].user_id"]) == []
    odd = {name: unlike_events(name, event) for name, event in events.items()}
    assert {name: paths for name, paths in odd.items() if paths} == {}


def unlike_events(name, event):
    """Keys that neither the model of the event nor an example of it knows."""
    model = (sample("events", f"{name}.json") or {}).get("event") or {}
    inner = sample("examples", "events_inner", f"{name}.json") or []
    known = merged([model, *(e["payload"] for e in inner)])
    if not known:
        return []
    user = (sample("api", "users.info.json") or {}).get("user")
    known = {**known, "user": user} if isinstance(event.get("user"), dict) else known
    return strange(event, {**known, "event_ts": "", "cache_ts": 0})


PAYLOADS = {
    "block_actions": ["user.id", "team.id", "container", "trigger_id", "actions[].action_id"],
    "view_submission": ["user.id", "view.id", "view.state", "view.hash", "trigger_id"],
    "slash_command": ["command", "text", "user_id", "channel_id", "response_url", "trigger_id"],
    "shortcut": ["callback_id", "trigger_id", "user.id", "action_ts"],
    "view_closed": ["view.id", "is_cleared", "user.id"],
    "block_suggestion": ["value", "action_id", "block_id"],
}


def search_field():
    element = {"type": "external_select", "action_id": "search"}
    label = {"type": "plain_text", "text": "Find"}
    return {"type": "input", "label": label, "element": element, "optional": True}


def test_payloads_have_slacks_shapes(sim, tiny, web, ana, room):
    web.chat_postMessage(channel=room.id, text="x", blocks=[actions(button("Go", "go"))])
    ana.presses("Go", in_=room)
    ana.uses_shortcut("tiny_go")
    view = form(search_field(), notify_on_close=True)
    web.views_update(view_id=sim.world.top_view(ana.id).id, view=view)
    ana.fills("Settings", {"Find": "Found tea"}, submit=False)
    ana.closes_modal()
    ana.types("/tiny form", in_=room)
    ana.fills("Settings", {"Name": "x"})
    sent = [e["payload"] for e in sim.hub.sent if e["type"] in ("interactive", "slash_commands")]
    payloads = {p.get("type", "slash_command"): p for p in sent}
    assert {name: missing(payloads[name], paths) for name, paths in PAYLOADS.items()} == {
        name: [] for name in PAYLOADS
    }
    odd = {name: unlike_payloads(name, payloads[name]) for name in PAYLOADS}
    assert {name: paths for name, paths in odd.items() if paths} == {}


def unlike_payloads(name, payload):
    """Keys that neither the model of the payload nor an example of it knows."""
    examples = [e["payload"] for e in sample("examples", "payloads", f"{name}.json") or []]
    examples = [e.get("parsed", e) for e in examples]
    frames = ["interactive.block_actions", "slash_commands.command", "interactive.shortcut"]
    recorded = [sample("examples", "socket_mode", f"{frame}.json") for frame in frames]
    examples.extend(
        f["payload"] for f in recorded if f and f["payload"].get("type") in (name, None)
    )
    examples.append(sample("payloads", f"{name}.json") or {})
    message = (sample("api", "chat.postMessage.json") or {}).get("message")
    known = merged([e for e in examples if e])
    everywhere = {"message": message, "enterprise": None, "is_enterprise_install": None}
    return strange(payload, {**known, **everywhere}) if known else []
