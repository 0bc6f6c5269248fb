"""`kettle demo --headless`: three weekly rounds, told as the people in them read it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from kettle.demo import world
from kettle.demo.running import Demo
from simulator import Channel, Person

ALL_OUT = timedelta(hours=18)  # by then it has been day for every group
ANSWERS = ("We met", "Still planning", "We met")  # the visitor's, round by round
Say = Callable[[str], None]


def play(demo: Demo, say: Say) -> None:
    """Play the rounds and `say` what is read: introductions, follow-ups, receipts."""
    visitor = demo.person(world.VISITOR)
    say(f"#{world.COFFEE} has {len(world.COLLEAGUES)} people in six time zones. "
        f"{world.VISITOR} types /coffee join:")  # fmt: skip
    say(_indented(visitor.types("/coffee join", in_=demo.sim.channel(world.COFFEE))))
    for number, answer in enumerate(ANSWERS, 1):
        _one_round(demo, number, answer, say)


def _one_round(demo: Demo, number: int, answer: str, say: Say) -> None:
    planned = demo.next_round()
    assert planned is not None, "the demo's channel has a schedule"
    due = planned[1]
    visitor, host = demo.person(world.VISITOR), demo.person(world.HOST)
    before, receipts_before = set(_conversations(demo)), _read(host)
    happened = demo.play_until(due + ALL_OUT)
    new = [c for i, c in _conversations(demo).items() if i not in before]
    mine = next(c for c in new if visitor.id in c.members)
    another = next(c for c in new if c is not mine)
    say(f"\n=== Round {number}, {due:%A %d %B %H:%M} UTC: {len(new)} introductions, "
        f"of which 2 here ===")  # fmt: skip
    for conversation in (mine, another):
        say(_indented(conversation.transcript()))
        say("")
    say("--- The receipt, as the host reads it ---")
    say(_indented(_added(receipts_before, host)))
    say("\n--- What else happened that day ---")
    say(_indented("\n".join(happened)))
    _the_week(demo, due, mine, answer, say)


def _the_week(demo: Demo, due: datetime, mine: Channel, answer: str, say: Say) -> None:
    visitor = demo.person(world.VISITOR)
    before = _read(visitor)
    happened = demo.play_until(due + timedelta(days=2, hours=8))
    for message in demo.sim.messages(mine):
        if not message.by_app:
            who = demo.sim.world.display_name(message.user)
            say(f"\n--- Meanwhile, in the first group ---\n  {who}: {message.text}")
    say(f"\n--- On Wednesday, as {visitor.name} reads it ---")
    say(_indented(_added(before, visitor)))
    visitor.presses(answer)
    say(f"{visitor.name} presses [{answer}] and reads:")
    say(_indented(visitor.transcript().rsplit("\nKettle: ", 1)[-1]))
    happened += demo.play_until(due + timedelta(days=5))
    say("\n--- What else happened that week ---")
    say(_indented("\n".join(happened)))


def _conversations(demo: Demo) -> dict[str, Channel]:
    return {conversation.id: conversation for conversation in demo.sim.group_dms()}


def _read(person: Person) -> dict[str, str]:
    """What Kettle has written to this person alone, by the name of the message."""
    private = [one for one in person.messages if one.by_app and one.channel.startswith("D")]
    return {one.ts: f"Kettle: {person.text_of(one)}" for one in private}


def _added(before: dict[str, str], person: Person) -> str:
    """What has come since; what is over is drawn anew meanwhile."""
    return "\n".join(text for ts, text in _read(person).items() if ts not in before)


def _indented(text: str) -> str:
    return "\n".join(f"  {line}" for line in text.splitlines())
