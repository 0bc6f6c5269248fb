"""What is refused about a channel; the sentences are in views/refusals.py."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.platform.errors import ForThePerson


@dataclass(eq=False)
class NotHere(ForThePerson):
    """Kettle is in no channel that this could be about, or not in `channel` any more."""

    channel: str | None = None


@dataclass(eq=False)
class NotStarted(ForThePerson):
    """No host has set the channel up yet."""

    channel: str


@dataclass(eq=False)
class NotInChannel(ForThePerson):
    """The person is not a member of the Slack channel; `channel` is its id."""

    channel: str


@dataclass(eq=False)
class NotAHost(ForThePerson):
    """Only a host may do this; `hosts` are their ids."""

    hosts: Sequence[str]
