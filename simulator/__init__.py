"""A small, strict Slack for people and tests; it knows nothing of Kettle."""

from simulator.people.channel import Channel
from simulator.people.person import Person
from simulator.people.sights import SharedFile
from simulator.people.workspace import Workspace
from simulator.simulator import Simulator
from simulator.world.clock import SimClock
from simulator.world.manifest import ManifestError
from simulator.world.records import ApiCall, Message, Outcome, Refusal

__all__ = [
    "ApiCall",
    "Channel",
    "ManifestError",
    "Message",
    "Outcome",
    "Person",
    "Refusal",
    "SharedFile",
    "SimClock",
    "Simulator",
    "Workspace",
]
