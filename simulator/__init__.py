"""A small, strict Slack for people and tests; it knows nothing of Kettle."""

from simulator.clock import SimClock
from simulator.looking import SharedFile
from simulator.people import Channel, Person
from simulator.records import ApiCall, Message, Outcome, Refusal
from simulator.simulator import Simulator

__all__ = [
    "ApiCall",
    "Channel",
    "Message",
    "Outcome",
    "Person",
    "Refusal",
    "SharedFile",
    "SimClock",
    "Simulator",
]
