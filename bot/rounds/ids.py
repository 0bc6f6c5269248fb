"""What can be pressed around a channel's rounds, and what each carries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.views.carried import Action, Carried, InChannel, Nothing


@dataclass(frozen=True, slots=True)
class FirstDayBack(Carried):
    """The first day on which somebody is back, as their Slack status says."""

    back: date


CHANNEL_JOIN = Action("channel.join", InChannel)
CHANNEL_LEAVE = Action("channel.leave", InChannel)
CHANNEL_SKIP = Action("channel.skip", InChannel)
CHANNEL_UNSKIP = Action("channel.unskip", InChannel)
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
