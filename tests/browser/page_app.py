"""A Bolt app that draws one of everything, for the tests of the page."""

import json
import threading

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from tests.simulator.tiny_app import EVENTS, actions, button, option, plain, section, tiny_manifest

COLOURS = [option("Red", "red"), option("Green", "green"), option("Blue", "blue")]


def page_manifest():
    commands = [
        {
            "command": "/show",
            "description": "Shows one thing",
            "usage_hint": "form | buttons | silent",
        },
        {"command": "/shout", "description": "Says it louder"},
    ]
    return tiny_manifest(slash_commands=commands)


def field(label, block_id, element, **more):
    return {
        "type": "input",
        "block_id": block_id,
        "label": plain(label),
        "element": {"action_id": "it", **element},
        **more,
    }


def modal(title, *blocks, callback_id="form"):
    """A modal with a submit and a close button."""
    buttons = {"submit": plain("Save"), "close": plain("Cancel")}
    view = {"type": "modal", "callback_id": callback_id, "title": plain(title), **buttons}
    return {**view, "blocks": list(blocks)}


def short_form(title="Short form"):
    name = field("Name", "name", {"type": "plain_text_input"}, hint=plain("Any but <bad> & so"))
    return modal(title, name)


def long_form():
    """Every input element there is a use for."""
    return modal(
        "Long form",
        field("Name", "name", {"type": "plain_text_input"}),
        field("Story", "story", {"type": "plain_text_input", "multiline": True}),
        field("Colour", "colour", {"type": "static_select", "options": COLOURS}),
        field("Colours", "colours", {"type": "multi_static_select", "options": COLOURS}),
        field("Found", "found", {"type": "external_select", "min_query_length": 0}),
        field("Person", "person", {"type": "users_select"}),
        field("People", "people", {"type": "multi_users_select"}),
        field("Place", "place", {"type": "conversations_select"}),
        field("Channel", "channel", {"type": "channels_select"}),
        field("Boxes", "boxes", {"type": "checkboxes", "options": COLOURS}),
        field("Radio", "radio", {"type": "radio_buttons", "options": COLOURS}),
        field("Day", "day", {"type": "datepicker"}),
        field("Hour", "hour", {"type": "timepicker"}),
        field("Instant", "instant", {"type": "datetimepicker"}),
        field("Number", "number", {"type": "number_input", "is_decimal_allowed": False}),
    )


def everything():
    """One of each element a message may hold."""
    sure = {"title": plain("Sure?"), "text": plain("It is final."), "confirm": plain("Do it")}
    menu = {"type": "static_select", "action_id": "menu", "options": COLOURS}
    more = {"type": "overflow", "action_id": "more", "options": COLOURS[:2]}
    return [
        section("Pick *one*"),
        actions(
            button("Go", "go"),
            button("Risky", "risky", confirm={**sure, "deny": plain("Rather not")}),
            {**menu, "placeholder": plain("A colour")},
            {"type": "datepicker", "action_id": "day", "placeholder": plain("A day")},
            {"type": "timepicker", "action_id": "hour", "placeholder": plain("An hour")},
        ),
        section("And one more", accessory=more),
    ]


class PageApp:
    """Connects on entering. Tells people in the channel what they pressed and chose."""

    def __init__(self, sim):
        self.sim = sim
        self.release = threading.Event()
        self.web = WebClient(sim.bot_token, base_url=sim.api_url, retry_handlers=[])
        self.app = App(client=self.web)
        self.app.command("/show")(self._show)
        self.app.view("form")(self._submitted)
        self.app.options("it")(self._suggest)
        self.app.event("app_home_opened")(self._home)
        for action_id in ("go", "risky", "menu", "day", "hour", "more"):
            self.app.action(action_id)(self._pressed)
        for kind in {kind.partition(".")[0] for kind in EVENTS} - {"app_home_opened"}:
            self.app.event(kind)(lambda: None)  # else Slack tells it again, for a minute

    def __enter__(self):
        self.release.clear()
        self.handler = SocketModeHandler(self.app, self.sim.app_token)
        self.handler.connect()
        self.sim.wait_connected()
        return self

    def __exit__(self, *exc):
        self.release.set()
        self.sim.close_client(self.handler)

    def _show(self, ack, body, client):
        what = body["text"]
        if what == "silent":
            self.release.wait(30)
        elif what in ("short", "form"):
            ack()
            view = short_form() if what == "short" else long_form()
            client.views_open(trigger_id=body["trigger_id"], view=view)
        else:
            ack(text="Pick one", blocks=everything())

    def _submitted(self, ack, view, body, client):
        values = {block: entry["it"] for block, entry in view["state"]["values"].items()}
        name = values["name"]["value"]
        replies = {
            "bad": {"response_action": "errors", "errors": {"name": "Not that name"}},
            "update": {"response_action": "update", "view": short_form("Updated")},
            "push": {"response_action": "push", "view": short_form("Pushed")},
            "clear": {"response_action": "clear"},
        }
        if name == "silent":
            self.release.wait(30)
            return
        ack(**replies.get(name, {}))
        if name not in replies:
            chosen = {block: _held(entry) for block, entry in values.items()}
            client.chat_postMessage(channel=body["user"]["id"], text=json.dumps(chosen))

    def _suggest(self, ack, body):
        ack(options=[option(f"Found {body['value'] or 'nothing'}", body["value"] or "none")])

    def _pressed(self, ack, body, action, respond):
        ack()
        respond(f"Chose {action['action_id']}: {_held(action)}", replace_original=False)

    def _home(self, event, client):
        blocks = [section(f"Welcome <@{event['user']}>"), actions(button("Wave", "go"))]
        client.views_publish(user_id=event["user"], view={"type": "home", "blocks": blocks})


def _held(entry):
    """What a state entry or action holds, whichever element it belongs to."""
    kept = [value for key, value in entry.items() if key == "value" or key.startswith("selected_")]
    held = kept[0] if kept else None
    if isinstance(held, list):
        return [one["value"] if isinstance(one, dict) else one for one in held]
    return held["value"] if isinstance(held, dict) else held
