"""A handle for a person: a test driver that reads like what people do."""

from collections.abc import Mapping
from datetime import datetime
from typing import Unpack

from simulator.blocks import elements
from simulator.changes import membership
from simulator.people import forms, snapshot
from simulator.people.channel import Channel
from simulator.people.looking import Looking
from simulator.people.sights import Sight
from simulator.world.names import Label, Where
from simulator.world.records import ChangedFields, Message, Outcome


class Person(Looking):
    """Somebody in the workspace. Every action ends when the app has acknowledged and settled.

    Actions return what the person saw as an answer, as text ("" for nothing).
    """

    # -- coming and going -----------------------------------------------------

    def invites_bot(self, channel: Where) -> None:
        """Bring the app into a channel, as `/invite @app` does."""
        self._joins(channel, self._world.bot_user_id, self.id)

    def invites(self, other: "Person", channel: Where) -> None:
        self._joins(channel, other.id, self.id)

    def joins(self, channel: Where) -> None:
        self._joins(channel, self.id, None)

    def _joins(self, channel: Where, user_id: str, inviter: str | None) -> None:
        conv = self._world.conversations[self._where(channel)]
        membership.join(self._world, conv, user_id, inviter)
        self._stage.wait_quiet()

    def leaves(self, channel: Where) -> None:
        self._leaves(channel, self.id)

    def removes(self, other: "Person", channel: Where) -> None:
        self._leaves(channel, other.id)

    def removes_bot(self, channel: Where) -> None:
        self._leaves(channel, self._world.bot_user_id)

    def _leaves(self, channel: Where, user_id: str) -> None:
        conv = self._world.conversations[self._where(channel)]
        membership.leave(self._world, conv, user_id)
        self._stage.wait_quiet()

    def archives(self, channel: Where, archived: bool = True) -> None:
        conv = self._world.conversations[self._where(channel)]
        membership.archive(self._world, conv, self.id, archived)
        self._stage.wait_quiet()

    def restricts(self, channel: Where, code: str = "restricted_action") -> None:
        """As an admin, decide who may write there: the word the app is refused with ("": none)."""
        with self._world.editing():
            self._world.conversations[self._where(channel)].posting = code

    def renames(self, channel: Where, name: str) -> None:
        membership.rename(self._world, self._world.conversations[self._where(channel)], name)
        self._stage.wait_quiet()

    def begins_to_share(self, channel: Where) -> str:
        """Offer a channel to another company: it has another id from now on, which is returned."""
        conv = self._world.conversations[self._where(channel)]
        new_id = membership.change_id(self._world, conv)
        self._stage.wait_quiet()
        return new_id

    def deletes(self, channel: Where) -> None:
        conv = self._world.conversations[self._where(channel)]
        membership.remove_channel(self._world, conv, self.id)
        self._stage.wait_quiet()

    def is_deactivated(self) -> None:
        self.changes(deleted=True)

    def sets_status(self, emoji: str, text: str = "", until: datetime | None = None) -> None:
        """Set a status; it runs out by itself when the clock passes `until`."""
        ends = int(until.timestamp()) if until else 0
        self.changes(
            "user_status_changed", status_emoji=emoji, status_text=text, status_expiration=ends
        )

    def changes(self, cause: str | None = None, **fields: Unpack[ChangedFields]) -> None:
        """Change the user record (its fields are in `world.records`)."""
        membership.change_user(self._world, self.id, cause, **fields)
        self._stage.wait_quiet()

    # -- talking and commanding -----------------------------------------------

    def types(self, text: str, in_: Where | None = None) -> str:
        """Type a slash command (in the DM with the app unless told where)."""
        mark = self._mark()
        outcome = self._stage.actions.run_command(self.id, self._where(in_), text)
        return self._answer(mark, outcome)

    def says(self, text: str, in_: Where | None = None, thread: str | None = None) -> None:
        outcome = self._stage.actions.post_as(self.id, self._where(in_), text, thread)
        assert outcome.ok, f"{self.name} could not post: {outcome.error}"
        self._stage.wait_quiet()

    def reads(self, where: Where) -> None:
        self._stage.actions.mark_read(self.id, self._where(where))

    def opens_home(self) -> str:
        """Open the app's Home tab; waits until one is published and returns it as text."""
        before = self._home_hash()
        outcome = self._stage.actions.open_home(self.id)
        assert outcome.ok, f"the Home tab cannot be opened: {outcome.error}"
        self._stage.wait_quiet()
        if self._stage.settle is None:
            self._stage.wait_for(lambda: self._home_hash() != before, self._stage.answer_patience)
        return self.home or ""

    def uses_shortcut(self, callback_id: str, message: Message | None = None) -> str:
        mark = self._mark()
        container = {"channel_id": message.channel, "message_ts": message.ts} if message else None
        return self._answer(mark, self._stage.actions.shortcut(self.id, callback_id, container))

    # -- pressing and choosing ------------------------------------------------

    def presses(
        self, label: Label, in_: Where | None = None, message: Message | None = None, n: int = 0
    ) -> str:
        """Press the newest thing with this label (n=1: the one before); confirms if asked.

        A label is what a button says, or anything that has its action id as `id`.
        """
        mark = self._mark()
        sight = self._sight(lambda s: s.pressable(label), label, in_, message, n)
        if sight.special == "submit":
            self.submits()
            return self._news(mark)
        if sight.special == "close":
            self.closes_modal()
            return self._news(mark)
        value = self._pressed_value(sight, label)
        return self._press(mark, sight, value)

    def _pressed_value(self, sight: Sight, label: Label) -> object:
        if sight.element["type"] in ("button", "icon_button"):
            return None
        option = forms.option_named(sight.element, label)
        if sight.element["type"] != "checkboxes":
            return option
        held = sight.state.get("selected_options") or []
        rest = [o for o in held if o.get("value") != option.get("value")]
        return rest if len(rest) < len(held) else [*held, option]

    def _press(self, mark: str, sight: Sight, value: object) -> str:
        confirm = sight.element.get("confirm")
        self.last_confirm = self._reader().words(confirm["text"]) if confirm else None
        before = self._world.drawn
        outcome = self._stage.actions.press(
            self.id, sight.container, sight.element["action_id"], sight.block["block_id"], value
        )
        return self._answer(mark, outcome, before)

    def presses_old(self, label: Label, message: Message) -> str:
        """Press a button that an earlier version of this message showed: a late click."""
        mark = self._mark()
        for blocks in reversed(message.versions):
            for block, element in elements.walk(blocks):
                sight = Sight({}, block, element, {})
                if element["type"] == "button" and (sight.pressable(label) or sight.one_of(label)):
                    container = {"channel_id": message.channel, "message_ts": message.ts}
                    ids = (element["action_id"], block["block_id"])
                    before = self._world.drawn
                    outcome = self._stage.actions.press(self.id, container, *ids, stale=True)
                    return self._answer(mark, outcome, before)
        raise AssertionError(f"no earlier version of the message showed [{label}]")

    def chooses(
        self, label: Label, choice: object, in_: Where | None = None, message: Message | None = None
    ) -> str:
        """Choose in a menu, picker, radio or box group, in a message, a modal or Home."""
        mark = self._mark()
        sight = self._sight(lambda s: s.named(label), label, in_, message)
        value = forms.value_for(self._world, sight.element, choice, self._suggest(sight))
        return self._press(mark, sight, value)

    def _suggest(self, sight: Sight) -> forms.Suggest:
        ids = (sight.element.get("action_id", ""), sight.block["block_id"])
        return lambda query: self._stage.actions.suggest_options(
            self.id, sight.container, *ids, query
        )

    # -- forms ----------------------------------------------------------------

    def fills(
        self, title: Label, values: Mapping[str, object], submit: bool = True
    ) -> dict[str, str]:
        """Fill the open modal by its labels and submit it; returns the complaints by label.

        A title is what the modal says on top, or anything that has its callback id as `id`.
        """
        self._stage.wait_for(lambda: self._world.top_view(self.id) is not None)
        view = self._world.top_view(self.id)
        assert view is not None, f"{self.name} has no modal open\n{self._everything()}"
        if isinstance(title, str):
            shown, wanted = self._reader().words(view.body["title"]), title
        else:
            shown, wanted = str(view.body.get("callback_id")), title.id
        assert shown == wanted, f"the open modal is {shown!r}, not {wanted!r}\n{self.modal}"
        for label, choice in values.items():
            self._fill(label, choice)
        return self.submits() if submit else {}

    def _fill(self, label: str, choice: object) -> None:
        view = self._world.top_view(self.id)
        assert view is not None, f"the modal closed before {label!r} was filled"
        sights = [s for s in self._sights_in_view(view) if s.named(label)]
        assert sights, f"the modal has no field {label!r}:\n{self.modal}"
        sight = sights[0]
        value = forms.value_for(self._world, sight.element, choice, self._suggest(sight))
        ids = (sight.element["action_id"], sight.block["block_id"])
        outcome = self._stage.actions.press(self.id, sight.container, *ids, value)
        assert outcome.ok, f"{label!r} could not be filled: {outcome}"
        if sight.block["type"] != "input" or sight.block.get("dispatch_action"):
            self._stage.wait_quiet()  # else the app hears of it when the form is sent

    def submits(self) -> dict[str, str]:
        """Submit the open modal; returns the complaints by label ({} when it was taken)."""
        view = self._world.top_view(self.id)
        assert view is not None, f"{self.name} has no modal open"
        outcome = self._stage.actions.submit_view(self.id, view.id)
        self._stage.wait_quiet()
        if outcome.errors:
            return {forms.label_of(view.blocks, b): words for b, words in outcome.errors.items()}
        return {} if outcome.ok else {"": outcome.notice or str(outcome.error)}

    def closes_modal(self, everything: bool = False) -> None:
        """Press Cancel, or the ✕ that closes all."""
        view = self._world.top_view(self.id)
        assert view is not None, f"{self.name} has no modal open"
        self._stage.actions.close_view(self.id, view.id, everything)
        self._stage.wait_quiet()

    def _answer(self, mark: str, outcome: Outcome, before: int | None = None) -> str:
        """What came back; without `settle`, wait for it (for any redrawing, given `before`)."""
        self._stage.wait_quiet()
        if outcome.ok and self._stage.settle is None:
            self._stage.wait_for(
                lambda: self._news(mark) or (before is not None and self._world.drawn > before),
                self._stage.answer_patience,
            )
        return self._news(mark) or outcome.notice

    @property
    def unread(self) -> int:
        """Unread messages over all conversations."""
        with self._world.lock:
            convs = self._world.conversations_of(self.id)
            return sum(snapshot.unread(self._world, c, self.id) for c in convs)

    def conversations(self) -> list[Channel]:
        """The channels, DMs and group DMs this person is in."""
        with self._world.lock:
            return [Channel(self._stage, c.id) for c in self._world.conversations_of(self.id)]
