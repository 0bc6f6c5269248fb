"""What stands before somebody's eyes, one thing at a time: elements to press, files to open."""

from dataclasses import dataclass

from simulator.people import forms
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

    def pressable(self, label: str) -> bool:
        """Whether pressing something called `label` means this."""
        kind = self.element["type"]
        if kind in ("button", "icon_button"):
            return forms.says(self.element["text"], label)
        if kind in ("overflow", "checkboxes", "radio_buttons"):
            return any(forms.says(o["text"], label) for o in self.element["options"])
        return False

    def named(self, label: str) -> bool:
        """Whether a menu or field called `label` means this."""
        if self.special or self.element["type"] == "button":
            return False
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
