"""What can be pressed around a channel's rounds, and what each carries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Self

from bot.views import carried
from bot.views.carried import Action, Carried, InChannel, Instant, Nothing


@dataclass(frozen=True, slots=True)
class FirstDayBack(Carried):
    """The first day on which somebody is back, as their Slack status says."""

    back: date


@dataclass(frozen=True, slots=True)
class NextRound(Carried):
    """A channel, and when the round that is meant is due (UTC).

    None where there is no date, and in what 0.1.0 drew.
    """

    channel: str
    due: datetime | None = None

    def text(self) -> str:
        """The channel alone, or with the date."""
        here = InChannel(self.channel).text()
        return here if self.due is None else f"{here}{carried.BETWEEN}{Instant(self.due).text()}"

    @classmethod
    def read(cls, text: str) -> Self:
        """The value that this text stands for. Raises StaleValue."""
        here, between, due = text.partition(carried.BETWEEN)
        channel = InChannel.read(here).channel
        return cls(channel, Instant.read(due).at if between else None)


CHANNEL_JOIN = Action("channel.join", InChannel)
CHANNEL_LEAVE = Action("channel.leave", InChannel)
CHANNEL_SKIP = Action("channel.skip", NextRound)
CHANNEL_UNSKIP = Action("channel.unskip", NextRound)
ROUND_RUN = Action("round.run", InChannel)
ROUND_PREVIEW = Action("round.preview", InChannel)
PAUSE_OPEN = Action("pause.open", Nothing)
STATUS_AWAY = Action("status.away", FirstDayBack)  # the status hint: yes, skip me
STATUS_HERE = Action("status.here", InChannel)
STATUS_ALWAYS = Action("status.always", FirstDayBack)
QUIET_SLOWER = Action("silence.slower", InChannel)  # the answers to "three rounds in a row" (P10)
QUIET_BIGGER = Action("silence.bigger", InChannel)
QUIET_PAUSE = Action("silence.pause", InChannel)
QUIET_STOP = Action("silence.stop", InChannel)
QUIET_STAY = Action("silence.stay", InChannel)
