"""The blocks themselves: their fields, limits and the surfaces they may stand on."""

from simulator.blocks.checks import (
    Check,
    Found,
    anything,
    boolean,
    either,
    fields,
    integer,
    items,
    plain,
    string,
    url,
)
from simulator.blocks.element_checks import (
    IN_ACTIONS,
    IN_CONTEXT_ACTIONS,
    IN_INPUT,
    IN_SECTION,
    element,
    one_source,
)
from simulator.blocks.rich_text import RICH
from simulator.world.records import JSON

ANY = ("message", "modal", "home")
BUTTON = element({"button"})


def _in_context(found: Found, value: object, at: str) -> None:
    kind = value.get("type") if isinstance(value, dict) else None
    if kind == "image":
        element({"image"})(found, value, at)
    else:
        either(3000)(found, value, at)


def _card(found: Found, value: object, at: str) -> None:
    fields(*BLOCKS["card"][:2])(found, value, at)


ID: dict[str, Check] = {"type": anything, "block_id": string(255)}
IMAGE_SOURCE: dict[str, Check] = {"image_url": url(), "slack_file": anything}
CARD: dict[str, Check] = {
    **ID,
    "title": either(150),
    "subtitle": either(150),
    "body": either(200),
    "hero_image": element({"image"}),
    "icon": element({"image"}),
    "slack_icon": anything,
    "actions": items(BUTTON, 5),
}

# type: (needed fields, other fields, surfaces)
BLOCKS: dict[str, tuple[dict[str, Check], dict[str, Check], tuple[str, ...]]] = {
    "section": (
        {},
        {
            **ID,
            "text": either(3000),
            "fields": items(either(2000), 10),
            "accessory": element(IN_SECTION),
            "expand": boolean,
        },
        ANY,
    ),
    "header": ({"text": plain(150)}, {**ID, "level": integer(1, 4)}, ANY),
    "divider": ({}, ID, ANY),
    "image": (
        {"alt_text": string(2000)},
        {**ID, **IMAGE_SOURCE, "title": plain(2000)},
        ANY,
    ),
    "context": ({"elements": items(_in_context, 10)}, ID, ANY),
    "actions": ({"elements": items(element(IN_ACTIONS), 25)}, ID, ANY),
    "context_actions": ({"elements": items(element(IN_CONTEXT_ACTIONS), 5)}, ID, ("message",)),
    "input": (
        {"label": plain(2000), "element": element(IN_INPUT)},
        {**ID, "hint": plain(2000), "optional": boolean, "dispatch_action": boolean},
        ANY,
    ),
    "rich_text": ({"elements": RICH}, ID, ANY),
    "markdown": ({"text": string(12_000, 1)}, ID, ANY),
    "table": (
        {"rows": items(items(anything, 20), 100)},
        {**ID, "column_settings": items(anything, 20, 0)},
        ("message",),
    ),
    "data_table": (
        {"rows": items(items(anything, 20), 101, 2), "caption": string(2000, 1)},
        {**ID, "page_size": integer(1, 100), "row_header_column_index": anything},
        ("message",),
    ),
    "video": (
        {
            "alt_text": string(2000),
            "title": plain(199),
            "thumbnail_url": url(),
            "video_url": url(),
        },
        {
            **ID,
            "author_name": string(49),
            "description": plain(200),
            "provider_icon_url": url(),
            "provider_name": string(200),
            "title_url": url(),
        },
        ANY,
    ),
    "file": ({}, ID, ()),  # Slack shows one with a remote file, and takes none
    "alert": ({"text": either(200)}, {**ID, "level": anything}, ("modal",)),
    "card": ({}, CARD, ("message",)),
    "carousel": ({"elements": items(_card, 10)}, ID, ("message",)),
}


def block(found: Found, value: object, at: str) -> None:
    """One block: known type, right surface, right fields, unique block_id."""
    if not isinstance(value, dict):
        found.note(at, "must provide an object")
        return
    kind = value.get("type")
    if kind not in BLOCKS or found.surface not in BLOCKS[kind][2]:
        found.note(f"{at}/type", f"unsupported type: {kind}")
        return
    need, may, _ = BLOCKS[kind]
    fields({"type": anything, **need}, may)(found, value, at)
    block_id = value.get("block_id")
    if block_id:
        if block_id in found.block_ids:
            found.note(f"{at}/block_id", f"block_id {block_id} already exists")
        found.block_ids.add(block_id)
    _special(found, value, at)
    _unique_actions(found, value, at)


def _special(found: Found, value: JSON, at: str) -> None:
    kind = value["type"]
    if kind == "section" and not value.get("text") and not value.get("fields"):
        found.note(at, "must provide at least one of: text, fields")
    if kind == "image":
        one_source(found, value, at)
    if kind == "card" and not any(value.get(n) for n in ("title", "body", "hero_image", "actions")):
        found.note(at, "must provide at least one of: hero_image, title, actions, body")


def _unique_actions(found: Found, value: JSON, at: str) -> None:
    held = value.get("elements")
    if value["type"] not in ("actions", "context_actions") or not isinstance(held, list):
        return
    seen: set[str] = set()
    for number, one in enumerate(held):
        action_id = one.get("action_id") if isinstance(one, dict) else None
        if action_id and action_id in seen:
            words = f"action_id {action_id} already exists"
            found.note(f"{at}/elements/{number}/action_id", words)
        seen.add(action_id or "")
