"""Socket Mode: the WebSocket connections of the app, its envelopes and their acknowledgements."""

import asyncio
import json
import uuid
from collections import deque
from concurrent.futures import Future
from dataclasses import dataclass

from aiohttp import WSMsgType, web

from simulator import shapes
from simulator.socket.subscriptions import subscribed
from simulator.world.faults import Faults
from simulator.world.records import JSON
from simulator.world.state import World

Reply = JSON | str | None  # what an acknowledgement says besides
MAX_CONNECTIONS = 10
EVENT_RETRIES = 3
KEPT = 20_000  # envelopes remembered, for tests to look at


@dataclass(slots=True)
class Pending:
    """An envelope on its way; `answer` gets the acknowledgement's payload, or an error word."""

    envelope: JSON
    answer: "Future[Reply]"
    timer: asyncio.TimerHandle | None = None


class NoAnswer(Exception):
    """The app did not acknowledge: `operation_timeout`, or `dispatch_failed` without a socket."""


class Hub:
    """Sends every payload to any one connection and waits for its acknowledgement."""

    def __init__(self, world: World, faults: Faults) -> None:
        self.world = world
        self.faults = faults
        self.ack_timeout = 3.0
        self.loop: asyncio.AbstractEventLoop | None = None
        self.connections: list[web.WebSocketResponse] = []
        self.pending: dict[str, Pending] = {}
        self.lost_events: deque[JSON] = deque(maxlen=KEPT)
        self.sent: deque[JSON] = deque(maxlen=KEPT)
        self._turn = 0
        self._queued = 0
        self._tasks: set[asyncio.Task[None]] = set()
        world.send_event = self.send_event
        faults.on_drop = self.drop

    def mount(self, app: web.Application) -> None:
        """Add the socket's address to the server's; go up and down with it."""
        app.router.add_get("/link/", self._connect)
        app.on_startup.append(self._up)
        app.on_shutdown.append(self._down)

    async def _up(self, app: web.Application) -> None:
        self.loop = asyncio.get_running_loop()

    async def _down(self, app: web.Application) -> None:
        self.loop = None
        for socket in list(self.connections):
            await socket.close()

    # -- the app's side -------------------------------------------------------

    async def _connect(self, request: web.Request) -> web.StreamResponse:
        """One WebSocket connection, from hello to goodbye."""
        ticket = request.query.get("ticket", "")
        if ticket not in self.world.socket_tickets or self.faults.take_refused_socket():
            return web.Response(status=403, text="invalid ticket")
        self.world.socket_tickets.discard(ticket)
        socket = web.WebSocketResponse(autoping=True)
        await socket.prepare(request)
        if len(self.connections) >= MAX_CONNECTIONS:
            await socket.send_json(self._goodbye("too_many_websockets"))
            await socket.close()
            return socket
        await socket.send_json(self._hello(len(self.connections) + 1))
        self._note_connection(socket, True)
        try:
            async for frame in socket:
                if frame.type == WSMsgType.TEXT:
                    self._received(frame.data)
        except ConnectionError:
            pass  # cut off in the middle of a frame: the same as a hang-up
        finally:
            self._note_connection(socket, False)
        return socket

    def _hello(self, number: int) -> JSON:
        return {
            "type": "hello",
            "num_connections": number,
            "debug_info": {
                "host": "applink-simulated",
                "build_number": 1,
                "approximate_connection_time": 18060,
            },
            "connection_info": {"app_id": self.world.app_id},
        }

    def _goodbye(self, reason: str) -> JSON:
        shape: JSON = {
            "type": "disconnect",
            "reason": reason,
            "debug_info": {"host": "applink-simulated"},
        }
        if reason == "too_many_websockets":
            shape["num_connections"] = len(self.connections)
            shape["connection_info"] = {"app_id": self.world.app_id}
        return shape

    def _note_connection(self, socket: web.WebSocketResponse, up: bool) -> None:
        with self.world.editing():
            if up:
                self.connections.append(socket)
            elif socket in self.connections:
                self.connections.remove(socket)
            self.world.changed("socket", connections=len(self.connections))

    def _received(self, data: str) -> None:
        try:
            frame = json.loads(data)
        except ValueError:
            return
        envelope_id = frame.get("envelope_id") if isinstance(frame, dict) else None
        with self.world.editing():
            pending = self.pending.pop(envelope_id or "", None)
            if pending is None:
                return
            if pending.timer:
                pending.timer.cancel()
        reply = frame.get("payload")
        pending.answer.set_result(reply if isinstance(reply, (dict, str)) else None)

    # -- sending (from any thread) --------------------------------------------

    def send_event(self, event: JSON) -> None:
        """Deliver an event the app subscribed to; without a connection it is lost."""
        if self.loop is None or not subscribed(self.world, event):
            return
        with self.world.editing():
            payload = shapes.wrap(self.world, event)
        order = self.faults.take_event()
        if order == "lose":
            self.lost_events.append(payload)
            return
        for _ in range(2 if order == "duplicate" else 1):
            self._send("events_api", payload, accepts=False, attempt=0)

    def send_interaction(self, kind: str, payload: JSON, accepts: bool) -> "Future[Reply]":
        """Deliver a command or interaction once; the future fails with `NoAnswer`."""
        return self._send(kind, payload, accepts, None)

    def _send(
        self, kind: str, payload: JSON, accepts: bool, attempt: int | None
    ) -> "Future[Reply]":
        envelope: JSON = {
            "envelope_id": str(uuid.uuid4()),
            "payload": payload,
            "type": kind,
            "accepts_response_payload": accepts,
        }
        if attempt is not None:
            envelope["retry_attempt"] = attempt
            envelope["retry_reason"] = "timeout" if attempt else ""
        pending = Pending(envelope, Future())
        if self.loop is None:
            pending.answer.set_exception(NoAnswer("dispatch_failed"))
            return pending.answer
        with self.world.lock:
            self._queued += 1
        self.loop.call_soon_threadsafe(self._write, pending)
        return pending.answer

    def _write(self, pending: Pending) -> None:
        with self.world.editing():
            self._queued -= 1
            if not self.connections:
                self._undeliverable(pending, "dispatch_failed")
                return
            self._turn += 1
            socket = self.connections[self._turn % len(self.connections)]
            self.pending[pending.envelope["envelope_id"]] = pending
            self.sent.append(pending.envelope)
        if self.loop is None:
            return
        pending.timer = self.loop.call_later(self.ack_timeout, self._overdue, pending)
        task = self.loop.create_task(self._write_frame(socket, pending.envelope))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _write_frame(self, socket: web.WebSocketResponse, frame: JSON) -> None:
        try:
            await socket.send_json(frame)
        except (ConnectionError, RuntimeError):
            return  # the socket went away: the deadline decides what becomes of the envelope

    def _undeliverable(self, pending: Pending, word: str) -> None:
        if pending.envelope["type"] == "events_api":
            self.lost_events.append(pending.envelope["payload"])
            pending.answer.set_result(None)
        else:
            pending.answer.set_exception(NoAnswer(word))
        self.world.changed("undelivered", type=pending.envelope["type"])

    def _overdue(self, pending: Pending) -> None:
        with self.world.editing():
            if self.pending.pop(pending.envelope["envelope_id"], None) is None:
                return
            attempt = pending.envelope.get("retry_attempt")
            if attempt is None or attempt >= EVENT_RETRIES:
                self._undeliverable(pending, "operation_timeout")
                return
        self._send("events_api", pending.envelope["payload"], False, attempt + 1)

    # -- trouble and looking --------------------------------------------------

    def drop(self, reason: str = "") -> None:
        """Cut all connections now, saying `reason` first when there is one."""
        if self.loop is None:
            return
        asyncio.run_coroutine_threadsafe(self._drop(reason), self.loop).result(5)

    async def _drop(self, reason: str) -> None:
        sockets, self.connections = self.connections, []
        for socket in sockets:
            if reason:
                await self._write_frame(socket, self._goodbye(reason))
            transport = socket._req.transport if socket._req is not None else None
            if reason in ("warning", "refresh_requested", "link_disabled"):
                await socket.close()
            elif transport is not None:
                transport.abort()

    def quiet(self) -> bool:
        """Whether nothing is on its way to the app or waiting for its acknowledgement."""
        return not self.pending and not self._queued
