"""What was decided when a check-in closed: shown or withheld, and what became of the arc."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from core.actions import Account, State
from core.pulse import Bars, Lean, Withheld

Answer = Mapping[str, str]
"""What somebody wrote, by the key of the question."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many worries and actions were where, when they were told; nobody is named."""

    done: int = 0
    still_open: int = 0
    dropped: int = 0
    unanswered: int = 0

    @property
    def total(self) -> int:
        return self.done + self.still_open + self.dropped + self.unanswered

    @classmethod
    def of(cls, account: Account) -> "Tally":
        """The counts of an account."""
        told = (account.done, account.still_open, account.dropped, account.unanswered)
        return cls(*(len(items) for items in told))


@dataclass(frozen=True, slots=True)
class Told:
    """What a check-in of the arc told when it closed.

    `states` are those of its items, by id; `over` are the ids of those that rest from then on.
    """

    states: Mapping[str, State] = field(default_factory=dict)
    over: tuple[str, ...] = ()
    account: Tally = Tally()


@dataclass(frozen=True, slots=True)
class Result:
    """Decided once, at closing. `withheld` says why it is not shown, and is None for one that is.

    A shown pulse has a lean, perhaps bars and comments; one without names the answers; those with
    names are kept apart. `emptied`: what people wrote was deleted when its time was over.
    """

    count: int
    invited: int
    withheld: Withheld | None = None
    lean: Lean | None = None
    bars: Bars | None = field(default=None, repr=False)
    comments: tuple[str, ...] = field(default=(), repr=False)
    answers: tuple[Answer, ...] = field(default=(), repr=False)
    told: Told | None = None
    emptied: bool = False

    @property
    def is_shown(self) -> bool:
        """Whether whoever may see it sees more than a reason."""
        return self.withheld is None

    def without_words(self) -> "Result":
        """What is left when the time of what people wrote is over: counts."""
        return replace(self, comments=(), answers=(), emptied=True)

    def to_json(self) -> dict[str, Any]:
        """As the database keeps it: only what there is, and never why where it is shown."""
        kept: dict[str, Any] = {
            "count": self.count,
            "invited": self.invited,
            "shown": self.is_shown,
        }
        if self.withheld is not None:
            kept["why"] = self.withheld.value
        if self.lean is not None:
            kept["lean"] = int(self.lean)
        if self.bars is not None:
            kept["bars"] = {"block": self.bars.block, "blocks": list(self.bars.blocks)}
        if self.comments:
            kept["comments"] = list(self.comments)
        if self.answers:
            kept["answers"] = [dict(answer) for answer in self.answers]
        if self.emptied:
            kept["emptied"] = True
        return kept if self.told is None else kept | _told_json(self.told)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Result":
        """The result that was kept, by this version or by 0.1.0."""
        lean, bars = data.get("lean"), data.get("bars")
        return cls(
            count=int(data["count"]),
            invited=int(data["invited"]),
            withheld=None if data["shown"] else Withheld(data["why"]),
            lean=Lean(lean) if lean is not None else None,
            bars=Bars(bars["block"], tuple(bars["blocks"])) if bars else None,
            comments=tuple(data.get("comments", ())),
            answers=tuple(data.get("answers", ())),
            told=_told(data) if "told" in data else None,
            emptied=bool(data.get("emptied")),
        )


def _told_json(told: Told) -> dict[str, Any]:
    account = told.account
    return {
        "told": {item_id: state.value for item_id, state in told.states.items()},
        "over": list(told.over),
        "account": {
            "done": account.done,
            "still_open": account.still_open,
            "dropped": account.dropped,
            "unanswered": account.unanswered,
        },
    }


def _told(data: Mapping[str, Any]) -> Told:
    states = {item_id: State(state) for item_id, state in data["told"].items()}
    return Told(states, tuple(data.get("over", ())), Tally(**data.get("account", {})))
