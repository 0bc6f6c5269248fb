"""The few shapes that Kettle's messages are made of; whatever the text, it fits."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from copy import deepcopy
from functools import lru_cache
from typing import Any, TypeVar

from slack_sdk.models.blocks import (
    ActionsBlock,
    BlockElement,
    ButtonElement,
    ConfirmObject,
    ContextBlock,
    DividerBlock,
    HeaderBlock,
    InputBlock,
    InputInteractiveElement,
    InteractiveElement,
    MarkdownTextObject,
    Option,
    PlainTextObject,
    SectionBlock,
    StaticSelectElement,
)
from slack_sdk.models.views import View

from bot.views import fitting
from bot.views.carried import Action, Carried, Nothing, StaleValue
from bot.views.fitting import fit

V = TypeVar("V", bound=Carried)
# Block Kit as Slack's JSON; each name says what it is. Nothing else in `bot` is untyped.
Block = dict[str, Any]
Blocks = list[Block]
Message = dict[str, Any]  # blocks, and the text for notifications and screen readers
ModalView = dict[str, Any]
KEPT = 2_000  # options that are kept drawn: all time zones and the few of every other menu


def escape(text: str) -> str:
    """Text as it was typed: `& < >` would otherwise make mentions and links."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def section(text: str, accessory: BlockElement | None = None) -> Block:
    """A paragraph, with one element beside it."""
    written = MarkdownTextObject(text=fit(text, fitting.SECTION))
    return SectionBlock(text=written, accessory=accessory).to_dict()


def paragraphs(*lines: str) -> Blocks:
    """These lines, in as few paragraphs as hold them."""
    return [section(text) for text in fitting.paragraphs(lines)]


def header(text: str) -> Block:
    """A heading."""
    return HeaderBlock(text=_plain(text, fitting.HEADER)).to_dict()


def small(text: str) -> Block:
    """A line in small print."""
    return ContextBlock(elements=[MarkdownTextObject(text=fit(text, fitting.SMALL))]).to_dict()


def line() -> Block:
    """A thin line across."""
    return DividerBlock().to_dict()


def actions(*elements: InteractiveElement, block_id: str | None = None) -> Block:
    """A row of buttons and selects."""
    return ActionsBlock(elements=list(elements[: fitting.ELEMENTS]), block_id=block_id).to_dict()


def button(
    label: str,
    action: Action[V],
    value: V,
    *,
    style: str | None = None,
    confirm: ConfirmObject | None = None,
    suffix: object = None,
) -> ButtonElement:
    """A button; `style` is "primary" or "danger", `suffix` tells it from its like beside it."""
    action_id = action.id if suffix is None else action.suffixed(suffix)
    return ButtonElement(
        text=_plain(label, fitting.BUTTON),
        action_id=action_id,
        value=value.text(),
        style=style,
        confirm=confirm,
    )


def link(label: str, action: Action[Nothing], suffix: str, url: str) -> ButtonElement:
    """A button that only opens a page; `suffix` tells it from its like beside it."""
    return ButtonElement(
        text=_plain(label, fitting.BUTTON),
        action_id=action.suffixed(suffix),
        value=Nothing().text(),
        url=url,
    )


def confirm(title: str, text: str, yes: str, no: str) -> ConfirmObject:
    """The question before something that is hard to take back."""
    return ConfirmObject(
        title=_plain(title, fitting.CONFIRM_TITLE),
        text=MarkdownTextObject(text=fit(text, fitting.CONFIRM_TEXT)),
        confirm=_plain(yes, fitting.CONFIRM_BUTTON),
        deny=_plain(no, fitting.CONFIRM_BUTTON),
    )


class _Drawn(Option):
    """An option that is checked and made JSON once: a form draws the same hundreds each time."""

    _json: dict[str, Any] | None = None

    def to_dict(self, option_type: str = "block") -> dict[str, Any]:
        """As in a block; a copy, which the caller may change."""
        if self._json is None:
            self._json = super().to_dict(option_type)
        return {k: dict(v) if isinstance(v, dict) else v for k, v in self._json.items()}


@lru_cache(maxsize=KEPT)
def option(label: str, value: str, description: str | None = None) -> Option:
    """One choice of a select."""
    return _Drawn(
        text=_plain(label, fitting.OPTION),
        value=value,
        description=_plain(description, fitting.OPTION) if description else None,
    )


def select(
    action_id: str,
    options: Sequence[tuple[str, str]],
    chosen: str | None = None,
    placeholder: str | None = None,
) -> StaticSelectElement:
    """A select of (label, value) pairs."""
    made = [option(label, value) for label, value in options[: fitting.OPTIONS]]
    return StaticSelectElement(
        action_id=action_id,
        options=made,
        initial_option=next((o for o in made if o.value == chosen), None),
        placeholder=_plain(placeholder, fitting.PLACEHOLDER) if placeholder else None,
    )


def field(
    block_id: str,
    label: str,
    element: InputInteractiveElement,
    hint: str | None = None,
    optional: bool = False,
    dispatch: bool = False,
) -> Block:
    """An input of a modal with its label."""
    return InputBlock(
        block_id=block_id,
        label=_plain(label, fitting.LABEL),
        element=element,
        hint=_plain(hint, fitting.LABEL) if hint else None,
        optional=optional,
        dispatch_action=dispatch,
    ).to_dict()


def modal(
    callback_id: str,
    title: str,
    blocks: Blocks,
    submit: str | None = None,
    close: str = "Close",
    private_metadata: str = "",
) -> ModalView:
    """A modal; Slack allows 24 characters for title, submit and close."""
    blocks = blocks[: fitting.MODAL_BLOCKS]
    view = View(
        type="modal",
        callback_id=callback_id,
        title=_plain(title, fitting.TITLE),
        submit=_plain(submit, fitting.TITLE) if submit else None,
        close=_plain(close, fitting.TITLE),
        private_metadata=private_metadata,
        blocks=blocks,  # counted here; sent as they are below
    )
    return {**view.to_dict(), "blocks": blocks}


def message(text: str, blocks: Blocks) -> Message:
    """What a message needs: blocks, and the text for notifications and screen readers."""
    kept = blocks[: fitting.MESSAGE_BLOCKS]
    if sum(len(piece["text"]) for piece in _written(kept)) > fitting.MESSAGE_TEXT:
        kept = _shorter(kept)
    return {"text": fit(text, fitting.NOTICE), "blocks": kept}


def is_live(message: Message) -> bool:
    """Whether something in it can be pressed or chosen; a button that opens a page is none."""
    return any("url" not in element for element in _pressable(message))


def value_of(message: Message, action: Action[V]) -> V | None:
    """What the first such button in it carries; None where there is none that can be read."""
    for element in _pressable(message):
        if element["action_id"].removeprefix(action.id)[:1] in {"", "."}:
            with suppress(StaleValue):
                return action.carries.read(element["value"])
    return None


def still(message: Message) -> Message:
    """The same with nothing in it to press."""
    kept = [block for block in message.get("blocks") or () if block["type"] != "actions"]
    rest = [{k: v for k, v in block.items() if k != "accessory"} for block in kept]
    return {"text": message["text"], "blocks": rest or [section(message["text"])]}


def _pressable(message: Message) -> Blocks:
    found: Blocks = []
    for block in message.get("blocks") or ():
        beside = [block["accessory"]] if block.get("accessory") else []
        found += [one for one in (*block.get("elements", ()), *beside) if "action_id" in one]
    return found


def _shorter(blocks: Blocks) -> Blocks:
    """The same blocks with as much text as one message may hold; the longest give way."""
    copied = deepcopy(blocks)
    lengths = [len(piece["text"]) for piece in _written(copied)]
    most = fitting.fair(lengths, fitting.MESSAGE_TEXT)
    for piece in _written(copied):
        piece["text"] = fit(piece["text"], most)
    return copied


def _written(blocks: Blocks) -> Blocks:
    """The pieces of text that are there to be read."""
    found: Blocks = []
    for block in blocks:
        found += [block["text"]] if block["type"] in {"section", "header"} else []
        found += block["elements"] if block["type"] == "context" else []
    return found


def _plain(text: str, most: int) -> PlainTextObject:
    return PlainTextObject(text=fit(text, most))
