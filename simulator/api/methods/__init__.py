"""Every Web API method the simulator knows, by name."""

from types import ModuleType

from simulator.api.methods import (
    auth,
    channels,
    chat,
    conversations,
    files,
    history,
    people,
    reactions,
    schedule,
    views,
)
from simulator.api.registry import Method


def _table(*modules: ModuleType) -> dict[str, Method]:
    held = [one for module in modules for one in vars(module).values()]
    return {one.name: one for one in held if isinstance(one, Method)}


METHODS = _table(
    auth, channels, chat, conversations, files, history, people, reactions, schedule, views
)
