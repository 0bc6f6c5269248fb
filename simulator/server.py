"""The HTTP and WebSocket server: a background thread with its own event loop, on loopback."""

import asyncio
import json
import threading
from typing import TYPE_CHECKING, Any

from aiohttp import web

from simulator import page_api, responses, webapi
from simulator.faults import Fault
from simulator.methods import files
from simulator.records import ApiCall, Refusal

if TYPE_CHECKING:
    from simulator.simulator import Simulator

LARGEST_BODY = 64 * 1024 * 1024
HEARTBEAT = 0.2


class Server:
    """Serves one simulator until stopped."""

    def __init__(self, sim: "Simulator", port: int) -> None:
        self.sim = sim
        self.port = port
        self._ready = threading.Event()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name="simulator", daemon=True)
        self._failure: BaseException | None = None
        self._stopping: asyncio.Event | None = None

    def start(self) -> None:
        """Listen; returns when the port is known. Raises OSError when it is taken."""
        self._thread.start()
        self._ready.wait(10)
        if self._failure is not None:
            self._thread.join(5)
            raise self._failure

    def stop(self) -> None:
        if self._stopping is not None and self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stopping.set)
        self._thread.join(10)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            self._loop.run_until_complete(self._serve())
        except OSError as problem:
            self._failure = problem
            self._ready.set()
        finally:
            self._loop.close()

    async def _serve(self) -> None:
        self._stopping = asyncio.Event()
        runner = web.AppRunner(self._application(), access_log=None, shutdown_timeout=0.2)
        await runner.setup()
        try:
            site = web.TCPSite(runner, "127.0.0.1", self.port)
            await site.start()
            self.port = runner.addresses[0][1]
            self.sim.world.base_url = f"http://127.0.0.1:{self.port}/"
            self.sim.hub.loop = self._loop
            self._ready.set()
            beat = asyncio.create_task(self._beat())
            await self._stopping.wait()
            beat.cancel()
            self.sim.hub.loop = None
            for socket in list(self.sim.hub.connections):
                await socket.close()
        finally:
            await runner.cleanup()

    async def _beat(self) -> None:
        """A running clock makes scheduled messages and statuses come due by itself."""
        while True:
            await asyncio.sleep(HEARTBEAT)
            if self.sim.clock.running:
                self.sim.time_passed()

    def _application(self) -> web.Application:
        app = web.Application(client_max_size=LARGEST_BODY)
        app.router.add_route("*", "/api/{method}", self._api)
        app.router.add_get("/link/", self.sim.hub.connect)
        app.router.add_route("*", "/upload/{file}", self._upload)
        app.router.add_get("/files/{file}/{name}", self._download)
        app.router.add_post("/respond/{kind}/{team}/{id}", self._respond)
        page_api.add_routes(app, self.sim)
        return app

    # -- Web API --------------------------------------------------------------

    async def _api(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        fault = self.sim.faults.take(method)
        if fault is not None and fault.kind == "delay":
            await asyncio.sleep(fault.seconds)
        body = await request.read()
        if fault is not None and fault.kind in ("fail", "rate_limit", "server_error"):
            return self._faulty(method, fault)
        answer = self._answer(request, method, body)
        if fault is not None and fault.kind == "half":
            return web.json_response({"ok": False, "error": fault.error})
        if fault is not None and fault.kind == "lose":
            if request.transport is not None:
                request.transport.abort()
            return web.Response(status=500)
        return web.json_response(answer.body, status=answer.status, headers=answer.headers)

    def _answer(self, request: web.Request, method: str, body: bytes) -> webapi.Answer:
        query = dict(request.query)
        try:
            given, was_json = webapi.read_body(request.headers.get("Content-Type", ""), query, body)
        except Refusal as refusal:
            return webapi.Answer({"ok": False, "error": refusal.code, **refusal.extra})
        authorization = request.headers.get("Authorization", "")
        webapi.basic_client(given, authorization)
        sim = self.sim
        return webapi.answer(sim.world, sim.limits, method, given, was_json, authorization)

    def _faulty(self, method: str, fault: Fault) -> web.Response:
        world = self.sim.world
        error = {"rate_limit": "ratelimited", "server_error": "internal_error"}.get(
            fault.kind, fault.error
        )
        status = {"rate_limit": 429, "server_error": 500}.get(fault.kind, 200)
        with world.editing():
            world.calls.append(ApiCall(method, {}, False, error, world.now(), status))
            world.changed("call", method=method, ok=False, error=error)
        if fault.kind == "server_error":
            return web.Response(status=500, text="internal server error")
        headers = {"Retry-After": str(int(fault.seconds))} if fault.kind == "rate_limit" else {}
        return web.json_response({"ok": False, "error": error}, status=status, headers=headers)

    # -- files and response_urls ----------------------------------------------

    async def _upload(self, request: web.Request) -> web.Response:
        content = await request.read()
        if request.content_type.startswith("multipart/"):
            content = await self._first_part(request, content)
        try:
            words = files.receive(self.sim.world, request.match_info["file"], content)
        except KeyError:
            return web.Response(status=404, text="no such upload")
        return web.Response(text=words)

    async def _first_part(self, request: web.Request, content: bytes) -> bytes:
        form = await request.post()
        for value in form.values():
            if isinstance(value, web.FileField):
                return bytes(value.file.read())
        return content

    async def _download(self, request: web.Request) -> web.Response:
        file = self.sim.world.files.get(request.match_info["file"])
        if file is None or file.content is None:
            return web.Response(status=404, text="no such file")
        shape = self.sim.describe_file(file.id)
        headers = {}
        if request.query.get("download"):
            headers["Content-Disposition"] = f'attachment; filename="{file.name}"'
        return web.Response(body=file.content, content_type=shape["mimetype"], headers=headers)

    async def _respond(self, request: web.Request) -> web.Response:
        raw = await request.read()
        try:
            body: Any = json.loads(raw)
        except ValueError:
            body = None
        status, refused = responses.respond(self.sim.world, request.match_info["id"], body)
        if refused is not None:
            return web.json_response(refused, status=status)
        return web.Response(text="ok")
