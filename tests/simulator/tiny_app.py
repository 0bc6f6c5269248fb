"""The tiny Bolt app that the simulator's tests talk to, and its manifest."""

import re
import threading

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

SCOPES = [
    "channels:read", "channels:join", "channels:manage", "channels:history",
    "chat:write", "commands", "dnd:read", "files:read", "files:write", "groups:read",
    "groups:write", "im:history", "im:read", "im:write", "mpim:read", "mpim:write",
    "reactions:write", "team:read", "usergroups:read", "users.profile:read", "users:read",
    "users:read.email",
]  # fmt: skip
EVENTS = [
    "app_home_opened", "app_uninstalled", "tokens_revoked", "member_joined_channel",
    "member_left_channel", "channel_left", "group_left", "channel_rename", "channel_archive",
    "channel_unarchive", "channel_deleted", "channel_id_changed", "team_join",
    "user_change", "message.im",
]  # fmt: skip


def tiny_manifest(**features):
    """A small manifest; keyword arguments replace whole feature sections."""
    return {
        "display_information": {"name": "Tiny"},
        "features": {
            "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
            "bot_user": {"display_name": "Tiny"},
            "slash_commands": [
                {"command": "/tiny", "description": "Does a tiny thing", "usage_hint": "[word]"},
                {"command": "/loud", "description": "Escapes", "should_escape": True},
            ],
            "shortcuts": [
                {"name": "Tiny", "type": "global", "callback_id": "tiny_go", "description": "Go"}
            ],
            **features,
        },
        "oauth_config": {"scopes": {"bot": list(SCOPES)}},
        "settings": {
            "event_subscriptions": {"bot_events": list(EVENTS)},
            "interactivity": {"is_enabled": True},
            "socket_mode_enabled": True,
        },
    }


def button(label, action_id, value="v", **more):
    text = {"type": "plain_text", "text": label}
    return {"type": "button", "text": text, "action_id": action_id, "value": value, **more}


def section(text, **more):
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def actions(*elements, **more):
    return {"type": "actions", "elements": list(elements), **more}


def plain(text):
    return {"type": "plain_text", "text": text}


def option(label, value):
    return {"text": plain(label), "value": value}


def form(*blocks, **more):
    """A modal with a name field and whatever else is given."""
    name = {
        "type": "input",
        "block_id": "name",
        "label": plain("Name"),
        "element": {"type": "plain_text_input", "action_id": "text", "max_length": 20},
    }
    view = {"type": "modal", "callback_id": "form", "title": plain("Settings")}
    return {**view, "submit": plain("Save"), "blocks": [name, *blocks], **more}


class TinyApp:
    """Connects on entering; `seen` lists the events that came, `said` the raw bodies."""

    def __init__(self, sim):
        self.sim = sim
        self.seen = []
        self.bodies = []
        self.release = threading.Event()
        client = WebClient(sim.bot_token, base_url=sim.api_url, retry_handlers=[])
        self.app = App(client=client)
        self._register(self.app)
        self.handler = SocketModeHandler(self.app, sim.app_token, ping_interval=0.3)

    def __enter__(self):
        self.handler.connect()
        self.sim.wait_connected()
        return self

    def __exit__(self, *exc):
        self.release.set()
        self.sim.close_client(self.handler)

    def wait_event(self, kind):
        """The first event of this type, once it came."""
        found = self.sim.wait_for(lambda: [e for e in self.seen if e["type"] == kind], 3)
        assert found, f"no {kind}; seen {[e['type'] for e in self.seen]}"
        return found[0]

    @property
    def last_command(self):
        """The body of the last slash command."""
        return [body for body in self.bodies if "command" in body][-1]

    def events(self, kind):
        """The full bodies of the events of this type."""
        return [b for b in self.bodies if b.get("event", {}).get("type") == kind]

    def _register(self, app):
        app.command("/tiny")(self._command)
        app.command("/loud")(self._loud)
        app.view("form")(self._submitted)
        app.view_closed("form")(self._closed)
        app.action("go")(self._go)
        app.action("pick")(self._pick)
        app.action(re.compile(r"^pick\.\d$"))(self._pick)
        app.options("search")(self._search)
        app.shortcut("tiny_go")(self._shortcut)
        app.event("app_home_opened")(self._home)
        for kind in {name.partition(".")[0] for name in EVENTS} - {"app_home_opened"}:
            app.event(kind)(self._event)

    def _note(self, event):
        with self.sim.world.editing():  # wakes whoever waits for it
            self.seen.append(event)

    def _event(self, event, body):
        self.bodies.append(body)
        self._note(event)

    def _home(self, event, client):
        self._note(event)
        blocks = [section(f"Welcome <@{event['user']}>"), actions(button("Home go", "go"))]
        client.views_publish(user_id=event["user"], view={"type": "home", "blocks": blocks})

    def _command(self, ack, body, client, respond):
        self.bodies.append(body)
        word = body["text"].partition(" ")[0]
        if word == "form":
            ack()
            client.views_open(trigger_id=body["trigger_id"], view=form())
        elif word == "buttons":
            ack(text="pick", blocks=[section("Pick one"), actions(button("Go", "go"))])
        elif word == "silent":
            self.release.wait(30)
            ack("You said it too late")
        elif word == "respond":
            ack()
            respond("said later")
        else:
            ack(f"You said {body['text']}")

    def _loud(self, ack, body):
        self.bodies.append(body)
        ack(body["text"])

    def _submitted(self, ack, view, body, client):
        self.bodies.append(body)
        name = view["state"]["values"]["name"]["text"]["value"]
        replies = {
            "bad": {"response_action": "errors", "errors": {"name": "Not that name"}},
            "wrong": {"response_action": "errors", "errors": {"nowhere": "Not that name"}},
            "update": {"response_action": "update", "view": form(section("Updated"))},
            "push": {"response_action": "push", "view": form(title=plain("Pushed"))},
            "clear": {"response_action": "clear"},
        }
        ack(**replies.get(name, {}))
        if name not in replies:
            client.chat_postMessage(channel=body["user"]["id"], text=f"Saved {name}")

    def _closed(self, ack, body):
        ack()
        self._note({**body, "type": "view_closed"})

    def _go(self, ack, body, respond, client):
        ack()
        self.bodies.append(body)
        self._note({**body, "type": "go"})
        if "response_url" in body:
            respond(text="Gone", blocks=[section("Gone")], replace_original=True)

    def _pick(self, ack, body):
        ack()
        self._note({**body, "type": "pick"})

    def _search(self, ack, body):
        ack(options=[option(body["value"], "found")])

    def _shortcut(self, ack, body, client):
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=form())
