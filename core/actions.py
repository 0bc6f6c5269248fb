"""The arc of a team's check-ins: worries and actions that come back, and what became of them."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum


class ItemKind(StrEnum):
    """Worries are named at a kickoff and come back later; actions are agreed at a retro or aar."""

    WORRY = "worry"
    ACTION = "action"


class State(StrEnum):
    """Where an item stands. `still_open` says that someone looked at it and it goes on."""

    OPEN = "open"
    STILL_OPEN = "still_open"
    DONE = "done"
    DROPPED = "dropped"

    @property
    def finished(self) -> bool:
        return self in (State.DONE, State.DROPPED)


class Occasion(StrEnum):
    """The check-in kinds that belong to the arc."""

    KICKOFF = "kickoff"
    RETRO = "retro"
    AAR = "aar"


class IllegalTransition(ValueError):
    """That is already settled."""


class AlreadyAsked(ValueError):
    """The owner was asked once; nobody is asked twice."""


@dataclass(frozen=True, slots=True)
class Item:
    """One worry or action of a channel. `text` is shown as it was written, so never logged.

    `owner` is a person id, and None when nobody took it or its owner was forgotten.
    `carried` counts the check-ins it has come back at. `asked` says that its owner got the private
    question for the coming check-in.
    """

    id: str
    kind: ItemKind
    text: str
    owner: str | None = None
    state: State = State.OPEN
    carried: int = 0
    asked: bool = False


_ALLOWED: dict[State, frozenset[State]] = {
    State.OPEN: frozenset({State.STILL_OPEN, State.DONE, State.DROPPED}),
    State.STILL_OPEN: frozenset({State.STILL_OPEN, State.DONE, State.DROPPED}),
    State.DONE: frozenset(),
    State.DROPPED: frozenset(),
}


def move(item: Item, to: State) -> Item:
    """The item in its new state; saying the same thing twice changes nothing.

    IllegalTransition when a finished item would change, or any item would become untouched.
    """
    if to is item.state:
        return item
    if to not in _ALLOWED[item.state]:
        raise IllegalTransition(f"{item.kind} {item.id} is {item.state} and cannot become {to}")
    return replace(item, state=to)


def comes_back(item: Item, at: Occasion, told: Collection[str] = ()) -> bool:
    """Whether an item is on the list of the next check-in of this kind.

    Actions come back at every one; worries at a retro or an aar, where what was feared can be held
    against what happened. What is finished comes back once, to be told, and then rests: `told` are
    the ids of finished items that a check-in has told already.
    """
    if item.state.finished and item.id in told:
        return False
    return item.kind is ItemKind.ACTION or at is not Occasion.KICKOFF


def carry_over(items: Iterable[Item], at: Occasion) -> tuple[Item, ...]:
    """The items that go on after a check-in, in their order, ready for the one after it.

    Call it once, when the check-in has told where things stand (`account`). Each unfinished item
    is carried once more and open again, so that silence next time is not taken for an old answer;
    from here on its owner may be asked again, once.
    """
    return tuple(
        replace(item, state=State.OPEN, carried=item.carried + 1, asked=False)
        for item in items
        if not item.state.finished and comes_back(item, at)
    )


def owners_to_ask(items: Sequence[Item], at: Occasion) -> dict[str, tuple[Item, ...]]:
    """Whom to ask privately before a check-in, and about what: one question per person.

    Only actions have owners who owe an answer: nobody is asked to account for a worry, nor about
    what is settled already.
    """
    waiting: dict[str, tuple[Item, ...]] = {}
    for item in items:
        if item.kind is not ItemKind.ACTION or item.owner is None or item.asked:
            continue
        if not item.state.finished and comes_back(item, at):
            waiting[item.owner] = (*waiting.get(item.owner, ()), item)
    return waiting


def mark_asked(item: Item) -> Item:
    """The item after its owner was asked. AlreadyAsked on a second time."""
    if item.asked:
        raise AlreadyAsked(f"the owner of {item.id} was asked before")
    return replace(item, asked=True)


def disown(item: Item) -> Item:
    """The item without its owner, who never took it on: the team's again, and nobody was asked."""
    return replace(item, owner=None, asked=False)


@dataclass(frozen=True, slots=True)
class Account:
    """What became of everything: told at the next check-in, counted without names."""

    done: tuple[Item, ...]
    still_open: tuple[Item, ...]
    dropped: tuple[Item, ...]
    unanswered: tuple[Item, ...]


def account(items: Sequence[Item]) -> Account:
    """The items by state; `unanswered` are those about which nobody said anything."""
    return Account(
        done=tuple(item for item in items if item.state is State.DONE),
        still_open=tuple(item for item in items if item.state is State.STILL_OPEN),
        dropped=tuple(item for item in items if item.state is State.DROPPED),
        unanswered=tuple(item for item in items if item.state is State.OPEN),
    )
