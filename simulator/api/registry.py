"""What a Web API method is, and what it is given when it is called."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from simulator.api.arguments import Spec, spec_of
from simulator.api.limits import RateLimits
from simulator.world.records import JSON, Conversation, Refusal, User
from simulator.world.state import World

Doer = Callable[["Call"], JSON | None]


@dataclass(frozen=True, slots=True)
class Method:
    """One method. `scopes`: any one of them is enough; empty means none is needed."""

    name: str
    do: Doer
    tier: str
    scopes: tuple[str, ...]
    args: Spec
    token: str
    json_ok: bool


def method(
    name: str,
    tier: str,
    *scopes: str,
    args: str = "",
    token: str = "bot",
    json_ok: bool = False,
) -> Callable[[Doer], Method]:
    """Make a method of a function. `args` reads like "channel! limit:int blocks:list"."""

    def made(do: Doer) -> Method:
        return Method(name, do, tier, scopes, spec_of(args), token, json_ok)

    return made


class TooMany(Exception):
    """A limit inside a method was hit; try again after `seconds`."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"retry after {seconds} s")
        self.seconds = seconds


@dataclass(slots=True)
class Call:
    """One call being answered: the world, the checked arguments, and who calls."""

    world: World
    limits: RateLimits
    args: JSON
    token: str = ""
    warnings: list[str] = field(default_factory=list)

    def __getitem__(self, name: str) -> Any:
        return self.args.get(name)

    def need_scope(self, *scopes: str) -> None:
        """Refuse unless one of these scopes is granted."""
        check_scopes(self.world, scopes)

    def conversation(self, name: str = "channel", error: str = "channel_not_found") -> Conversation:
        """The conversation named by an argument, if the app may know of it."""
        conv = self.world.conversations.get(str(self.args.get(name)))
        if conv is None or conv.deleted:
            raise Refusal(error)
        if conv.is_private and self.world.bot_user_id not in conv.members:
            raise Refusal(error)
        return conv

    def user(self, name: str = "user") -> User:
        """The person named by an argument."""
        user = self.world.users.get(str(self.args.get(name)))
        if user is None:
            raise Refusal("user_not_found")
        return user


def check_scopes(world: World, scopes: tuple[str, ...]) -> None:
    if scopes and not any(scope in world.scopes for scope in scopes):
        raise Refusal("missing_scope", needed=",".join(scopes), provided=",".join(world.scopes))
