"""The guided tour of the demo: join, a round, another question, "we met", and a check-in."""

from __future__ import annotations

from typing import Any

from kettle import demo_world as world
from simulator import Simulator
from simulator.page_hooks import TourStep, sees

QUESTION = "*Something to start with*"


def steps() -> tuple[TourStep, ...]:
    """The five steps, in order. Each is done when the person can see that it is."""
    return (_join(), _round(), _shuffle(), _met())


def _join() -> TourStep:
    return TourStep(
        title="Join the rounds",
        text="You are *Bo*, and new. Everybody else in #coffee is in already; nobody is enrolled "
        "without asking.",
        hint="Send `/coffee join`, or press *I'm in* under Kettle's message.",
        as_person=world.VISITOR,
        where=world.COFFEE,
        type_this="/coffee join",
        done_when=sees(world.VISITOR, "You are in. The next round", "I'm in already"),
    )


def _round() -> TourStep:
    return TourStep(
        title="Let a round happen",
        text="A round is due on Monday at 10:00. Kettle pairs everyone, looks at who has met whom, "
        "and opens a group message for each pair.",
        hint="Jump to the next round, then look into your new group message.",
        as_person=world.VISITOR,
        where="group",
        next_stop=True,
        done_when=sees(world.VISITOR, "in this round"),
    )


def _shuffle() -> TourStep:
    return TourStep(
        title="Another question",
        text="The introduction brings a question to start with. If it does not fit, there are "
        "more; nobody gets the same one twice.",
        hint="Press *Another question* in the group message.",
        as_person=world.VISITOR,
        where="group",
        done_when=_shuffled,
    )


def _met() -> TourStep:
    return TourStep(
        title="Say that you met",
        text="Kettle cannot read messages, so it only knows what people tell it. Who has met "
        "weighs more in the next rounds than who was merely introduced.",
        hint="Press *We met* in the group message, or on Kettle's Home tab.",
        as_person=world.VISITOR,
        where="group",
        done_when=sees(world.VISITOR, "Noted: you met", "(met)"),
    )


def _shuffled(sim: Simulator) -> bool:
    visitor = sim.person(world.VISITOR).id
    with sim.world.lock:
        for conv in sim.world.conversations_of(visitor):
            for message in conv.messages.values():
                if len({_question(blocks) for blocks in [*message.versions, message.blocks]}) > 1:
                    return True
    return False


def _question(blocks: list[dict[str, Any]]) -> str:
    texts = (
        block.get("text", {}).get("text", "") for block in blocks if block["type"] == "section"
    )
    return next((text for text in texts if text.startswith(QUESTION)), "")
