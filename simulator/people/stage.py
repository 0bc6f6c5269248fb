"""What the handles of people and channels work with, and how long they wait for the app."""

from collections.abc import Callable
from typing import TypeVar

from simulator.acting.actions import Actions
from simulator.socket.hub import Hub
from simulator.world.state import World

T = TypeVar("T")


class Stage:
    """The workspace, what can be done in it, and the patience of those who look.

    `settle` is called after every driver action, once the app has acknowledged; let it wait until
    the app is idle. `patience` is how long (real seconds) the driver waits to see something,
    `answer_patience` how long for an answer while there is no `settle`.
    """

    def __init__(self, world: World, hub: Hub) -> None:
        self.world = world
        self.hub = hub
        self.actions = Actions(world, hub)
        self.settle: Callable[[], None] | None = None
        self.patience = 5.0
        self.answer_patience = 1.0

    def wait_quiet(self, timeout: float = 60) -> None:
        """Wait until the app has acknowledged everything sent, then `settle`."""
        self.world.wait_for(self.hub.quiet, timeout)
        if self.settle is not None:
            self.settle()

    def wait_for(self, predicate: Callable[[], T], timeout: float | None = None) -> T:
        """Wait until the predicate holds, trying again after every change; returns its value."""
        return self.world.wait_for(predicate, self.patience if timeout is None else timeout)
