"""From what a test writes (handles, names, lists of people) to the ids Slack uses."""

from collections.abc import Collection
from typing import Protocol, runtime_checkable

from simulator.world.records import User
from simulator.world.state import World


@runtime_checkable
class Handle(Protocol):
    """Whatever stands for something by its id: a person, a conversation, a button, a modal."""

    @property
    def id(self) -> str: ...


Who = str | Handle
Where = str | Handle | Collection[Who]
Label = str | Handle  # what it says, or whatever the app keeps with its action or callback id


def _known(one: Who) -> str:
    return one if isinstance(one, str) else one.id


def person_id(world: World, who: Who) -> str:
    """The id of a person given by handle, id, or any of their names. Raises LookupError."""
    known = _known(who)
    if known in world.users:
        return known
    wanted = known.removeprefix("@").casefold()
    for user in world.users.values():
        if wanted in _names(user):
            return user.id
    raise LookupError(f"nobody is called {who!r}")


def _names(user: User) -> set[str]:
    return {user.name.casefold(), user.real_name.casefold(), user.display_name.casefold()}


def channel_id(world: World, where: Where) -> str:
    """The id of a conversation given by handle, id, "#name", or its people.

    A list of people is their DM or group DM; the bot may be left out of it.
    """
    if not isinstance(where, str) and isinstance(where, Collection):
        return _of_people(world, [person_id(world, one) for one in where])
    known = _known(where)
    if known in world.conversations:
        return known
    if known in world.users:
        return _of_people(world, [known])
    wanted = known.removeprefix("#")
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
