"""What can be pressed or chosen around a meeting, and what each carries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.views.carried import Action, Carried, Nothing


class Question(StrEnum):
    """The kind of question to start with; ANY stands for all of them."""

    ANY = "any"
    LIGHT = "light"
    WORK = "work"
    DEEP = "deep"


@dataclass(frozen=True, slots=True)
class OfMeeting(Carried):
    """A meeting, by its number."""

    meeting: int


@dataclass(frozen=True, slots=True)
class OfKind(Carried):
    """A meeting, and the kind of question it shall start with."""

    meeting: int
    question: Question


@dataclass(frozen=True, slots=True)
class AtTime(Carried):
    """A meeting, and one of the times proposed for it (UTC)."""

    meeting: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Moving(Carried):
    """A meeting, the time agreed for it, and one to have instead (UTC)."""

    meeting: int
    at: datetime
    to: datetime


@dataclass(frozen=True, slots=True)
class Anew(Carried):
    """A meeting, a time proposed for it, the one that is off (UTC), and who called that off."""

    meeting: int
    at: datetime
    was: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Minutes(Carried):
    """For how long somebody has time."""

    minutes: int


@dataclass(frozen=True, slots=True)
class Until(Carried):
    """The instant (UTC) until which the one who asked has time."""

    until: datetime


MEETING_MET = Action("meeting.met", OfMeeting)
MEETING_PLANNING = Action("meeting.planning", OfMeeting)
MEETING_NOT = Action("meeting.not", OfMeeting)
MEETING_SHUFFLE = Action("meeting.shuffle", OfMeeting)
MEETING_TAG = Action("meeting.tag", OfKind)
MEETING_TIME = Action("meeting.time", AtTime)  # with the epoch as suffix
MEETING_WHY = Action("meeting.why", OfMeeting)
PLAN_CHANGE = Action("plan.change", AtTime)  # the time agreed
PLAN_OFF = Action("plan.off", AtTime)
PLAN_MOVE = Action("plan.move", Moving)  # with the epoch as suffix
PLAN_YES = Action("plan.yes", AtTime)  # the time asked for instead
PLAN_NO = Action("plan.no", AtTime)
PLAN_AGAIN = Action("plan.again", Anew)  # with the epoch as suffix
SECOND_FIND = Action("second.find", OfMeeting)
SECOND_STOP = Action("second.stop", OfMeeting)
NOW_JOIN = Action("now.join", Minutes)
NOW_LEAVE = Action("now.leave", Nothing)
NOW_ACCEPT = Action("now.accept", Until)
LINK = Action("link.open", Nothing)  # only opens a page
