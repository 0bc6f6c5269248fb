"""What is refused about somebody's own decisions; the sentences are in views/refusals.py."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.platform.errors import ForThePerson
from core.when import Trouble


@dataclass(eq=False)
class WhichChannel(ForThePerson):
    """The person is in several channels; `channels` are their ids."""

    channels: Sequence[str]


class NothingToSkip(ForThePerson):
    """The person is not in the channel's rounds."""


@dataclass(eq=False)
class NotTheNextRound(ForThePerson):
    """The round that was meant is over or was moved; `upcoming` is the next one of `channel`."""

    channel: str
    upcoming: datetime | None


@dataclass(eq=False)
class NoPause(ForThePerson):
    """No day to be back on can be read from the text."""

    trouble: Trouble
    text: str


class NotWithYourself(ForThePerson):
    """The person put themselves on their private list."""
