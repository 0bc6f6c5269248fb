"""Names of everything in check-ins that can be pressed, chosen or sent, and what each carries."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Self

from bot.views.carried import Action, Carried, InChannel, Modal, Nothing, StaleValue
from core.checkins import Kind


@dataclass(frozen=True, slots=True)
class OfCheckIn(Carried):
    """A check-in."""

    checkin_id: int


@dataclass(frozen=True, slots=True)
class OfItem(Carried):
    """A worry or action, and the check-in before or after which its owner reads of it."""

    checkin_id: int
    item_id: str


@dataclass(frozen=True, slots=True)
class OfSchedule(Carried):
    """A check-in that comes again and again."""

    schedule_id: int


@dataclass(frozen=True, slots=True)
class OfHand(Carried):
    """Somebody who looks for a colleague."""

    hand_id: int


@dataclass(frozen=True, slots=True)
class OfPrompt(Carried):
    """A prompt of the kind on show."""

    prompt_id: str


@dataclass(frozen=True, slots=True)
class OfKind(Carried):
    """A kind of check-in, chosen."""

    kind: Kind


@dataclass(frozen=True, slots=True)
class Page(Carried):
    """A page of a check-in's results."""

    checkin_id: int
    page: int


@dataclass(frozen=True, slots=True)
class KindHere(Carried):
    """A kind of check-in, in a channel."""

    channel_id: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Asked(Carried):
    """What the asker's form keeps: where, what about, prompts on show, and those passed over.

    In the form of a schedule there are no prompts to remember.
    """

    channel_id: str
    kind: Kind
    drawn: tuple[str, ...] = ()
    passed_over: tuple[str, ...] = ()

    def text(self) -> str:
        """As JSON: up to forty prompts are remembered, and have names of their own making."""
        kept = {"c": self.channel_id, "k": self.kind, "q": self.drawn, "p": self.passed_over}
        return json.dumps(kept)

    @classmethod
    def read(cls, text: str) -> Self:
        """The value that this text stands for. Raises StaleValue."""
        try:
            data = json.loads(text)
            drawn = tuple(str(one) for one in data.get("q", ()) if one)
            passed = tuple(str(one) for one in data.get("p", ()))
            return cls(str(data["c"]), Kind(data["k"]), drawn, passed)
        except (ValueError, LookupError, TypeError, AttributeError) as error:
            raise StaleValue(text) from error


@dataclass(frozen=True, slots=True)
class Reworded(Carried):
    """What the form of a prompt keeps: where, of which kind, and which one; None for a new one."""

    channel_id: str
    kind: Kind
    prompt_id: str | None = None

    def text(self) -> str:
        """As JSON: there may be no prompt."""
        return json.dumps({"c": self.channel_id, "k": self.kind, "p": self.prompt_id})

    @classmethod
    def read(cls, text: str) -> Self:
        """The value that this text stands for. Raises StaleValue."""
        try:
            data = json.loads(text)
            which = data["p"]
            return cls(str(data["c"]), Kind(data["k"]), None if which is None else str(which))
        except (ValueError, LookupError, TypeError, AttributeError) as error:
            raise StaleValue(text) from error


# Buttons and selects.
ANSWER = Action("checkin.answer", OfCheckIn)
KIND = Action("checkin.kind", OfKind)  # in the form of the asker
ANOTHER = Action("checkin.another", Nothing)
PROMPTS_OPEN = Action("checkin.prompts", KindHere)
PROMPTS_KIND = Action("checkin.prompts.kind", OfKind)
PROMPT_EDIT = Action("checkin.prompt.edit", OfPrompt)
PROMPT_RETIRE = Action("checkin.prompt.retire", OfPrompt)
PROMPT_KEEP = Action("checkin.prompt.keep", OfPrompt)
PROMPT_ADD = Action("checkin.prompt.add", KindHere)
PULSE_OPEN = Action("checkin.pulse", InChannel)
RESULTS = Action("checkin.results", OfCheckIn)
RESULTS_POST = Action("checkin.results.post", OfCheckIn)
RESULTS_PAGE = Action("checkin.results.page", Page)
RESULTS_CSV = Action("checkin.results.csv", InChannel)
RESULTS_TREND = Action("checkin.results.trend", InChannel)
REPLY_OPEN = Action("checkin.reply", OfCheckIn)
ITEMS_OPEN = Action("checkin.items", InChannel)
ITEM_DONE = Action("checkin.item.done", OfItem)
ITEM_STILL = Action("checkin.item.still", OfItem)
ITEM_DROPPED = Action("checkin.item.dropped", OfItem)
ITEM_NOT_MINE = Action("checkin.item.not_mine", OfItem)
ITEM_HAND_BACK = Action("checkin.item.hand_back", OfItem)
AFTER_NOTHING = Action("checkin.after.nothing", OfCheckIn)
AFTER_TALK = Action("checkin.after.talk", OfCheckIn)
AFTER_MOVE = Action("checkin.after.move", OfCheckIn)
AFTER_TELL = Action("checkin.after.tell", OfCheckIn)
HAND_OPEN = Action("checkin.hand", Nothing)
HAND_STOP = Action("checkin.hand.stop", Nothing)
HAND_YES = Action("checkin.hand.yes", OfHand)
HAND_NO = Action("checkin.hand.no", OfHand)
SCHEDULE_OPEN = Action("checkin.schedule", InChannel)
SCHEDULE_KIND = Action("checkin.schedule.kind", OfKind)
SCHEDULE_STOP = Action("checkin.schedule.stop", OfSchedule)
LINE_OPEN = Action("checkin.line", OfCheckIn)
SKIP = Action("checkin.skip", OfCheckIn)
TAKE_BACK = Action("checkin.take_back", OfCheckIn)

# Modals that are sent.
ASK_FORM = Modal("checkin.ask.form", Asked)
ANSWER_FORM = Modal("checkin.answer.form", OfCheckIn)
REPLY_FORM = Modal("checkin.reply.form", OfCheckIn)
ITEMS_FORM = Modal("checkin.items.form", InChannel)
HAND_FORM = Modal("checkin.hand.form", Nothing)
MOVE_FORM = Modal("checkin.move.form", OfCheckIn)
TELL_FORM = Modal("checkin.tell.form", OfCheckIn)
SCHEDULE_FORM = Modal("checkin.schedule.form", Asked)
LINE_FORM = Modal("checkin.line.form", OfCheckIn)
PROMPT_FORM = Modal("checkin.prompt.form", Reworded)
PULSE_FORM = Modal("checkin.pulse.form", InChannel)
