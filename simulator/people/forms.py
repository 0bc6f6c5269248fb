"""From what a person would choose ("Monday", a date, a colleague) to an element's raw value."""

from collections.abc import Callable
from datetime import date, datetime, time

from simulator.blocks import elements
from simulator.blocks.escaping import unescaped
from simulator.world.names import Handle, Who, channel_id, person_id
from simulator.world.records import JSON
from simulator.world.state import World

Suggest = Callable[[str], list[JSON]]


def says(text: object, label: str) -> bool:
    """Whether a text object (or string) reads like this label, case aside."""
    shown = text.get("text", "") if isinstance(text, dict) else text
    return (
        isinstance(shown, str) and unescaped(shown).strip().casefold() == label.strip().casefold()
    )


def option_named(element: JSON, choice: object, options: list[JSON] | None = None) -> JSON:
    """The option with this label or value. AssertionError lists what there is."""
    offered = elements.options_of(element) if options is None else options
    for option in offered:
        if says(option["text"], str(choice)):
            return option
    for option in offered:
        if option.get("value") == choice:
            return option
    labels = [unescaped(option["text"]["text"]) for option in offered]
    raise AssertionError(f"no option {choice!r}; there are {labels}")


def value_for(world: World, element: JSON, choice: object, suggest: Suggest) -> object:
    """The raw value (for `Actions.press`) that this choice means in this element."""
    kind = element["type"]
    if choice is None:
        return [] if elements.STATE_KEY.get(kind) in elements.LISTS else None
    if kind in ("external_select", "multi_external_select"):
        return _external(kind, element, choice, suggest)
    if kind in elements.OPTION_TYPES:
        return option_named(element, choice)
    if kind in elements.MULTI_OPTION_TYPES:
        return [option_named(element, one) for one in _many(choice)]
    if "users" in kind:
        found = [person_id(world, _named(one)) for one in _many(choice)]
        return found if kind.startswith("multi") else found[0]
    if "conversations" in kind or "channels" in kind:
        found = [channel_id(world, _named(one)) for one in _many(choice)]
        return found if kind.startswith("multi") else found[0]
    return _plain(choice)


def _external(kind: str, element: JSON, choice: object, suggest: Suggest) -> object:
    found = [option_named(element, one, suggest(str(one))) for one in _many(choice)]
    return found if kind.startswith("multi") else found[0]


def _many(choice: object) -> list[object]:
    return list(choice) if isinstance(choice, (list, tuple, set)) else [choice]


def _named(one: object) -> Who:
    assert isinstance(one, (str, Handle)), f"{one!r} names nobody and no place"
    return one


def _plain(choice: object) -> object:
    if isinstance(choice, datetime):
        return int(choice.timestamp())
    if isinstance(choice, date):
        return choice.isoformat()
    if isinstance(choice, time):
        return choice.strftime("%H:%M")
    return choice if isinstance(choice, dict) else str(choice)


def label_of(blocks: list[JSON], block_id: str) -> str:
    """The label of an input block (its id when there is none)."""
    for block in blocks:
        if block["block_id"] == block_id and block["type"] == "input":
            return unescaped(block["label"]["text"])
    return block_id
