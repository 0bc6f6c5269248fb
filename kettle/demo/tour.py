"""The guided tour of the demo: join, a round, another question, "we met", and a check-in."""

from __future__ import annotations

from typing import Any

from kettle.demo import world
from simulator import Workspace
from simulator.page.hooks import TourStep, in_view, sees

QUESTION = "*Something to start with*"
KIND = "What is on your mind"  # of the check-in, and the title of its form
ANSWERS = {
    "Cem Aydın": "Two releases at once. I say yes too quickly.",
    "Dalia Haddad": "I miss drawing without a deadline behind me.",
    "Emeka Obi": "Proud of the new report, tired of explaining the old one.",
    "Freya Nilsen": "Too many meetings before noon.",
    "Goran Petrović": "Quiet weeks on call. It does me good.",
    "Hana Mori": "Late calls with Europe; I would like two evenings back.",
}


def steps() -> tuple[TourStep, ...]:
    """The five steps, in order. Each is done when the person can see that it is."""
    return (_join(), _round(), _shuffle(), _met(), _check_in())


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


def _check_in() -> TourStep:
    return TourStep(
        title="Run a check-in",
        text="Now be *Ana*, who leads the team. A check-in asks beyond status, and who asks goes "
        "first.\n1. Send `/checkin open`, add your own line, press *Ask*.\n"
        "2. Let the colleagues answer.\n"
        "3. Let a day pass: it closes.\n"
        "4. In your messages with Kettle press *See the results*.",
        as_person=world.HOST,
        where=world.COFFEE,
        type_this="/checkin open",
        helper=("Let colleagues answer", _let_answer),
        done_when=sees(world.HOST, *ANSWERS.values()),
    )


def _let_answer(sim: Workspace) -> str:
    if "[Answer]" not in in_view(sim, next(iter(ANSWERS))):
        return "There is nothing to answer yet: ask first; it is posted within a few seconds."
    for name, words in ANSWERS.items():
        colleague = sim.person(name)
        colleague.presses("Answer", in_=world.COFFEE)
        complaints = colleague.fills(KIND, {"Your answer": words})
        if complaints:
            return f"{name} could not answer: {' '.join(complaints.values())}"
        colleague.closes_modal(everything=True)
    return f"{len(ANSWERS)} colleagues answered"


def _shuffled(sim: Workspace) -> bool:
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
