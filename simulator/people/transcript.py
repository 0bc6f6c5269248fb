"""Conversations, modals and Home tabs as plain text, the way a person reads them."""

from simulator.blocks import elements
from simulator.blocks.escaping import unescaped
from simulator.people.mrkdwn import readable
from simulator.world.records import JSON, Conversation, Message, View
from simulator.world.state import World


class Reader:
    """Renders for one viewer (dates in their zone); `viewer=None` reads as nobody."""

    def __init__(self, world: World, viewer: str | None = None) -> None:
        self.world = world
        self.viewer = viewer

    def words(self, value: object) -> str:
        """The text of a text object or string."""
        text = value.get("text", "") if isinstance(value, dict) else value or ""
        if isinstance(value, dict) and value.get("type") == "plain_text":
            return unescaped(str(text))
        return readable(self.world, str(text), self.viewer)

    def conversation(self, conv: Conversation) -> str:
        if self.viewer is None:
            shown = list(conv.messages.values())
        else:
            shown = self.world.visible_messages(self.viewer, conv)
        return "\n".join(self.message(m) for m in shown if not joins(m))

    def message(self, message: Message) -> str:
        """`Author: body`; replies are indented by an arrow, what only one person sees is marked."""
        author = message.username or self.world.display_name(message.user)
        private = " (only you)" if message.ephemeral_to else ""
        reply = "↳ " if message.thread_ts and message.thread_ts != message.ts else ""
        return f"{reply}{author}{private}: {self.body(message)}"

    def body(self, message: Message) -> str:
        state = self.world.message_state.get((self.viewer or "", message.channel, message.ts), {})
        if message.blocks:
            lines = self.blocks(message.blocks, state)
        else:
            lines = [readable(self.world, message.text, self.viewer)] if message.text else []
        if message.blocks and message.files and message.text:
            lines.insert(0, readable(self.world, message.text, self.viewer))
        for attachment in message.attachments:
            lines.extend(self.blocks(attachment.get("blocks") or [], state))
            lines.extend([self.words(attachment["text"])] if attachment.get("text") else [])
        lines.extend(f"(file: {self.world.files[f].name})" for f in message.files)
        return "\n".join(lines)

    def view(self, view: View) -> str:
        """A modal with title and buttons, or a Home tab."""
        lines = self.blocks(view.blocks, view.values, view.errors)
        if view.type == "home":
            return "\n".join(lines)
        buttons = [view.body.get("submit"), view.body.get("close")]
        drawn = " ".join(f"[{self.words(b)}]" for b in buttons if b)
        return "\n".join([self.words(view.body["title"]), *lines, *([drawn] if drawn else [])])

    def blocks(
        self, blocks: list[JSON], values: JSON, errors: dict[str, str] | None = None
    ) -> list[str]:
        lines: list[str] = []
        for block in blocks:
            state = values.get(block.get("block_id", ""), {})
            lines.extend(line for line in self._block(block, state) if line)
            error = (errors or {}).get(block.get("block_id", ""))
            lines.extend([f"! {error}"] if error else [])
        return lines

    def _block(self, block: JSON, state: JSON) -> list[str]:
        kind = block["type"]
        if kind == "section":
            return self._section(block, state)
        if kind in ("actions", "context_actions"):
            return [" ".join(self.element(e, state) for e in block["elements"])]
        if kind == "input":
            drawn = self.element(block["element"], state)
            hint = self.words(block.get("hint"))
            return [f"{self.words(block['label'])}: {drawn}", f"({hint})" if hint else ""]
        return self._still(block)

    def _still(self, block: JSON) -> list[str]:
        """Blocks that only show something."""
        kind = block["type"]
        if kind == "context":
            return ["  ".join(self._in_context(e) for e in block["elements"])]
        if kind == "divider":
            return ["---"]
        if kind == "image":
            return [self.words(block.get("title")), f"(image: {block.get('alt_text', '')})"]
        if kind == "rich_text":
            return ["".join(self._rich(e) for e in block["elements"])]
        if kind in ("table", "data_table"):
            return [" | ".join(self._cell(c) for c in row) for row in block["rows"]]
        return [self.words(block.get(n)) for n in ("title", "text", "subtitle", "body")]

    def _section(self, block: JSON, state: JSON) -> list[str]:
        lines = [self.words(block.get("text"))]
        lines.extend(self.words(field) for field in block.get("fields") or [])
        if block.get("accessory"):
            lines.append(self.element(block["accessory"], state))
        return lines

    def _in_context(self, element: JSON) -> str:
        if element["type"] == "image":
            return f"(image: {element['alt_text']})"
        return self.words(element)

    def _cell(self, cell: JSON) -> str:
        return self._rich(cell) if cell.get("elements") else self.words(cell.get("text", ""))

    def _rich(self, element: JSON) -> str:
        if element.get("elements"):
            inner = [self._rich(e) for e in element["elements"]]
            return ("\n" if element["type"] == "rich_text_list" else "").join(inner)
        if element["type"] == "user":
            return "@" + self.world.display_name(element["user_id"])
        if element["type"] == "emoji":
            return f":{element['name']}:"
        return str(element.get("text") or element.get("url") or "")

    def element(self, element: JSON, state: JSON) -> str:
        """A button as `[label]`, a menu as `{choice}`, boxes and radios with their marks."""
        kind = element["type"]
        if kind in ("button", "icon_button"):
            return f"[{self.words(element['text'])}]"
        if kind == "overflow":
            return "[⋯ " + " | ".join(self.words(o["text"]) for o in element["options"]) + "]"
        if kind == "image":
            return f"(image: {element['alt_text']})"
        held = (
            state.get(element.get("action_id", "")) or elements.initial_state(element) or {}
        ).get(elements.STATE_KEY.get(kind, ""))
        if kind in ("checkboxes", "radio_buttons"):
            return self._boxes(element, held)
        shown = self._held(held)
        return "{" + (shown or self.words(element.get("placeholder"))) + "}"

    def _boxes(self, element: JSON, held: object) -> str:
        marked = held if isinstance(held, list) else [held]
        chosen = [one.get("value") for one in marked if isinstance(one, dict)]
        marks = ("[x]", "[ ]") if element["type"] == "checkboxes" else ("(o)", "( )")
        return " ".join(
            f"{marks[0] if o.get('value') in chosen else marks[1]} {self.words(o['text'])}"
            for o in element["options"]
        )

    def _held(self, held: object) -> str:
        if isinstance(held, list):
            return ", ".join(self._held(one) for one in held)
        if isinstance(held, dict):
            return self.words(held.get("text", ""))
        if held is None:
            return ""
        conv = self.world.conversations.get(str(held))
        return f"#{conv.name}" if conv else self.world.display_name(str(held))


def joins(message: Message) -> bool:
    """Slack's own "has joined" lines, which transcripts leave out."""
    return message.subtype in ("channel_join", "channel_leave")
