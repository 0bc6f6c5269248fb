"""`kettle demo --headless`: three weekly rounds, told as the people in them read it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from kettle import demo_world as world
from kettle.demo import Demo
from simulator import Channel, Person

ROUNDS = 3
TIMES_SHOWN = 2  # introductions printed in full for each round
ANSWERS = ("We met", "We met", "Still planning", "Not this time")


def play(demo: Demo, say: Callable[[str], None]) -> None:
    """Play the rounds and `say` what is read: introductions, follow-ups, receipts."""
    visitor = demo.person(world.VISITOR)
    say(f"#{world.COFFEE} has {len(world.COLLEAGUES)} people in six time zones. "
        f"{world.VISITOR} types /coffee join:")  # fmt: skip
    say(_indented(visitor.types("/coffee join", in_=demo.sim.channel(world.COFFEE))))
    for number in range(1, ROUNDS + 1):
        _one_round(demo, number, say)


def _one_round(demo: Demo, number: int, say: Callable[[str], None]) -> None:
    planned = demo.next_round()
    assert planned is not None, "the demo's channel has a schedule"
    due = planned[1]
    before = set(_group_conversations(demo))
    host = demo.person(world.HOST)
    receipts_before = host.transcript()
    demo.play_until(due + timedelta(minutes=1))
    new = [c for i, c in _group_conversations(demo).items() if i not in before]
    say(f"\n=== Round {number}, {due:%A %d %B %H:%M} UTC: {len(new)} introductions, "
        f"of which {TIMES_SHOWN} here ===")  # fmt: skip
    for conversation in new[:TIMES_SHOWN]:
        say(_indented(conversation.transcript()))
        say("")
    say("--- The receipt, as the host reads it ---")
    say(_indented(_added(receipts_before, host.transcript())))
    _follow_up(demo, new, due, say)


def _follow_up(demo: Demo, new: list[Channel], due: object, say: Callable[[str], None]) -> None:
    pair = [demo.sim.person(user_id) for user_id in new[0].members if user_id in _staff(demo)]
    asked_before = pair[0].transcript()
    demo.play_until(demo.sim.clock.now() + timedelta(days=3))
    say(f"\n--- In the middle of the round, as {pair[0].name} reads it ---")
    say(_indented(_added(asked_before, pair[0].transcript())))
    for index, conversation in enumerate(new):
        person = next(demo.sim.person(u) for u in conversation.members if u in _staff(demo))
        answer = ANSWERS[index % len(ANSWERS)]
        said = _press(person, answer)
        if index == 0:
            say(f"{person.name} presses [{answer}] and reads:")
            say(_indented(said))


def _press(person: Person, answer: str) -> str:
    person.presses(answer)
    return person.transcript().rsplit("\nKettle: ", 1)[-1]


def _group_conversations(demo: Demo) -> dict[str, Channel]:
    found: dict[str, Channel] = {}
    for who in world.COLLEAGUES:
        for conversation in demo.person(who.name).conversations():
            if conversation.kind == "mpim":
                found.setdefault(conversation.id, conversation)
    return found


def _staff(demo: Demo) -> set[str]:
    return {demo.person(who.name).id for who in world.COLLEAGUES}


def _added(before: str, after: str) -> str:
    return after.removeprefix(before).strip() if after.startswith(before) else after


def _indented(text: str) -> str:
    return "\n".join(f"  {line}" for line in text.splitlines())
