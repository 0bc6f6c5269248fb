"""What a person can do, on raw ids: the layer under the test driver and the web page."""

import re

from simulator.acting import payloads
from simulator.acting.submissions import Submissions
from simulator.blocks import elements
from simulator.blocks.completing import with_texts
from simulator.changes import membership, posting, responses
from simulator.socket.hub import Reply
from simulator.world.records import (
    JSON,
    SLACKBOT,
    Conversation,
    Message,
    Outcome,
    Refusal,
    User,
    View,
)

MENTION = re.compile(r"<@([A-Z0-9]+)(\|[^>]*)?>")


class Actions(Submissions):
    """Each method does one thing as one person and returns an `Outcome` (never raises Refusal).

    A container is `{"channel_id": …, "message_ts": …}` or `{"view_id": …}`.
    """

    # -- commands and shortcuts -----------------------------------------------

    def run_command(
        self, user_id: str, channel_id: str, text: str, thread_ts: str | None = None
    ) -> Outcome:
        """Type a slash command; trouble comes back as a notice only that person sees."""
        world = self.world
        command, _, rest = text.strip().partition(" ")
        with world.editing():
            user, conv = self._actor(user_id), world.conversations[channel_id]
            known = world.manifest.commands.get(command)
            if thread_ts:
                return self._notice(user, conv, f"{command} does not work in threads.", "thread")
            if known is None or user.is_stranger or self.gone():
                words = f"{command} is not a command that this workspace knows."
                return self._notice(user, conv, words, "unknown_command")
            rest = self._escape(rest.strip(), known.should_escape)
            payload = payloads.slash_command(world, user, conv, command, rest)
        reply = self._dispatch("slash_commands", payload, accepts=True)
        with world.editing():
            if not reply.ok:
                words = f'{command} failed with the error "{reply.error}"'
                return self._notice(user, conv, words, str(reply.error))
            return self._answer(payload, user, conv, command, reply.payload)

    def _answer(
        self, payload: JSON, user: User, conv: Conversation, command: str, body: Reply
    ) -> Outcome:
        if isinstance(body, str):
            body = {"text": body}
        if not isinstance(body, dict) or not (body.get("text") or body.get("blocks")):
            return Outcome(True)
        entry = self.world.response_urls[payload["response_url"].rpartition("/")[2]]
        try:
            message = responses.say(self.world, entry, body, responses.read_fields(body))
        except Refusal as refusal:
            words = f'{command} failed with the error "{refusal.code}"'
            return self._notice(user, conv, words, refusal.code)
        return Outcome(True, payload=message.ts)

    def _escape(self, text: str, should_escape: bool) -> str:
        world = self.world
        if not should_escape:
            return MENTION.sub(lambda m: "@" + self._handle(m.group(1)), text)
        for user in sorted(world.users.values(), key=lambda u: -len(u.real_name)):
            for name in (user.real_name, user.name, user.display_name):
                if name and f"@{name}" in text and f"<@{user.id}" not in text:
                    text = text.replace(f"@{name}", f"<@{user.id}|{user.name}>")
        return text

    def _handle(self, user_id: str) -> str:
        user = self.world.users.get(user_id)
        return user.name if user else user_id

    def _notice(self, user: User, conv: Conversation, words: str, error: str) -> Outcome:
        posting.post(self.world, conv, SLACKBOT, text=words, ephemeral_to=user.id)
        return Outcome(False, error, notice=words)

    def shortcut(self, user_id: str, callback_id: str, container: JSON | None = None) -> Outcome:
        """Run a global shortcut, or one on a message."""
        with self.world.editing():
            user = self._actor(user_id)
            message = self._message(user, container) if container else None
            payload = payloads.shortcut(self.world, user, callback_id, message)
        return self._dispatch("interactive", payload, accepts=False)

    # -- presses and choices --------------------------------------------------

    def press(
        self,
        user_id: str,
        container: JSON,
        action_id: str,
        block_id: str | None = None,
        value: object = None,
        stale: bool = False,
    ) -> Outcome:
        """Press a button, or choose `value` in any other element.

        `stale=True` also finds what an earlier version of the message showed (a late click).
        An element in an input block without `dispatch_action` only remembers the value.
        """
        with self.world.editing():
            user = self._actor(user_id)
            try:
                place = self._place(user, container)
                block, element = self._find(place, action_id, block_id, stale)
                chosen = elements.chosen(element, value)
            except (KeyError, ValueError) as problem:
                return Outcome(False, "not_visible", notice=str(problem))
            self._remember(user, place, block, element, chosen)
            if block["type"] == "input" and not block.get("dispatch_action"):
                return Outcome(True)
            payload = payloads.block_actions(self.world, user, place, block, element, chosen)
        return self._dispatch("interactive", payload, accepts=False)

    def set_value(
        self, user_id: str, container: JSON, action_id: str, block_id: str | None, value: object
    ) -> None:
        """Type into an element without telling the app (the page does so on every keystroke)."""
        with self.world.editing():
            user = self._actor(user_id)
            place = self._place(user, container)
            block, element = self._find(place, action_id, block_id, False)
            self._remember(user, place, block, element, elements.chosen(element, value))

    def _remember(
        self, user: User, place: Message | View, block: JSON, element: JSON, chosen: JSON
    ) -> None:
        initial = elements.initial_state(element)
        if initial is None:
            return
        if isinstance(place, View):
            values = place.values
        else:
            key = (user.id, place.channel, place.ts)
            kept = self.world.message_state.get(key)
            values = elements.initial_values(place.blocks, kept)
            self.world.message_state[key] = values
        values.setdefault(block["block_id"], {})[element["action_id"]] = {**initial, **chosen}

    def suggest_options(
        self,
        user_id: str,
        container: JSON,
        action_id: str,
        block_id: str | None = None,
        query: str = "",
    ) -> list[JSON]:
        """The options an external select offers for what was typed; [] when the app is silent."""
        with self.world.editing():
            user = self._actor(user_id)
            place = self._place(user, container)
            block, element = self._find(place, action_id, block_id, False)
            payload = payloads.block_suggestion(self.world, user, place, block, element, query)
        body = self._dispatch("interactive", payload, accepts=True).payload
        return with_texts(elements.options_of(body)[:100]) if isinstance(body, dict) else []

    # -- home, talk -----------------------------------------------------------

    def open_home(self, user_id: str, tab: str = "home") -> Outcome:
        """Open the app's page; tells the app by `app_home_opened`."""
        with self.world.editing():
            user = self._actor(user_id)
            if tab == "home" and not self.world.manifest.home_tab:
                return Outcome(False, "not_enabled")
            conv, _ = membership.find_or_open(self.world, [self.world.bot_user_id, user_id])
            self.world.emit(payloads.home_opened(self.world, user, conv.id, tab))
            home = self.world.home(user_id)
            if home is not None:
                home.opened_at = self.world.new_ts()
            self.home_open[user_id] = self.world.new_ts()
            self.world.changed("home", user=user_id)
        return Outcome(True)

    def post_as(
        self, user_id: str, channel_id: str, text: str, thread_ts: str | None = None
    ) -> Outcome:
        """Say something in a conversation."""
        world = self.world
        with world.editing():
            conv = world.conversations[channel_id]
            self._actor(user_id)
            if user_id not in conv.members:
                return Outcome(False, "not_in_channel")
            if conv.archived:
                return Outcome(False, "is_archived")
            if conv.kind == "im" and world.bot_user_id in conv.members and self._closed_tab():
                return Outcome(False, "messages_tab_disabled")
            message = posting.post(world, conv, user_id, text=text, thread_ts=thread_ts)
        return Outcome(True, payload=message.ts)

    def _closed_tab(self) -> bool:
        manifest = self.world.manifest
        return not manifest.messages_tab or manifest.messages_read_only

    def mark_read(self, user_id: str, channel_id: str) -> None:
        """Everything in this conversation is read by this person."""
        with self.world.editing():
            conv = self.world.conversations[channel_id]
            shown = self.world.visible_messages(user_id, conv)
            if shown:
                conv.last_read[user_id] = shown[-1].ts
                self.world.changed("read", channel=channel_id, user=user_id)
