"""What the demo adds to the simulator's page: time that holds rounds, a tour, a killed app."""

from __future__ import annotations

from kettle.demo import tour, world
from kettle.demo.running import Demo
from simulator.page.hooks import PageFault


def attend(demo: Demo) -> None:
    """Register the hooks of the page, and start the heartbeat."""
    hooks = demo.sim.page.hooks
    hooks.advance = demo.play_until
    hooks.next_stop = demo.next_round
    hooks.tour = tour.steps()
    hooks.faults = [
        PageFault(
            "kill",
            "Kill the app",
            demo.kill_app,
            "Stops the app without a word, also while time passes, and starts it again.",
        )
    ]
    hooks.start_as, hooks.start_in = world.VISITOR, world.COFFEE
    demo.beat()
