"""The simulator as a whole: start it, fill it with people and channels, watch, make trouble."""

import asyncio
import secrets
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import UTC, datetime
from itertools import islice
from typing import Self

from aiohttp import web

from simulator.api.answering import WebApi
from simulator.api.gateway import Gateway
from simulator.api.limits import RateLimits
from simulator.changes import passing
from simulator.page.serving import PageServer
from simulator.page.state import Page
from simulator.people.workspace import Workspace
from simulator.server import Server
from simulator.socket import closing
from simulator.socket.hub import Hub
from simulator.world import manifest as manifests
from simulator.world.clock import SimClock
from simulator.world.conditions import Conditions
from simulator.world.faults import Faults
from simulator.world.records import ApiCall
from simulator.world.state import World

START = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)  # a Monday
HEARTBEAT = 0.2


class Simulator(Workspace):
    """A small, strict Slack on a loopback port. Use it as a context manager, or start and stop it.

    Raises `ManifestError` for a manifest that Slack would not take, ValueError for a port out of
    range; `port` 0 takes any free one.
    """

    def __init__(
        self,
        manifest: manifests.Source,
        start: datetime = START,
        port: int = 0,
        running_clock: bool = False,
    ) -> None:
        self.clock = SimClock(start, running_clock)
        self.faults = Faults()
        self.limits = RateLimits(self.clock)
        world = World(manifests.load(manifest), self.clock)
        super().__init__(world, Hub(world, self.faults))
        self.app_token = f"xapp-1-{world.app_id}-{secrets.token_hex(12)}"
        world.app_tokens.add(self.app_token)
        self.clock.on_move(self.time_passed)
        self.faults.on_order = self._fault_ordered
        self.page = Page(self, self.faults)
        gateway = Gateway(WebApi(world, self.limits), self.faults)
        parts = (self.hub.mount, gateway.mount, PageServer(self.page).mount, self._mount_heart)
        self._server = Server(port, parts, self._listening)

    # -- running --------------------------------------------------------------

    def start(self) -> Self:
        """Listen. Raises OSError when the port is taken."""
        self._server.start()
        return self

    def stop(self) -> None:
        self._server.stop()

    def go_away(self) -> None:
        """Refuse every new connection, as when the network is down; open sockets stay."""
        self._server.hide()

    def come_back(self) -> None:
        """Be there again, at the same address."""
        self._server.show()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *exc: object) -> None:
        self.stop()

    def _listening(self, base_url: str) -> None:
        self.world.base_url = base_url

    def _mount_heart(self, app: web.Application) -> None:
        app.cleanup_ctx.append(self._heart)

    async def _heart(self, app: web.Application) -> AsyncIterator[None]:
        """A running clock makes scheduled messages and statuses come due by itself."""
        beat = asyncio.create_task(self._beat())
        yield
        beat.cancel()
        with suppress(asyncio.CancelledError):
            await beat

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(HEARTBEAT)
            if self.clock.running:
                self.time_passed()

    @property
    def page_url(self) -> str:
        return self.world.base_url

    @property
    def api_url(self) -> str:
        return self.world.base_url + "api/"

    # -- how strict, and what stands in the way -------------------------------

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
    def drops_doubles(self) -> bool:
        """Whether a second post with the same `client_msg_id` is dropped (undocumented)."""
        return self.world.drops_doubles

    @drops_doubles.setter
    def drops_doubles(self, on: bool) -> None:
        self.world.drops_doubles = on

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

    # -- watching -------------------------------------------------------------

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

    def time_passed(self) -> None:
        """Do what time brings: scheduled messages, statuses that run out."""
        passing.time_passed(self.world)

    def _fault_ordered(self, kind: str, method: str) -> None:
        with self.world.editing():
            self.world.changed("fault", fault=kind, method=method)

    def close_client(self, handler: closing.SocketHandler) -> None:
        """Close a Bolt `SocketModeHandler` at once, where its own `close()` takes seconds."""
        closing.close_client(self.hub, handler)
