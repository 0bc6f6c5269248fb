"""The few shapes that Kettle's messages are made of; slack_sdk's models refuse what is too long."""

from __future__ import annotations

from collections.abc import Sequence
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
    InteractiveElement,
    MarkdownTextObject,
    Option,
    PlainTextObject,
    SectionBlock,
    StaticSelectElement,
)
from slack_sdk.models.views import View

from bot.views.carried import Action, Carried, Nothing

V = TypeVar("V", bound=Carried)
# Block Kit as Slack's JSON; each name says what it is. Nothing else in `bot` is untyped.
Block = dict[str, Any]
Blocks = list[Block]
Message = dict[str, Any]  # blocks, and the text for notifications and screen readers
ModalView = dict[str, Any]


def escape(text: str) -> str:
    """Text as it was typed: `& < >` would otherwise make mentions and links."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def section(text: str, accessory: BlockElement | None = None) -> Block:
    """A paragraph, with one element beside it."""
    block = SectionBlock(text=MarkdownTextObject(text=text), accessory=accessory)
    return block.to_dict()


def header(text: str) -> Block:
    """A heading."""
    return HeaderBlock(text=PlainTextObject(text=text)).to_dict()


def small(text: str) -> Block:
    """A line in small print."""
    return ContextBlock(elements=[MarkdownTextObject(text=text)]).to_dict()


def line() -> Block:
    """A thin line across."""
    return DividerBlock().to_dict()


def actions(*elements: InteractiveElement, block_id: str | None = None) -> Block:
    """A row of buttons and selects."""
    return ActionsBlock(elements=list(elements), block_id=block_id).to_dict()


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
    return loose_button(label, action_id, value.text(), style, confirm)


def loose_button(
    label: str,
    action_id: str,
    value: str = "-",
    style: str | None = None,
    confirm: ConfirmObject | None = None,
    url: str | None = None,
) -> ButtonElement:
    """A button; `style` is "primary" or "danger"."""
    return ButtonElement(
        text=PlainTextObject(text=label),
        action_id=action_id,
        value=value,
        style=style,
        confirm=confirm,
        url=url,
    )


def link(label: str, action: Action[Nothing], suffix: str, url: str) -> ButtonElement:
    """A button that only opens a page; `suffix` tells it from its like beside it."""
    return loose_button(label, action.suffixed(suffix), url=url)


def confirm(title: str, text: str, yes: str, no: str) -> ConfirmObject:
    """The question before something that is hard to take back."""
    return ConfirmObject(
        title=PlainTextObject(text=title),
        text=MarkdownTextObject(text=text),
        confirm=PlainTextObject(text=yes),
        deny=PlainTextObject(text=no),
    )


def option(label: str, value: str, description: str | None = None) -> Option:
    """One choice of a select."""
    return Option(
        text=PlainTextObject(text=label),
        value=value,
        description=PlainTextObject(text=description) if description else None,
    )


def select(
    action_id: str,
    options: Sequence[tuple[str, str]],
    chosen: str | None = None,
    placeholder: str | None = None,
) -> StaticSelectElement:
    """A select of (label, value) pairs."""
    made = [option(label, value) for label, value in options]
    return StaticSelectElement(
        action_id=action_id,
        options=made,
        initial_option=next((o for o in made if o.value == chosen), None),
        placeholder=PlainTextObject(text=placeholder) if placeholder else None,
    )


def field(
    block_id: str,
    label: str,
    element: Any,
    hint: str | None = None,
    optional: bool = False,
    dispatch: bool = False,
) -> Block:
    """An input of a modal with its label."""
    return InputBlock(
        block_id=block_id,
        label=PlainTextObject(text=label),
        element=element,
        hint=PlainTextObject(text=hint) if hint else None,
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
    view = View(
        type="modal",
        callback_id=callback_id,
        title=PlainTextObject(text=title),
        submit=PlainTextObject(text=submit) if submit else None,
        close=PlainTextObject(text=close),
        private_metadata=private_metadata,
        blocks=blocks,  # counted here; sent as they are below
    )
    return {**view.to_dict(), "blocks": blocks}


def message(text: str, blocks: Blocks) -> Message:
    """What a message needs: blocks, and the text for notifications and screen readers."""
    return {"text": text, "blocks": blocks}
