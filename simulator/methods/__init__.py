"""Every Web API method the simulator knows; importing this package fills the registry."""

from simulator.methods import (
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

__all__ = [
    "auth",
    "channels",
    "chat",
    "conversations",
    "files",
    "history",
    "people",
    "reactions",
    "schedule",
    "views",
]
