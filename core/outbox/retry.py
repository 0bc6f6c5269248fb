"""What to do after a delivery failed: a decision as a value; doing it is someone else's job."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

FIRST_WAIT = timedelta(seconds=15)
LONGEST_WAIT = timedelta(hours=1)
LOCKED_WAIT = timedelta(minutes=10)  # between looks at whether the token was mended
MOST_ATTEMPTS = 12  # with doubling waits: about five hours of trying
MOST_DOUBTS = 2  # one lost answer is followed by one more post, a second one by none


class Trouble(StrEnum):
    """How an attempt ended."""

    BUSY = "busy"  # Slack asked to wait
    UNSURE = "unsure"  # no answer: it may have been posted
    AWAY = "away"  # nothing was posted: Slack was not there
    NOT_NOW = "not_now"  # nothing was posted, and it may work later
    LOCKED_OUT = "locked_out"  # nothing was posted, and somebody has to mend the token first
    NEVER = "never"  # nothing was posted, and it never will be


@dataclass(frozen=True, slots=True)
class TryAgain:
    """Post again at this instant."""

    at: datetime


@dataclass(frozen=True, slots=True)
class LookFirst:
    """From this instant on, once Slack answers: look whether it is there; post if it is not."""

    at: datetime


@dataclass(frozen=True, slots=True)
class AskSomebody:
    """It may be there, perhaps twice: only a person who looks can tell what to do."""


@dataclass(frozen=True, slots=True)
class GiveUp:
    """Keep the cause and stop."""


Decision = TryAgain | LookFirst | AskSomebody | GiveUp


def after_failure(
    trouble: Trouble,
    attempts: int,
    now: datetime,
    wait: timedelta | None = None,
    doubts: int = 0,
) -> Decision:
    """What follows the `attempts`-th attempt; `wait` is what Slack asked for when it was busy,
    or how long we let it be when it was silent.

    `doubts`: how many posts of this message nobody knows the fate of, this attempt included. One
    is followed by one more post (a rare double beats a lost introduction), a second one by none;
    nor is it said to be lost when Slack refuses it later, since the first may be there.
    While Slack is away nothing is used up: an outage may last as long as the message is of use.
    """
    if trouble in {Trouble.BUSY, Trouble.AWAY}:
        return TryAgain(now + (wait or FIRST_WAIT))
    if trouble is Trouble.LOCKED_OUT:  # over a weekend, if need be: what expires, expires
        return TryAgain(now + LOCKED_WAIT)
    if trouble is Trouble.UNSURE:
        return AskSomebody() if doubts >= MOST_DOUBTS else LookFirst(now + (wait or FIRST_WAIT))
    if trouble is Trouble.NEVER or attempts >= MOST_ATTEMPTS:
        return AskSomebody() if doubts else GiveUp()
    return TryAgain(now + min(FIRST_WAIT * 2 ** (attempts - 1), LONGEST_WAIT))
