"""What stands before somebody's eyes, one thing at a time: elements to press, files to open."""

from dataclasses import dataclass

from simulator.people import forms
from simulator.world.names import Label
from simulator.world.records import JSON


@dataclass(frozen=True, slots=True)
class SharedFile:
    """A file somebody can open."""

    id: str
    name: str
    title: str
    content: bytes
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Sight:
    """One element in front of somebody; `special` is "submit" or "close" for a modal's own."""

    container: JSON
    block: JSON
    element: JSON
    state: JSON
    special: str = ""

    def pressable(self, label: Label) -> bool:
        """Whether pressing something called `label` means this."""
        kind = self.element["type"]
        if not isinstance(label, str):
            return kind == "button" and self.element.get("action_id") == label.id
        if kind in ("button", "icon_button"):
            return forms.says(self.element["text"], label)
        if kind in ("overflow", "checkboxes", "radio_buttons"):
            return any(forms.says(o["text"], label) for o in self.element["options"])
        return False

    def one_of(self, label: Label) -> bool:
        """Whether this is one of several buttons side by side: the id, a dot, and a suffix."""
        name = str(self.element.get("action_id"))
        return not isinstance(label, str) and name.startswith(f"{label.id}.")

    def named(self, label: Label) -> bool:
        """Whether a menu or field called `label` means this."""
        if self.special or self.element["type"] == "button":
            return False
        if not isinstance(label, str):
            return bool(self.element.get("action_id") == label.id)
        words = (
            self.block.get("label"),
            self.element.get("placeholder"),
            self.block.get("text"),
            self.element.get("action_id"),
            self.block.get("block_id"),
        )
        return any(forms.says(one, label) or _bold(one, label) for one in words)


def _bold(text: object, label: str) -> bool:
    """Section texts often wear markup: `*Weekday*` is called Weekday."""
    shown = text.get("text", "") if isinstance(text, dict) else ""
    return bool(shown) and forms.says(shown.strip("*_ :"), label)
