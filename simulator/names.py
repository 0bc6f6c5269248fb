"""From what a test writes (handles, names, lists of people) to the ids Slack uses."""

from typing import Any

from simulator.records import User
from simulator.world import World


def person_id(world: World, who: Any) -> str:
    """The id of a person given by handle, id, or any of their names. Raises LookupError."""
    known = getattr(who, "id", who)
    if known in world.users:
        return str(known)
    wanted = str(known).removeprefix("@").casefold()
    for user in world.users.values():
        if wanted in _names(user):
            return user.id
    raise LookupError(f"nobody is called {who!r}")


def _names(user: User) -> set[str]:
    return {user.name.casefold(), user.real_name.casefold(), user.display_name.casefold()}


def channel_id(world: World, where: Any) -> str:
    """The id of a conversation given by handle, id, "#name", or its people.

    A list of people is their DM or group DM; the bot may be left out of it.
    """
    if isinstance(where, (list, tuple, set)):
        return _of_people(world, [person_id(world, one) for one in where])
    known = getattr(where, "id", where)
    if known in world.conversations:
        return str(known)
    if known in world.users:
        return _of_people(world, [str(known)])
    wanted = str(known).removeprefix("#")
    for conv in world.conversations.values():
        if conv.name == wanted and not conv.deleted:
            return conv.id
    raise LookupError(f"no conversation {where!r}")


def _of_people(world: World, people: list[str]) -> str:
    wanted = {*people}
    for conv in world.conversations.values():
        if conv.kind in ("im", "mpim") and set(conv.members) in (
            wanted,
            wanted | {world.bot_user_id},
        ):
            return conv.id
    names = ", ".join(world.display_name(p) for p in people)
    raise LookupError(f"no direct conversation of {names}")
