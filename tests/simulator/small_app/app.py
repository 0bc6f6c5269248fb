"""The app: a greeting with a button, a command with a form, a Home tab. Run as a program."""

import os

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

client = WebClient(token=os.environ["SLACK_BOT_TOKEN"], base_url=os.environ["SLACK_API_URL"])
app = App(client=client, signing_secret=os.environ["SLACK_SIGNING_SECRET"])


@app.message("hello")
def greet(message, say):
    click = {"type": "button", "text": {"type": "plain_text", "text": "Click Me"}}
    text = {"type": "mrkdwn", "text": f"Hey there <@{message['user']}>!"}
    block = {"type": "section", "text": text, "accessory": {**click, "action_id": "button_click"}}
    say(blocks=[block], text=f"Hey there <@{message['user']}>!")


@app.action("button_click")
def clicked(body, ack, say):
    ack()
    say(f"<@{body['user']['id']}> clicked the button")


@app.command("/order")
def order(ack, body, client):
    ack()
    label = {"type": "plain_text", "text": "What"}
    field = {"type": "plain_text_input", "action_id": "what"}
    view = {
        "type": "modal",
        "callback_id": "order",
        "title": {"type": "plain_text", "text": "Order"},
        "submit": {"type": "plain_text", "text": "Order"},
        "blocks": [{"type": "input", "block_id": "order", "label": label, "element": field}],
    }
    client.views_open(trigger_id=body["trigger_id"], view=view)


@app.view("order")
def ordered(ack, body, client, view):
    what = view["state"]["values"]["order"]["what"]["value"]
    if what == "the moon":
        ack(response_action="errors", errors={"order": "We are out of moons."})
        return
    ack()
    name = client.users_info(user=body["user"]["id"])["user"]["real_name"]
    client.chat_postMessage(channel=body["user"]["id"], text=f"{name} ordered {what}")


@app.event("app_home_opened")
def home(client, event):
    block = {"type": "section", "text": {"type": "mrkdwn", "text": "*Welcome home*"}}
    client.views_publish(user_id=event["user"], view={"type": "home", "blocks": [block]})


if __name__ == "__main__":
    SocketModeHandler(app, os.environ["SLACK_APP_TOKEN"]).start()
