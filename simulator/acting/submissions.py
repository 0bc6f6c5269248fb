"""Submitting and closing views, and reaching the app: the groundwork of `Actions`."""

from concurrent.futures import TimeoutError as Late

from simulator.acting import payloads, validation
from simulator.blocks import elements
from simulator.changes import modals
from simulator.socket.hub import Hub, NoAnswer, Reply
from simulator.world.records import JSON, Message, Outcome, Refusal, User, View
from simulator.world.state import World

TROUBLE = "We had some trouble connecting. Try again?"


class Submissions:
    """Finding what a person sees, sending it to the app, and carrying out its view replies."""

    def __init__(self, world: World, hub: Hub) -> None:
        self.world = world
        self.hub = hub
        self.home_open: dict[str, str] = {}

    # -- finding --------------------------------------------------------------

    def _actor(self, user_id: str) -> User:
        user = self.world.users[user_id]
        if user.deleted:
            raise ValueError(f"{user.real_name} is deactivated and can do nothing")
        return user

    def gone(self) -> bool:
        """Whether the app is not installed any more."""
        return "live" not in self.world.tokens.values()

    def _message(self, user: User, container: JSON) -> Message:
        conv = self.world.conversations[container["channel_id"]]
        message = conv.messages[container["message_ts"]]
        hidden = message.ephemeral_to not in (None, user.id)
        private = conv.is_private and user.id not in conv.members
        if hidden or private or conv.deleted:
            raise KeyError(f"{user.real_name} cannot see that message")
        return message

    def _place(self, user: User, container: JSON) -> Message | View:
        if "view_id" not in container:
            return self._message(user, container)
        view = self.world.views[container["view_id"]]
        if view.user != user.id or not view.open:
            raise KeyError(f"{user.real_name} cannot see that view")
        return view

    def _find(
        self, place: Message | View, action_id: str, block_id: str | None, stale: bool
    ) -> tuple[JSON, JSON]:
        versions = [place.blocks]
        if isinstance(place, Message):
            versions.extend(a.get("blocks") or [] for a in place.attachments)
            versions.extend(reversed(place.versions) if stale else [])
        for blocks in versions:
            try:
                return elements.find(blocks, action_id, block_id)
            except KeyError:
                continue
        raise KeyError(f"nothing drawn with action_id {action_id!r}")

    # -- reaching the app -----------------------------------------------------

    def _dispatch(self, kind: str, payload: JSON, accepts: bool) -> Outcome:
        if self.gone():
            return Outcome(False, "dispatch_failed", notice=TROUBLE)
        if kind == "interactive" and not self.world.manifest.interactivity:
            return Outcome(False, "interactivity_disabled", notice=TROUBLE)
        future = self.hub.send_interaction(kind, payload, accepts)
        try:
            return Outcome(True, payload=future.result(self.hub.ack_timeout + 5))
        except NoAnswer as silence:
            return Outcome(False, str(silence), notice=f"{TROUBLE} ({silence})")
        except Late:
            return Outcome(False, "operation_timeout", notice=TROUBLE)

    # -- views ----------------------------------------------------------------

    def submit_view(self, user_id: str, view_id: str, values: JSON | None = None) -> Outcome:
        """Send a form. `values` (as in view.state.values) replace what was typed before.

        `errors` of the outcome are by block_id, from the client's own checks or from the app.
        """
        with self.world.editing():
            user = self._actor(user_id)
            view = self.world.views[view_id]
            if view.user != user_id or not view.open or view.type != "modal":
                return Outcome(False, "not_visible")
            for block_id, entries in (values or {}).items():
                view.values.setdefault(block_id, {}).update(entries)
            view.errors = validation.problems(view)
            self.world.changed("view", user=user_id, view=view_id)
            if view.errors:
                return Outcome(False, "client_validation", errors=dict(view.errors))
            payload = payloads.view_submission(self.world, user, view)
        reply = self._dispatch("interactive", payload, accepts=True)
        if not reply.ok:
            return reply
        with self.world.editing():
            return self._carry_out(user_id, view, reply.payload)

    def _carry_out(self, user_id: str, view: View, body: Reply) -> Outcome:
        said = body if isinstance(body, dict) else {}
        action, world = said.get("response_action"), self.world
        if action is None:
            if view.open:
                modals.close(world, user_id, view.id)
            return Outcome(True)
        if action == "clear":
            modals.clear(world, user_id)
            return Outcome(True)
        if action == "errors":
            return self._show_errors(view, said.get("errors"))
        try:
            old = view.id if action == "update" else None
            drawn = modals.check_view(world, said.get("view"), ("modal",), old=old)
            if action == "update":
                modals.update(world, view, drawn)
            elif action == "push":
                modals.push(world, user_id, drawn)
            else:
                return Outcome(False, "invalid_response_action", notice=TROUBLE)
        except Refusal as refusal:
            messages = refusal.extra.get("response_metadata", {}).get("messages", [])
            return Outcome(False, refusal.code, notice=f"{TROUBLE} {' '.join(messages)}")
        return Outcome(True)

    def _show_errors(self, view: View, errors: object) -> Outcome:
        inputs = {b["block_id"] for b in view.blocks if b["type"] == "input"}
        shown = errors if isinstance(errors, dict) else {}
        right = shown and set(shown) <= inputs
        if not right or not all(isinstance(words, str) for words in shown.values()):
            return Outcome(False, "invalid_errors", notice=TROUBLE)
        view.errors = dict(shown)
        self.world.changed("view", user=view.user, view=view.id)
        return Outcome(False, "errors", errors=dict(shown))

    def close_view(self, user_id: str, view_id: str, everything: bool = False) -> Outcome:
        """Press Cancel, or with `everything` the ✕ that takes the whole stack away."""
        with self.world.editing():
            user = self._actor(user_id)
            view = self.world.views[view_id]
            if view.user != user_id or not view.open or view.type != "modal":
                return Outcome(False, "not_visible")
            cleared = everything or bool(view.body.get("clear_on_close"))
            if cleared:
                view = self.world.views[view.root_id]
            modals.close(self.world, user_id, view.id)
            if not view.body.get("notify_on_close"):
                return Outcome(True)
            payload = payloads.view_closed(self.world, user, view, cleared)
        return self._dispatch("interactive", payload, accepts=False)
