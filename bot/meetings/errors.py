"""What is refused around a meeting; the sentences are in views/refusals.py."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.platform.errors import ForThePerson
from core.when import Trouble


class NotYourMeeting(ForThePerson):
    """The meeting is of other people."""


class NoMeeting(ForThePerson):
    """The person has no meeting yet."""


@dataclass(eq=False)
class WhichMeeting(ForThePerson):
    """Several introductions are under way; `groups` are the others of each, `word` the command."""

    groups: Sequence[Sequence[str]]
    word: str


@dataclass(eq=False)
class NotIntroduced(ForThePerson):
    """The person was not introduced to these people lately; `people` are their ids."""

    people: Sequence[str]


class TimeGone(ForThePerson):
    """A proposed time that has gone by."""


class TimeTaken(ForThePerson):
    """A proposed time at which this person has agreed to another meeting since."""


class NotAgreed(ForThePerson):
    """No time is agreed, or not any more."""


class PlanOver(ForThePerson):
    """The agreed time has begun: there is nothing left to move or to call off."""


@dataclass(eq=False)
class PlanMoved(ForThePerson):
    """What was pressed speaks of a time that was moved to `at` (UTC) since."""

    at: datetime


@dataclass(eq=False)
class NotAsked(ForThePerson):
    """The time pressed is not asked for any more; `at` (UTC) stands."""

    at: datetime


class NotFree(ForThePerson):
    """The time asked for is not free for all of them any more."""


@dataclass(eq=False)
class TooSoon(ForThePerson):
    """A second partner is looked for from `opens` (UTC) on: in mid-round, as for everybody."""

    opens: datetime


@dataclass(eq=False)
class NoSecond(ForThePerson):
    """This round has no second partner (any more) for this person; `due` (UTC): the next round."""

    due: datetime | None


class TimeFound(ForThePerson):
    """A second partner is looked for where a time is agreed, or they have met."""


class OutOfRounds(ForThePerson):
    """A second partner is looked for by somebody on a break, or out of the channel's rounds."""


class CannotTakePart(ForThePerson):
    """Guests, where the host did not allow them."""


@dataclass(eq=False)
class NobodyNamed(ForThePerson):
    """No person can be read from the text; `word` is the command it was typed behind."""

    text: str
    word: str


@dataclass(eq=False)
class NotMinutes(ForThePerson):
    """No time to wait for a coffee can be read from the text."""

    trouble: Trouble
    text: str


@dataclass(eq=False)
class NoSuchTime(ForThePerson):
    """The text names none of the times proposed."""

    text: str


@dataclass(eq=False)
class NoSuchQuestion(ForThePerson):
    """The text names no kind of question to start with."""

    text: str
