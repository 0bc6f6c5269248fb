"""The HTTP server: a background thread with its own event loop, on loopback."""

import asyncio
import threading
from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from functools import partial

from aiohttp import web

Part = Callable[[web.Application], None]
PORTS = range(65_536)  # 0 takes any free one
PATIENCE = 30  # seconds for the server to come up
LARGEST_BODY = 64 * 1024 * 1024


class Server:
    """Serves what its parts mount, until stopped.

    `listening` is told the base address as soon as it is known, before anything is served.
    Raises ValueError for a port out of range.
    """

    def __init__(self, port: int, parts: Sequence[Part], listening: Callable[[str], None]) -> None:
        if port not in PORTS:
            raise ValueError(f"port {port} is out of range: it has to be 0 to {PORTS[-1]}")
        self._port = port
        self._parts = parts
        self._listening = listening
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, name="simulator", daemon=True)
        self._failure: OSError | None = None
        self._stop: Callable[[], None] = lambda: None
        self._site: web.TCPSite | None = None
        self._runner: web.AppRunner | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    def start(self) -> None:
        """Listen; returns once the address is known. Raises OSError when the port is taken."""
        self._thread.start()
        if not self._ready.wait(PATIENCE):
            raise TimeoutError(f"the simulator's server did not come up within {PATIENCE} s")
        if self._failure is not None:
            self._thread.join(5)
            raise self._failure

    def stop(self) -> None:
        """Stop serving, and wait for the end of it."""
        self._stop()
        self._thread.join(10)

    def hide(self) -> None:
        """Refuse connections from now on; those that are open stay."""
        self._do(self._hidden())

    def show(self) -> None:
        """Take connections again, at the same address."""
        self._do(self._shown())

    def _do(self, deed: Coroutine[None, None, None]) -> None:
        assert self._loop is not None, "it does not serve"
        asyncio.run_coroutine_threadsafe(deed, self._loop).result(PATIENCE)

    async def _hidden(self) -> None:
        if self._site is not None:
            await self._site.stop()
            self._site = None

    async def _shown(self) -> None:
        if self._site is None and self._runner is not None:
            self._site = web.TCPSite(self._runner, "127.0.0.1", self._port)
            await self._site.start()

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except OSError as problem:
            self._failure = problem
            self._ready.set()

    async def _serve(self) -> None:
        loop, stopping = asyncio.get_running_loop(), asyncio.Event()
        self._loop = loop
        app = web.Application(client_max_size=LARGEST_BODY)
        for mount in self._parts:
            mount(app)
        self._runner = runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
        await runner.setup()
        try:
            await self._shown()
            self._port = runner.addresses[0][1]
            self._listening(f"http://127.0.0.1:{self._port}/")
            self._stop = partial(_unless_over, loop, stopping.set)
            self._ready.set()
            await stopping.wait()
        finally:
            await runner.cleanup()


def _unless_over(loop: asyncio.AbstractEventLoop, deed: Callable[[], None]) -> None:
    """Have it done by the loop; a loop that has ended has nothing left to do."""
    with suppress(RuntimeError):
        loop.call_soon_threadsafe(deed)
