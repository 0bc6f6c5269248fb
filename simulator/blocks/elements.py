"""Walking through blocks: which elements they hold, what each one's state looks like."""

from collections.abc import Iterator

from simulator.world.records import JSON

STATE_KEY = {
    "plain_text_input": "value",
    "email_text_input": "value",
    "url_text_input": "value",
    "number_input": "value",
    "rich_text_input": "rich_text_value",
    "static_select": "selected_option",
    "external_select": "selected_option",
    "radio_buttons": "selected_option",
    "users_select": "selected_user",
    "conversations_select": "selected_conversation",
    "channels_select": "selected_channel",
    "multi_static_select": "selected_options",
    "multi_external_select": "selected_options",
    "checkboxes": "selected_options",
    "multi_users_select": "selected_users",
    "multi_conversations_select": "selected_conversations",
    "multi_channels_select": "selected_channels",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
    "file_input": "files",
}
INITIAL_KEY = {
    "value": "initial_value",
    "rich_text_value": "initial_value",
    "selected_option": "initial_option",
    "selected_options": "initial_options",
    "selected_user": "initial_user",
    "selected_users": "initial_users",
    "selected_conversation": "initial_conversation",
    "selected_conversations": "initial_conversations",
    "selected_channel": "initial_channel",
    "selected_channels": "initial_channels",
    "selected_date": "initial_date",
    "selected_time": "initial_time",
    "selected_date_time": "initial_date_time",
    "files": "initial_files",
}
OPTION_TYPES = {"static_select", "external_select", "radio_buttons", "overflow"}
MULTI_OPTION_TYPES = {"multi_static_select", "multi_external_select", "checkboxes"}
LISTS = {"selected_options", "selected_users", "selected_conversations", "selected_channels"}


def walk(blocks: list[JSON]) -> Iterator[tuple[JSON, JSON]]:
    """Each (block, element) pair, in reading order, for elements that can act or hold a value."""
    for block in blocks:
        held: list[JSON] = []
        if block["type"] == "section" and block.get("accessory"):
            held = [block["accessory"]]
        elif block["type"] == "input":
            held = [block["element"]]
        elif block["type"] in ("actions", "context_actions"):
            held = block.get("elements", [])
        elif block["type"] in ("card", "alert"):
            held = block.get("actions", [])
        for element in held:
            if element.get("type") != "image":
                yield block, element


def find(blocks: list[JSON], action_id: str, block_id: str | None = None) -> tuple[JSON, JSON]:
    """The (block, element) with this action id; KeyError when it is not drawn."""
    for block, element in walk(blocks):
        if element.get("action_id") == action_id and block_id in (None, block["block_id"]):
            return block, element
    raise KeyError(action_id)


def options_of(element: JSON) -> list[JSON]:
    """All options of an element, those in groups included."""
    options: list[JSON] = list(element.get("options") or [])
    for group in element.get("option_groups") or []:
        options.extend(group["options"])
    return options


def initial_state(element: JSON) -> JSON | None:
    """The state entry of an untouched element, or None for one that holds no value."""
    key = STATE_KEY.get(element["type"])
    if key is None:
        return None
    empty: list[str] | None = [] if key in LISTS else None
    state: JSON = {"type": element["type"], key: element.get(INITIAL_KEY[key], empty)}
    if element["type"] == "timepicker" and element.get("timezone"):
        state["timezone"] = element["timezone"]
    return state


def initial_values(blocks: list[JSON], kept: JSON | None = None) -> JSON:
    """state.values of these blocks; entries of `kept` with the same ids and type survive."""
    values: JSON = {}
    for block, element in walk(blocks):
        state = initial_state(element)
        if state is None:
            continue
        old = ((kept or {}).get(block["block_id"]) or {}).get(element["action_id"])
        if old is not None and old["type"] == element["type"]:
            state = old
        values.setdefault(block["block_id"], {})[element["action_id"]] = state
    return values


def chosen(element: JSON, value: object) -> JSON:
    """What a choice of `value` (raw: option values, ids, dates, text) puts into the state.

    Raises ValueError for an option the element does not offer.
    """
    kind = element["type"]
    key = STATE_KEY.get(kind)
    if kind == "overflow":
        return {"selected_option": pick(element, value)}
    if key is None:
        return {}
    if kind in OPTION_TYPES:
        return {key: None if value is None else pick(element, value)}
    if kind in MULTI_OPTION_TYPES:
        return {key: [pick(element, one) for one in (value if isinstance(value, list) else [])]}
    return {key: value}


def pick(element: JSON, value: object) -> JSON:
    """The option whose value (or whole self) is `value`; external options come as they are."""
    if isinstance(value, dict):
        return value
    for option in options_of(element):
        if option.get("value") == value:
            return option
    raise ValueError(f"{element.get('action_id')} offers no option {value!r}")
