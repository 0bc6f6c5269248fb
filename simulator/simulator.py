"""The simulator as a whole: start it, fill it with people and channels, watch, make trouble."""

import secrets
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from simulator import installs, membership
from simulator import manifest as manifests
from simulator.actions import SLACKBOT, Actions
from simulator.clock import SimClock
from simulator.conditions import Conditions
from simulator.faults import Faults
from simulator.hub import Hub
from simulator.limits import RateLimits
from simulator.methods import schedule
from simulator.page_state import Page
from simulator.records import ApiCall
from simulator.server import Server
from simulator.workspace import Workspace
from simulator.world import Listener, World

START = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)  # a Monday


class Simulator(Workspace):
    """A small, strict Slack on a loopback port. Use it as a context manager, or start and stop it.

    `settle` is called after every driver action, once the app has acknowledged; let it wait until
    the app is idle. `patience` is how long (real seconds) the driver waits to see something.
    """

    def __init__(
        self,
        manifest: Path | str | Mapping[str, Any],
        start: datetime = START,
        port: int = 0,
        running_clock: bool = False,
    ) -> None:
        self.clock = SimClock(start, running_clock)
        self.world = World(manifests.load(manifest), self.clock)
        self.limits = RateLimits(self.clock)
        self.faults = Faults()
        self.hub = Hub(self.world, self.faults)
        self.actions = Actions(self.world, self.hub)
        self.settle: Callable[[], None] | None = None
        self.patience = 5.0
        self.answer_patience = 1.0
        self._server = Server(self, port)
        self._furnish()
        self.clock.on_move(self.time_passed)
        self.faults.on_order = self._fault_ordered
        self.page = Page(self)

    def _furnish(self) -> None:
        world = self.world
        slackbot = {"id": SLACKBOT, "display_name": "Slackbot", "tz": None}
        membership.add_user(world, "Slackbot", **slackbot)
        name = world.manifest.bot_name
        bot = {"is_bot": True, "bot_id": world.bot_id, "display_name": name}
        world.bot_user_id = membership.add_user(world, name, **bot).id
        self._bot_token = installs.install(world)
        self.app_token = f"xapp-1-{world.app_id}-{secrets.token_hex(12)}"
        world.app_tokens.add(self.app_token)

    # -- running --------------------------------------------------------------

    def start(self) -> "Simulator":
        self._server.start()
        return self

    def stop(self) -> None:
        self._server.stop()

    def __enter__(self) -> "Simulator":
        return self.start()

    def __exit__(self, *exc: object) -> None:
        self.stop()

    @property
    def page_url(self) -> str:
        return self.world.base_url

    @property
    def api_url(self) -> str:
        return self.world.base_url + "api/"

    @property
    def rate_limits(self) -> bool:
        return self.limits.enabled

    @rate_limits.setter
    def rate_limits(self, on: bool) -> None:
        self.limits.enabled = on

    @property
    def short_pages(self) -> bool:
        """Whether pages hold fewer items than asked for (Slack's right at any time)."""
        return self.world.short_pages

    @short_pages.setter
    def short_pages(self, on: bool) -> None:
        self.world.short_pages = on

    @property
    def conditions(self) -> Conditions:
        """What stands in the app's way until it is taken away."""
        return self.world.conditions

    @property
    def ack_timeout(self) -> float:
        """Real seconds the app has to acknowledge; Slack gives three."""
        return self.hub.ack_timeout

    @ack_timeout.setter
    def ack_timeout(self, seconds: float) -> None:
        self.hub.ack_timeout = seconds

    @property
    def calls(self) -> list[ApiCall]:
        """The Web API calls so far, oldest first (the last 20,000)."""
        with self.world.lock:
            return list(self.world.calls)

    def recent_calls(self, count: int) -> list[ApiCall]:
        """The last calls, oldest first, without copying all of them."""
        with self.world.lock:
            return list(islice(reversed(self.world.calls), count))[::-1]

    @property
    def connected(self) -> bool:
        return bool(self.hub.connections)

    def wait_connected(self, timeout: float = 10, connections: int = 1) -> None:
        """Wait (real time) until the app holds this many WebSockets. Raises TimeoutError."""
        if not self.world.wait_for(lambda: len(self.hub.connections) >= connections, timeout):
            raise TimeoutError("the app did not connect")

    def wait_quiet(self, timeout: float = 60) -> None:
        """Wait until the app has acknowledged everything sent, then `settle`."""
        self.world.wait_for(self.hub.quiet, timeout)
        if self.settle is not None:
            self.settle()

    def wait_for(self, predicate: Callable[[], Any], timeout: float | None = None) -> Any:
        """Wait until the predicate holds, trying again after every change; returns its value."""
        return self.world.wait_for(predicate, self.patience if timeout is None else timeout)

    def on_change(self, callback: Listener) -> Callable[[], None]:
        """Have `callback(kind, ids)` called after every change; returns the way to stop it."""
        self.world.listeners.append(callback)
        return lambda: self.world.listeners.remove(callback)

    def time_passed(self) -> None:
        """Do what time brings: scheduled messages, statuses that run out."""
        schedule.post_due(self.world)
        now = self.world.epoch()
        with self.world.lock:
            over = [u.id for u in self.world.users.values() if 0 < u.status_expiration <= now]
        for user_id in over:
            cleared = {"status_text": "", "status_emoji": "", "status_expiration": 0}
            membership.change_user(self.world, user_id, "user_status_changed", **cleared)
        with self.world.editing():
            self.world.changed("clock")

    def _fault_ordered(self, kind: str, method: str) -> None:
        with self.world.editing():
            self.world.changed("fault", fault=kind, method=method)

    def close_client(self, handler: Any) -> None:
        """Close a Bolt `SocketModeHandler` at once.

        Its own `close()` waits for a receive that lasts up to three seconds; here the server hangs
        up first and the waiting threads are woken, so a test loses milliseconds.
        """
        client = handler.client
        client.auto_reconnect_enabled = False
        client.closed = True
        client.message_processor.event.set()
        client.enqueue_message("")
        self.hub.drop("")
        with suppress(AttributeError):  # the SDK's receiver may let go of the socket meanwhile,
            handler.close()  # after the closer has looked whether it is there
        handler.close()  # what is closed already is left alone
