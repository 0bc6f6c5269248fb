"""Block Kit: what fits is taken, one more character or item is refused, as Slack does."""

import copy
import json

import pytest

from simulator.blocks import message_problems, view_problems
from tests.simulator.refusing import complaint_of, error_of, refused
from tests.simulator.tiny_app import actions, button, form, option, plain, section

BIG = "x" * 5000


def field(element, **more):
    return {"type": "input", "label": plain("Label"), "element": element, **more}


def select(**more):
    base = {"type": "static_select", "action_id": "pick", "options": [option("A", "a")]}
    return {**base, **more}


def confirm(**more):
    words = {"title": plain("Sure?"), "text": plain("Really?")}
    return {**words, "confirm": plain("Yes"), "deny": plain("No"), **more}


def context(*elements):
    return {"type": "context", "elements": list(elements)}


def boxes(kind, count):
    many = [option(f"O{n}", f"o{n}") for n in range(count)]
    return section("x", accessory={"type": kind, "action_id": "b", "options": many})


def group(label):
    return {"label": plain(label), "options": [option("A", "a")]}


def icon(number):
    words = {"icon": "trash", "text": plain("Delete")}
    return {"type": "icon_button", "action_id": f"icon{number}", **words}


def menu(**more):
    return section("x", accessory=select(**more))


# What Slack takes, at its limit.
FITS = [
    section("x" * 3000),
    {"type": "section", "fields": [plain("x" * 2000)] * 10},
    {"type": "header", "text": plain("x" * 150)},
    context(*[plain("x")] * 10),
    actions(*[button("Go", f"go{n}") for n in range(25)]),
    {"type": "image", "image_url": "https://example.com/" + "x" * 2980, "alt_text": "x" * 2000},
    actions(button("x" * 75, "x" * 255, "x" * 2000)),
    field({"type": "plain_text_input", "max_length": 3000}, label=plain("x" * 2000)),
    menu(options=[option("x" * 75, "v" * 147 + f"{n:03d}") for n in range(100)]),
    menu(placeholder=plain("x" * 150)),
    boxes("checkboxes", 10),
    boxes("radio_buttons", 10),
    boxes("overflow", 5),
    actions(button("Go", "go", confirm=confirm(title=plain("x" * 100), text=plain("x" * 300)))),
    section("x", block_id="x" * 255),
    {"type": "markdown", "text": "x" * 12_000},
    {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}] * 20] * 100},
    section("🫖" * 3000),
]
# The same, one step further; with the JSON pointer of the complaint.
BREAKS = [
    (section("x" * 3001), "/0/text/text"),
    (section(""), "/0/text/text"),
    ({"type": "section", "fields": [plain("x")] * 11}, "/0/fields"),
    ({"type": "section", "fields": [plain("x" * 2001)]}, "/0/fields/0/text"),
    ({"type": "section"}, "/0"),
    ({"type": "header", "text": plain("x" * 151)}, "/0/text/text"),
    ({"type": "header", "text": {"type": "mrkdwn", "text": "x"}}, "/0/text/type"),
    (context(*[plain("x")] * 11), "/0/elements"),
    (context(), "/0/elements"),
    (context(button("Go", "go")), "/0/elements/0/type"),
    (actions(*[button("Go", f"go{n}") for n in range(26)]), "/0/elements"),
    (actions(), "/0/elements"),
    (actions(button("x" * 76, "go")), "/0/elements/0/text/text"),
    (actions(button("Go", "x" * 256)), "/0/elements/0/action_id"),
    (actions(button("Go", "go", "x" * 2001)), "/0/elements/0/value"),
    (actions(button("Go", "go", style="loud")), "/0/elements/0/style"),
    (actions(button("Go", "go", url="not a url")), "/0/elements/0/url"),
    (actions(button("Go", "go", accessibility_label="x" * 76)), None),
    (actions({"type": "button", "action_id": "go"}), "/0/elements/0"),
    (actions(button("Go", "go"), button("Go", "go")), "/0/elements/1/action_id"),
    (actions({"type": "plain_text_input"}), "/0/elements/0/type"),
    (actions({"type": "multi_users_select"}), "/0/elements/0/type"),
    (actions({"type": "teapot"}), "/0/elements/0/type"),
    ({"type": "image", "image_url": "https://example.com/a.png"}, "/0"),
    ({"type": "image", "alt_text": "x"}, "/0"),
    ({"type": "image", "image_url": "https://e.com/", "alt_text": "x" * 2001}, "/0/alt_text"),
    ({"type": "image", "image_url": "https://e.com/" + BIG, "alt_text": "x"}, "/0/image_url"),
    (field({"type": "plain_text_input"}, label=plain("x" * 2001)), "/0/label/text"),
    (field({"type": "plain_text_input"}, hint=plain("x" * 2001)), "/0/hint/text"),
    (field({"type": "plain_text_input", "max_length": 3001}), "/0/element/max_length"),
    (field({"type": "plain_text_input", "min_length": -1}), "/0/element/min_length"),
    (field(button("Go", "go")), "/0/element/type"),
    (field({"type": "number_input"}), "/0/element"),
    (field({"type": "number_input", "is_decimal_allowed": False, "min_value": 1}), None),
    (field({"type": "file_input"}), "/0/element/type"),
    (field({"type": "datepicker", "initial_date": "1 May"}), "/0/element/initial_date"),
    (field({"type": "timepicker", "initial_time": "24:00"}), "/0/element/initial_time"),
    (field({"type": "timepicker", "timezone": "Mars/Base"}), "/0/element/timezone"),
    (field({"type": "datetimepicker", "initial_date_time": 99}), None),
    (field({"type": "static_select", "options": []}), "/0/element/options"),
    (menu(options=[option("A", "a")] * 101), "/0/accessory/options"),
    (menu(options=None), "/0/accessory"),
    (menu(options=[option("x" * 76, "a")]), "/0/accessory/options/0/text/text"),
    (menu(options=[option("A", "x" * 151)]), "/0/accessory/options/0/value"),
    (menu(options=[{"text": plain("A")}]), "/0/accessory/options/0"),
    (menu(placeholder=plain("x" * 151)), "/0/accessory/placeholder/text"),
    (menu(initial_option=option("B", "b")), "/0/accessory"),
    (menu(option_groups=[group("G")]), "/0/accessory"),
    (boxes("checkboxes", 11), "/0/accessory/options"),
    (boxes("radio_buttons", 11), "/0/accessory/options"),
    (boxes("overflow", 6), "/0/accessory/options"),
    (menu(options=[{**option("A", "a"), "description": plain("x" * 76)}]), None),
    (
        menu(options=None, option_groups=[group("x" * 76)]),
        "/0/accessory/option_groups/0/label/text",
    ),
    (menu(options=None, option_groups=[group("G")] * 101), "/0/accessory/option_groups"),
    (menu(options=[{**option("A", "a"), "url": "https://example.com/"}]), "/0/accessory/options/0"),
    ({"type": "context_actions", "elements": [icon(n) for n in range(6)]}, "/0/elements"),
    (actions(button("Go", "go", confirm=confirm(title=plain("x" * 101)))), None),
    (actions(button("Go", "go", confirm=confirm(text=plain("x" * 301)))), None),
    (actions(button("Go", "go", confirm=confirm(deny=plain("x" * 31)))), None),
    (actions(button("Go", "go", confirm={"title": plain("Sure?")})), "/0/elements/0/confirm"),
    (section("x", block_id="x" * 256), "/0/block_id"),
    (section("x", colour="red"), "/0"),
    ({"type": "section", "text": "x"}, "/0/text"),
    ({"type": "markdown", "text": "x" * 12_001}, "/0/text"),
    ({"type": "table", "rows": [[{}]] * 101}, "/0/rows"),
    ({"type": "table", "rows": [[{}] * 21]}, "/0/rows/0"),
    ({"type": "video", "title": plain("x" * 200), "alt_text": "x"}, None),
    ({"type": "teapot"}, "/0/type"),
    ({}, "/0/type"),
    ("divider", "/0"),
]


def test_no_message_has_more_than_fifty_blocks(web, ana):
    blocks = [{"type": "divider"}] * 51
    complaint = complaint_of(web.chat_postMessage, channel=ana.id, text="x", blocks=blocks)
    assert complaint == "[ERROR] no more than 50 items allowed [json-pointer:/blocks]"
    assert web.chat_postMessage(channel=ana.id, text="x", blocks=blocks[:50])["ok"]


@pytest.mark.parametrize("block", FITS, ids=range(len(FITS)))
def test_what_is_at_the_limit_fits(block):
    assert message_problems([block]) == []


@pytest.mark.parametrize(("block", "pointer"), BREAKS, ids=range(len(BREAKS)))
def test_what_is_beyond_the_limit_is_refused_where_it_is(block, pointer):
    found = [problem.pointer for problem in message_problems([block])]
    assert found
    if pointer is not None:
        assert pointer in found


def test_block_ids_are_unique_in_a_message():
    found = message_problems([section("a", block_id="b"), section("c", block_id="b")])
    assert [p.pointer for p in found] == ["/1/block_id"]


def test_the_same_action_id_may_stand_in_two_blocks():
    assert message_problems([actions(button("A", "go")), actions(button("B", "go"))]) == []


def test_refused_blocks_are_named_in_the_answer(web, ana):
    blocks = [actions(button("x" * 76, "go"))]
    body = refused(web.chat_postMessage, channel=ana.id, text="x", blocks=blocks)
    assert body["error"] == "invalid_blocks"
    assert body["response_metadata"]["messages"] == [
        "[ERROR] must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]"
    ]


VIEWS = [
    (form(title=plain("x" * 25)), "/title/text"),
    (form(submit=plain("x" * 25)), "/submit/text"),
    (form(close=plain("x" * 25)), "/close/text"),
    (form(private_metadata="x" * 3001), "/private_metadata"),
    (form(callback_id="x" * 256), "/callback_id"),
    (form(external_id="x" * 256), "/external_id"),
    (form(*[{"type": "divider"}] * 100), "/blocks"),
    (form(submit=None), "/submit"),
    (form(colour="red"), ""),
    ({"type": "modal", "blocks": []}, ""),
    ({"type": "dialog", "title": plain("x"), "blocks": []}, "/type"),
    ({"type": "home"}, ""),
    ({"type": "home", "blocks": [{"type": "alert", "text": plain("x")}]}, "/blocks/0/type"),
    ({"type": "modal", "title": plain("x"), "blocks": [{"type": "table", "rows": [[{}]]}]}, None),
]


@pytest.mark.parametrize(("view", "pointer"), VIEWS, ids=range(len(VIEWS)))
def test_views_have_their_limits(view, pointer):
    found = [problem.pointer for problem in view_problems(view)]
    assert found
    if pointer is not None:
        assert pointer in found


def test_views_at_their_limits_fit():
    wide = {"title": plain("x" * 24), "submit": plain("x" * 24), "close": plain("x" * 24)}
    deep = {"private_metadata": "x" * 3000, "callback_id": "x" * 255, "external_id": "x" * 255}
    assert view_problems(form(*[{"type": "divider"}] * 99, **wide, **deep)) == []


def test_blocks_validate_points_at_what_is_wrong_and_needs_no_token(sim, web):
    web.token = None
    assert web.api_call("blocks.validate", json={"blocks": [section("x")]})["ok"]
    wrong = {"blocks": [{"type": "section", "text": {"type": "invalid", "text": "x"}}]}
    body = refused(web.api_call, "blocks.validate", json=wrong)
    assert body["error"] == "invalid_blocks"
    assert body["errors"][0]["pointer"] == "/0/text/type"
    assert error_of(web.api_call, "blocks.validate", json={}) == "invalid_arguments"
    view = {"view": form(title=plain("x" * 25))}
    assert error_of(web.api_call, "blocks.validate", json=view) == "invalid_view"
    message = {"message": {"text": "x", **wrong}}
    assert error_of(web.api_call, "blocks.validate", json=message) == "invalid_message"


def test_validation_does_not_change_what_it_looks_at():
    view = form(section("x"), actions(button("Go", "go")))
    before = json.dumps(view)
    view_problems(copy.deepcopy(view))
    view_problems(view)
    assert json.dumps(view) == before


def test_a_file_block_is_shown_by_slack_and_taken_from_nobody():
    block = {"type": "file", "external_id": "ABCD1", "source": "remote"}
    assert [p.message for p in message_problems([block])] == ["unsupported type: file"]


def rich(*elements, kind="rich_text_section", **more):
    """A rich text block with one part."""
    return {"type": "rich_text", "elements": [{"type": kind, "elements": [*elements], **more}]}


def words(text="tea", **more):
    return {"type": "text", "text": text, **more}


@pytest.mark.parametrize(
    ("block", "complaint"),
    [
        (rich(words("")), "must be more than 0 characters"),
        (rich({"type": "text"}), "missing required field: text"),
        (rich({"type": "button"}), "unsupported type: button"),
        (rich(words(style={"loud": True})), "invalid additional property: loud"),
        (rich(words(style={"bold": "yes"})), "must provide a boolean"),
        (rich({"type": "link", "url": "nowhere"}), "must be a valid URL"),
        (rich({"type": "link", "url": "https://example.com", "text": ""}), "more than 0"),
        (rich({"type": "user", "id": "U1"}), "missing required field: user_id"),
        (rich({"type": "broadcast", "range": "world"}), "must be one of: here, channel, everyone"),
        (rich("tea"), "must provide an object"),
        (rich(words(), kind="rich_text_list"), "missing required field: style"),
        (rich(words(), kind="rich_text_list", style="bullet"), "unsupported type: text"),
        (rich({"type": "user", "user_id": "U1"}, kind="rich_text_preformatted"), "type: user"),
        (rich(words(), kind="rich_text_poem"), "unsupported type: rich_text_poem"),
    ],
)
def test_rich_text_is_looked_through_to_its_last_word(block, complaint):
    problems = message_problems([block])
    assert complaint in " ".join(problem.message for problem in problems)


def test_rich_text_as_slacks_composer_writes_it_passes():
    line = {"type": "rich_text_section", "elements": [words(style={"bold": True})]}
    blocks = [
        rich(words(), {"type": "emoji", "name": "tea"}, {"type": "user", "user_id": "U1"}),
        rich(line, line, kind="rich_text_list", style="ordered", indent=1, border=0),
        rich(words(), kind="rich_text_quote"),
        rich(kind="rich_text_section"),
    ]
    assert message_problems(blocks) == []
