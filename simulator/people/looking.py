"""What a person has in front of them, and how a test asks about it."""

from collections.abc import Callable, Iterator

from simulator.blocks import elements
from simulator.changes import membership
from simulator.people.sights import SharedFile, Sight
from simulator.people.stage import Stage
from simulator.people.transcript import Reader, joins
from simulator.world.names import Label, Where, channel_id
from simulator.world.records import Conversation, Message, View
from simulator.world.state import World


class Looking:
    """The seeing half of a person."""

    def __init__(self, stage: Stage, user_id: str) -> None:
        self._stage = stage
        self.id = user_id
        self.last_confirm: str | None = None

    @property
    def _world(self) -> World:
        return self._stage.world

    @property
    def name(self) -> str:
        return self._world.users[self.id].real_name

    def __repr__(self) -> str:
        return f"<{self.name}>"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Looking) and other.id == self.id

    def __hash__(self) -> int:
        return hash(self.id)

    def _reader(self) -> Reader:
        return Reader(self._world, self.id)

    def _where(self, where: Where | None) -> str:
        if where is not None:
            return channel_id(self._world, where)
        pair = [self._world.bot_user_id, self.id]
        return membership.find_or_open(self._world, pair)[0].id

    # -- elements -------------------------------------------------------------

    def _sights_in_view(self, view: View) -> Iterator[Sight]:
        container = {"view_id": view.id}
        for block, element in elements.walk(view.blocks):
            held = (view.values.get(block["block_id"]) or {}).get(element["action_id"]) or {}
            yield Sight(container, block, element, held)
        for special in ("submit", "close"):
            if view.type == "modal" and view.body.get(special):
                drawn = {"type": "button", "text": view.body[special]}
                yield Sight(container, {}, drawn, {}, special)

    def _sights_in_message(self, message: Message) -> Iterator[Sight]:
        container = {"channel_id": message.channel, "message_ts": message.ts}
        key = (self.id, message.channel, message.ts)
        state = elements.initial_values(message.blocks, self._world.message_state.get(key))
        for block, element in elements.walk(message.blocks):
            held = (state.get(block["block_id"]) or {}).get(element["action_id"]) or {}
            yield Sight(container, block, element, held)

    def _places(self, in_: Where | None, message: Message | None) -> Iterator[list[Sight]]:
        """Groups of sights: the open modal first, then messages and Home, newest first."""
        if message is not None:
            yield list(self._sights_in_message(message))
            return
        view = self._world.top_view(self.id)
        if view is not None and in_ is None:
            yield list(self._sights_in_view(view))
        timed: list[tuple[float, list[Sight]]] = []
        for conv in self._conversations(in_):
            for shown in self._world.visible_messages(self.id, conv):
                timed.append((float(shown.ts), list(self._sights_in_message(shown))))
        home, opened = self._world.home(self.id), self._stage.actions.home_open.get(self.id)
        if home is not None and opened and in_ is None:
            timed.append((float(opened), list(self._sights_in_view(home))))
        yield from (sights for _, sights in sorted(timed, key=lambda pair: -pair[0]))

    def _conversations(self, in_: Where | None) -> list[Conversation]:
        if in_ is not None:
            return [self._world.conversations[self._where(in_)]]
        return self._world.conversations_of(self.id)

    def _sight(
        self,
        wanted: Callable[[Sight], bool],
        label: Label,
        in_: Where | None,
        message: Message | None,
        n: int = 0,
    ) -> Sight:
        def look() -> Sight | None:
            seen = [s for place in self._places(in_, message) for s in place]
            found = [s for s in seen if wanted(s)] or [s for s in seen if s.one_of(label)]
            return found[n] if len(found) > n else None

        sight = self._stage.wait_for(look)
        if sight is None:
            raise AssertionError(f"{self.name} sees no {label!r}:\n{self._everything()}")
        return sight

    # -- news -----------------------------------------------------------------

    def _mark(self) -> str:
        with self._world.lock:
            return self._world.new_ts()

    def _news(self, mark: str) -> str:
        """What appeared for this person alone since `mark`: ephemeral messages, a modal."""
        with self._world.lock:
            fresh = [
                m
                for m in self._world.ephemerals.get(self.id, [])[-50:]
                if float(m.ts) > float(mark) and self._world.message(m.channel, m.ts) is m
            ]
            lines = [self._reader().body(m) for m in fresh]
            view = self._world.top_view(self.id)
            if view is not None and float(view.opened_at) > float(mark):
                lines.append(self._reader().view(view))
            return "\n".join(lines)

    def _home_hash(self) -> str | None:
        view = self._world.home(self.id)
        return view.hash if view else None

    # -- reading --------------------------------------------------------------

    @property
    def modal(self) -> str | None:
        """The open modal as text, or None."""
        with self._world.lock:
            view = self._world.top_view(self.id)
            return self._reader().view(view) if view else None

    @property
    def home(self) -> str | None:
        """The Home tab as last published, or None."""
        with self._world.lock:
            view = self._world.home(self.id)
            return self._reader().view(view) if view else None

    def transcript(self, in_: Where | None = None) -> str:
        """A conversation as this person reads it (the DM with the app unless told which)."""
        with self._world.lock:
            conv = self._world.conversations[self._where(in_)]
            return self._reader().conversation(conv)

    def text_of(self, said: Message | str) -> str:
        """A message, or the markup of one, as this person reads it."""
        with self._world.lock:
            reader = self._reader()
            return reader.words(said) if isinstance(said, str) else reader.body(said)

    def _everything(self, in_: Where | None = None) -> str:
        with self._world.lock:
            parts = []
            for conv in self._conversations(in_):
                name = f"#{conv.name}" if conv.kind in ("channel", "private") else conv.kind
                text = self._reader().conversation(conv)
                parts.extend([f"--- {name}\n{text}"] if text else [])
            if in_ is None:
                parts.extend([f"--- modal\n{self.modal}"] if self.modal else [])
                parts.extend([f"--- Home\n{self.home}"] if self.home else [])
            return "\n".join(parts)

    def sees(self, text: str, in_: Where | None = None) -> None:
        """Assert that the text shows up somewhere in front of this person (waits for it)."""
        if not self._stage.wait_for(lambda: text in self._everything(in_)):
            raise AssertionError(f"{self.name} does not see {text!r}:\n{self._everything(in_)}")

    def does_not_see(self, text: str, in_: Where | None = None) -> None:
        """Assert that, all being quiet, the text is nowhere in front of this person."""
        self._stage.wait_quiet()
        shown = self._everything(in_)
        if text in shown:
            raise AssertionError(f"{self.name} sees {text!r}:\n{shown}")

    @property
    def messages(self) -> list[Message]:
        """All messages in front of this person, oldest first."""
        with self._world.lock:
            found = [
                m
                for conv in self._conversations(None)
                for m in self._world.visible_messages(self.id, conv)
                if not joins(m)
            ]
        return sorted(found, key=lambda m: float(m.ts))

    @property
    def files(self) -> list[SharedFile]:
        """The files shared where this person can see them, oldest first."""
        stored = [self._world.files[f] for m in self.messages for f in m.files]
        return [
            SharedFile(f.id, f.name, f.title or f.name, f.content or b"", f.alt_txt) for f in stored
        ]
