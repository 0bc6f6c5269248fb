"""The interactive elements of Block Kit: their fields, limits and where they may stand."""

import re
from zoneinfo import ZoneInfo

from simulator.blocks.checks import (
    Check,
    Found,
    anything,
    boolean,
    either,
    fields,
    integer,
    items,
    one_of,
    pattern,
    plain,
    string,
    url,
)
from simulator.blocks.escaping import unescaped
from simulator.blocks.rich_text import RICH
from simulator.world.records import JSON

ACTION_ID = string(255)
RICH_TEXT = fields({"type": one_of("rich_text"), "elements": RICH}, {"block_id": ACTION_ID})
DATE = pattern(r"\d{4}-\d\d-\d\d", "a date in the format YYYY-MM-DD")
CLOCK = pattern(r"([01]\d|2[0-3]):[0-5]\d", "a time in the format HH:mm")

CONFIRM = fields(
    {"title": plain(100), "text": either(300), "confirm": plain(30), "deny": plain(30)},
    {"style": one_of("primary", "danger")},
)


def option(rich: bool = False, links: bool = False) -> Check:
    """An option; radio buttons and checkboxes may use mrkdwn, overflow menus may link."""
    label = either(75) if rich else plain(75)
    about = either(75) if rich else plain(75)
    may: dict[str, Check] = {"description": about}
    if links:
        may["url"] = url()
    return fields({"text": label, "value": string(150)}, may)


GROUP = fields({"label": plain(75), "options": items(option(), 100)}, {})


def zone(found: Found, value: object, at: str) -> None:
    try:
        ZoneInfo(str(value))
    except (KeyError, ValueError, OSError):
        found.note(at, "must be an IANA timezone")


def ids(most: int = 100) -> Check:
    return items(string(255), most, 0)


BASE: dict[str, Check] = {"type": anything, "action_id": ACTION_ID, "focus_on_load": boolean}
MENU: dict[str, Check] = {**BASE, "placeholder": plain(150), "confirm": CONFIRM}
DISPATCH = fields(
    {}, {"trigger_actions_on": items(one_of("on_enter_pressed", "on_character_entered"), 2)}
)
TYPED: dict[str, Check] = {
    **BASE,
    "placeholder": plain(150),
    "dispatch_action_config": DISPATCH,
}
LONGEST_INPUT = 3000
LENGTHS: dict[str, Check] = {
    "min_length": integer(0, LONGEST_INPUT),
    "max_length": integer(1, LONGEST_INPUT),
}
STATIC: dict[str, Check] = {"options": items(option(), 100), "option_groups": items(GROUP, 100)}
FILTER = fields(
    {},
    {
        "include": items(one_of("im", "mpim", "private", "public"), 4),
        "exclude_external_shared_channels": boolean,
        "exclude_bot_users": boolean,
    },
)
MANY: dict[str, Check] = {"max_selected_items": integer(1, 100)}
QUERY: dict[str, Check] = {"min_query_length": integer(0, 100)}
TALK: dict[str, Check] = {
    "default_to_current_conversation": boolean,
    "filter": FILTER,
}
RESPONSE: dict[str, Check] = {"response_url_enabled": boolean}
NUMBER = pattern(r"-?\d+(\.\d+)?", "a number as a string")
EPOCH = integer(1_000_000_000, 9_999_999_999)

ELEMENTS: dict[str, tuple[dict[str, Check], dict[str, Check]]] = {
    "button": (
        {"text": plain(75)},
        {
            "type": anything,
            "action_id": ACTION_ID,
            "value": string(2000),
            "url": url(),
            "style": one_of("primary", "danger"),
            "confirm": CONFIRM,
            "accessibility_label": string(75),
        },
    ),
    "overflow": (
        {"options": items(option(links=True), 5)},
        {"type": anything, "action_id": ACTION_ID, "confirm": CONFIRM},
    ),
    "static_select": ({}, {**MENU, **STATIC, "initial_option": option()}),
    "multi_static_select": (
        {},
        {**MENU, **STATIC, **MANY, "initial_options": items(option(), 100, 0)},
    ),
    "external_select": ({}, {**MENU, **QUERY, "initial_option": option()}),
    "multi_external_select": (
        {},
        {**MENU, **QUERY, **MANY, "initial_options": items(option(), 100, 0)},
    ),
    "users_select": ({}, {**MENU, "initial_user": string(255)}),
    "multi_users_select": ({}, {**MENU, **MANY, "initial_users": ids()}),
    "conversations_select": (
        {},
        {**MENU, **TALK, **RESPONSE, "initial_conversation": string(255)},
    ),
    "multi_conversations_select": ({}, {**MENU, **TALK, **MANY, "initial_conversations": ids()}),
    "channels_select": ({}, {**MENU, **RESPONSE, "initial_channel": string(255)}),
    "multi_channels_select": ({}, {**MENU, **MANY, "initial_channels": ids()}),
    "checkboxes": (
        {"options": items(option(rich=True), 10)},
        {**BASE, "confirm": CONFIRM, "initial_options": items(option(rich=True), 10)},
    ),
    "radio_buttons": (
        {"options": items(option(rich=True), 10)},
        {**BASE, "confirm": CONFIRM, "initial_option": option(rich=True)},
    ),
    "datepicker": ({}, {**MENU, "initial_date": DATE}),
    "timepicker": ({}, {**MENU, "initial_time": CLOCK, "timezone": zone}),
    "datetimepicker": ({}, {**BASE, "confirm": CONFIRM, "initial_date_time": EPOCH}),
    "plain_text_input": (
        {},
        {**TYPED, **LENGTHS, "multiline": boolean, "initial_value": string(3000)},
    ),
    "email_text_input": ({}, {**TYPED, "initial_value": string(3000)}),
    "url_text_input": ({}, {**TYPED, "initial_value": string(3000)}),
    "number_input": (
        {"is_decimal_allowed": boolean},
        {**TYPED, "initial_value": NUMBER, "min_value": NUMBER, "max_value": NUMBER},
    ),
    "rich_text_input": ({}, {**TYPED, "initial_value": RICH_TEXT}),
    "file_input": (
        {},
        {**BASE, "max_files": integer(1, 10), "filetypes": items(string(255), 100)},
    ),
    "icon_button": (
        {"icon": string(255), "text": plain(75)},
        {
            "type": anything,
            "action_id": ACTION_ID,
            "value": string(2000),
            "confirm": CONFIRM,
            "accessibility_label": string(75),
            "visible_to_user_ids": ids(),
        },
    ),
    "feedback_buttons": (
        {"positive_button": anything, "negative_button": anything},
        {"type": anything, "action_id": ACTION_ID},
    ),
}

TYPED_TYPES = {n for n in ELEMENTS if n.endswith("_input")}
MULTI_TYPES = {n for n in ELEMENTS if n.startswith("multi_")}
IN_CONTEXT_ACTIONS = {"icon_button", "feedback_buttons"}
IN_SECTION = set(ELEMENTS) - TYPED_TYPES - IN_CONTEXT_ACTIONS | {"image"}
IN_ACTIONS = set(ELEMENTS) - TYPED_TYPES - MULTI_TYPES - IN_CONTEXT_ACTIONS
IN_INPUT = set(ELEMENTS) - {"button", "overflow"} - IN_CONTEXT_ACTIONS


def element(allowed: set[str]) -> Check:
    """One element of an allowed type."""

    def check(found: Found, value: object, at: str) -> None:
        if not isinstance(value, dict):
            found.note(at, "must provide an object")
            return
        kind = value.get("type")
        if kind == "image" and "image" in allowed:
            IMAGE(found, value, at)
            one_source(found, value, at)
            return
        if kind not in allowed or kind not in ELEMENTS:
            found.note(f"{at}/type", f"unsupported type: {kind}")
            return
        need, may = ELEMENTS[kind]
        fields({"type": anything, **need}, may)(found, value, at)
        _more(found, value, at)

    return check


def _more(found: Found, value: JSON, at: str) -> None:
    kind = value["type"]
    if kind in ("static_select", "multi_static_select"):
        given = [n for n in ("options", "option_groups") if value.get(n) is not None]
        if len(given) != 1:
            found.note(at, "must provide exactly one of: options, option_groups")
            return
    if kind == "file_input" and found.surface != "modal":
        found.note(f"{at}/type", f"unsupported type: {kind}")
    if value.get("focus_on_load"):
        found.focused += 1
        if found.focused > 1:
            found.note(f"{at}/focus_on_load", "only one element can have focus_on_load")
    least, most = value.get("min_length"), value.get("max_length")
    if isinstance(least, int) and isinstance(most, int) and least > most:
        found.note(f"{at}/min_length", "must be less than or equal to max_length")
    _check_initial(found, value, at)


def _check_initial(found: Found, value: JSON, at: str) -> None:
    offered = list(value.get("options") or [])
    for group in value.get("option_groups") or []:
        offered.extend(group.get("options") or [] if isinstance(group, dict) else [])
    if not offered:
        return
    keys = [(o.get("value"), _words(o)) for o in offered if isinstance(o, dict)]
    one = value.get("initial_option")
    for initial in [one] if one else value.get("initial_options") or []:
        if (initial.get("value"), _words(initial)) not in keys:
            found.note(at, "initial option must match one of the options")


def _words(option: JSON) -> str:
    label = option.get("text")
    return re.sub(r"\s+", " ", unescaped(str(label.get("text")))) if isinstance(label, dict) else ""


IMAGE = fields(
    {"type": anything, "alt_text": string(2000)},
    {"image_url": url(), "slack_file": anything},
)


def one_source(found: Found, value: JSON, at: str) -> None:
    """An image comes from exactly one place."""
    if bool(value.get("image_url")) == bool(value.get("slack_file")):
        found.note(at, "must provide exactly one of: image_url, slack_file")
