"""Rich text: what its sections, lists, quotes and preformatted parts may hold."""

from simulator.blocks.checks import (
    Check,
    Found,
    anything,
    boolean,
    fields,
    integer,
    items,
    one_of,
    string,
    url,
)

MOST = 10_000
STYLES = (
    "bold",
    "italic",
    "strike",
    "code",
    "underline",
    "highlight",
    "client_highlight",
    "unlink",
)
STYLE = fields({}, {name: boolean for name in STYLES})
WORDS = string(12_000, 1)
ID = string(255, 1)

# type: (needed fields, other fields), besides the type and the style
LEAVES: dict[str, tuple[dict[str, Check], dict[str, Check]]] = {
    "text": ({"text": WORDS}, {}),
    "link": ({"url": url()}, {"text": WORDS, "unsafe": boolean}),
    "emoji": ({"name": ID}, {"unicode": ID, "url": url(), "skin_tone": integer(1, 6)}),
    "user": ({"user_id": ID}, {}),
    "usergroup": ({"usergroup_id": ID}, {}),
    "team": ({"team_id": ID}, {}),
    "channel": ({"channel_id": ID}, {}),
    "broadcast": ({"range": one_of("here", "channel", "everyone")}, {}),
    "color": ({"value": ID}, {}),
    "date": (
        {"timestamp": integer(0, 9_999_999_999), "format": WORDS},
        {"url": url(), "fallback": WORDS},
    ),
    "file": ({"file_id": ID}, {"text": WORDS, "url": url(), "is_skill_invocation": boolean}),
}
# What Slack's own clients put there, known by name alone.
NAMES = {
    "attachment_mention", "canvas", "canvas_user_mention", "canvas_message_unfurl", "citation",
    "list_record", "message_mention", "salesforce_data_field", "tag", "work_object_mention",
    "workflow_mention",
}  # fmt: skip


def _leaf(*kinds: str) -> Check:
    def check(found: Found, value: object, at: str) -> None:
        if not isinstance(value, dict):
            found.note(at, "must provide an object")
            return
        kind = value.get("type")
        if kind in NAMES and not kinds:
            return
        if kind not in LEAVES or (kinds and kind not in kinds):
            found.note(f"{at}/type", f"unsupported type: {kind}")
            return
        need, may = LEAVES[kind]
        fields({"type": anything, **need}, {**may, "style": STYLE})(found, value, at)

    return check


LINES = items(_leaf(), MOST, 0)
BORDER: dict[str, Check] = {"border": integer(0, 1)}
PARTS: dict[str, Check] = {
    "rich_text_section": fields({"type": anything, "elements": LINES}, {}),
    "rich_text_quote": fields({"type": anything, "elements": LINES}, BORDER),
    "rich_text_preformatted": fields(
        {"type": anything, "elements": items(_leaf("text", "link"), MOST, 0)},
        {**BORDER, "language": string(255)},
    ),
}


def _part(found: Found, value: object, at: str) -> None:
    kind = value.get("type") if isinstance(value, dict) else None
    check = PARTS.get(str(kind), LIST if kind == "rich_text_list" else None)
    if check is None:
        found.note(f"{at}/type", f"unsupported type: {kind}")
    else:
        check(found, value, at)


def _in_list(found: Found, value: object, at: str) -> None:
    kind = value.get("type") if isinstance(value, dict) else None
    if kind == "rich_text_list":
        found.note(f"{at}/type", f"unsupported type: {kind}")
    else:
        _part(found, value, at)


LIST = fields(
    {"type": anything, "elements": items(_in_list, MOST), "style": one_of("bullet", "ordered")},
    {**BORDER, "indent": integer(0, 8), "offset": integer(0, MOST)},
)
RICH = items(_part, MOST, 0)
