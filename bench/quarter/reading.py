"""One person's quarter as they read it: at which hour, where, of which kind, and what it said."""

from __future__ import annotations

from collections.abc import Iterator

from bench.quarter.company import Habit
from bench.quarter.figures import is_unasked
from bench.quarter.play import Quarter
from bench.quarter.watch import Reading
from simulator.people.mrkdwn import readable

ROLES = ("participant", "organiser", "host", "silent")
LONGEST = 96
WHERE = {"im": "to me", "mpim": "in a group"}


def reader(quarter: Quarter, role: str) -> str:
    """Whose quarter is read, by id: a role, or a name. Raises ValueError when there is nobody.

    A participant is one in Los Angeles; an organiser is who got most groups going.
    """
    people, meetings = quarter.people, quarter.watch.meetings.values()
    if role == "host":
        return quarter.host
    if role == "organiser":
        organised = [m.organiser for m in meetings if m.organiser not in ("", quarter.host)]
        return max(sorted(set(organised)), key=organised.count)
    for user, who in people.items():
        silent = who.habit is Habit.SILENT
        if role == "participant" and who.city == "Los Angeles" and not silent:
            return user
        if (role == "silent" and silent) or role == who.name:
            return user
    raise ValueError(
        f"nobody is {role!r}: {', '.join((*ROLES, *(w.name for w in people.values())))}"
    )


def quarter_of(quarter: Quarter, user: str) -> Iterator[str]:
    """A line for each message, oldest first; `*` marks those that are counted."""
    who = quarter.people[user]
    yield f"{who.name}, {who.city}, {who.habit}"
    week = None
    for one in quarter.watch.readings():
        if one.user != user:
            continue
        local = one.at.astimezone(who.zone)
        if week != (week := local.isocalendar().week):
            yield ""
        yield f"{local:%a %d %b %H:%M} {'*' if is_unasked(one) else ' '} {_what(quarter, one)}"


def _what(quarter: Quarter, one: Reading) -> str:
    world = quarter.town.sim.world
    where = WHERE.get(one.where) or f"#{world.conversations[one.message.channel].name}"
    kind = one.out.kind.value if one.out else "file" if one.message.files else "answer"
    first = quarter.habits.first.get((one.message.channel, one.message.ts), one.message.text)
    text = " ".join(readable(world, first, one.user).split())
    files = " ".join(f"(file: {world.files[name].name})" for name in one.message.files)
    return f"{where:11} {kind:17} {(text or files)[:LONGEST]}"
