"""Names of everything that can be pressed, chosen or submitted, and what its value carries."""

from __future__ import annotations

from datetime import date

from bot.views.carried import StaleValue

# Buttons and selects. A trailing word says what is done; the value says to what.
CHANNEL_JOIN = "channel.join"  # channel id
CHANNEL_LEAVE = "channel.leave"
CHANNEL_SKIP = "channel.skip"
CHANNEL_UNSKIP = "channel.unskip"
MEETING_MET = "meeting.met"  # meeting id
MEETING_PLANNING = "meeting.planning"
MEETING_NOT = "meeting.not"
MEETING_SHUFFLE = "meeting.shuffle"
MEETING_TAG = "meeting.tag"  # select: meeting id and tag
MEETING_TIME = "meeting.time"  # meeting id and epoch; with the epoch as suffix of the action id
MEETING_WHY = "meeting.why"
PAUSE_OPEN = "pause.open"
QUIET_SLOWER = "silence.slower"  # the four answers to "three rounds in a row" (P10)
QUIET_BIGGER = "silence.bigger"
QUIET_PAUSE = "silence.pause"
QUIET_STOP = "silence.stop"
QUIET_STAY = "silence.stay"
STATUS_AWAY = "status.away"  # the status hint: yes, skip me
STATUS_HERE = "status.here"
STATUS_ALWAYS = "status.always"
NOW_JOIN = "now.join"
NOW_LEAVE = "now.leave"
NOW_ACCEPT = "now.accept"  # asked for an impromptu coffee: meeting seeker's id
ROUND_RUN = "round.run"  # channel id
ROUND_PREVIEW = "round.preview"
LINK = "link.open"  # a button that only opens a page


def join(*parts: object) -> str:
    """One value out of several."""
    return "|".join(str(part) for part in parts)


def number(value: str) -> int:
    """The number a button carries. Raises StaleValue."""
    try:
        return int(value)
    except ValueError as error:
        raise StaleValue(value) from error


def day(value: str) -> date:
    """The date a button carries. Raises StaleValue."""
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise StaleValue(value) from error


def pair(value: str) -> tuple[int, str]:
    """A number and a word. Raises StaleValue."""
    first, _, rest = value.partition("|")
    if not rest:
        raise StaleValue(value)
    return number(first), rest
