"""The modal that stands while what is to be in it is not known yet, and what may come instead."""

from __future__ import annotations

from bot.views import blocks as b
from bot.views.blocks import Blocks, ModalView

TITLE = "From Kettle"
MOMENT = "One moment, I'm asking Slack…"


def moment(text: str = MOMENT) -> ModalView:
    """Opened at once: the press that opens a modal counts for three seconds only."""
    return b.modal("waiting", TITLE, [b.section(text)])


def instead(text: str, drawn: Blocks) -> ModalView:
    """An answer, where a modal stands already."""
    return b.modal("waiting.instead", TITLE, drawn or [b.section(text)])
