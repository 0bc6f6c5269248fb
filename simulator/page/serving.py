"""The web page's side of the server: its files, its live scene, and what its buttons do."""

import asyncio
import base64
import hashlib
import json
import logging
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from aiohttp import web

from simulator.page.actions import Nonsense, perform
from simulator.page.state import Page
from simulator.world.records import JSON

log = logging.getLogger(__name__)
FILES = Path(__file__).parent / "static"
KINDS = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".svg": "image/svg+xml",
}
INLINE_SCRIPT = re.compile(r"<script[^>]*importmap[^>]*>(.*?)</script>", re.DOTALL)
AT_ONCE = 16  # people may wait for a silent app without keeping others from acting
PAUSE = 0.06  # seconds between two pushes of the scene, so that a burst is one redraw
PAUSE_PLAYING = 0.6  # … and while time is passing, which changes everything all the time
STILL_HERE = 15.0


class PageServer:
    """Serves the page to any number of browsers, each looking through one person's eyes."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.workspace = page.workspace
        self._workers = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="page")
        self._open: set[asyncio.Event] = set()
        self._closing = False

    def mount(self, app: web.Application) -> None:
        """Add the page's addresses to the server's."""
        app.router.add_get("/", self._index)
        app.router.add_get("/page/events", self._events)
        app.router.add_get("/page/scene", self._scene_once)
        app.router.add_post("/page/do/{name}", self._do)
        app.router.add_get("/page/{path:.+}", self._file)
        app.on_shutdown.append(self._shut)

    async def _shut(self, app: web.Application) -> None:
        self._closing = True
        for wake in self._open:
            wake.set()
        self._workers.shutdown(wait=False, cancel_futures=True)

    # -- files ----------------------------------------------------------------

    async def _index(self, request: web.Request) -> web.Response:
        return self._send(FILES / "index.html")

    async def _file(self, request: web.Request) -> web.Response:
        path = (FILES / request.match_info["path"]).resolve()
        inside = path.is_relative_to(FILES.resolve()) and path.suffix in KINDS
        if not inside or not path.is_file():
            return web.Response(status=404, text="no such file")
        return self._send(path)

    def _send(self, path: Path) -> web.Response:
        content = path.read_bytes()
        headers = {"Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"}
        if path.suffix == ".html":
            headers["Content-Security-Policy"] = policy(content.decode())
        kind = KINDS[path.suffix]
        return web.Response(body=content, content_type=kind, charset="utf-8", headers=headers)

    # -- the scene ------------------------------------------------------------

    def scene(self, who: str) -> JSON:
        """All that the page draws for this person. An unknown one looks as the first person."""
        world = self.page.world
        with world.lock:
            if who not in world.users:
                who = self._first_person()
            seen = self.workspace.snapshot(who) if who else {}
        return {**seen, "page": {**self.page.draw(), **self._start()}}

    def _first_person(self) -> str:
        start = self.page.hooks.start_as
        if start:
            return self.workspace.person(start).id
        people = [u.id for u in self.page.world.users.values() if not u.is_bot and u.tz]
        return people[0] if people else ""

    def _start(self) -> JSON:
        where = self.page.hooks.start_in
        return {"start_in": self.workspace.conversation_id(where) if where else ""}

    async def _scene_once(self, request: web.Request) -> web.Response:
        return web.json_response(await asyncio.to_thread(self.scene, request.query.get("as", "")))

    async def _events(self, request: web.Request) -> web.StreamResponse:
        """The scene as server-sent events: at once, and again after every change."""
        stream = web.StreamResponse(headers={"Cache-Control": "no-store"})
        stream.content_type = "text/event-stream"
        await stream.prepare(request)
        wake, loop = asyncio.Event(), asyncio.get_running_loop()

        def changed(kind: str, ids: JSON) -> None:
            if kind != "clock":  # the page's own clock runs by itself; jumps are told as "page"
                loop.call_soon_threadsafe(wake.set)

        self._open.add(wake)
        stop_listening = self.workspace.on_change(changed)
        try:
            await self._push(stream, wake, request.query.get("as", ""))
        except ConnectionError:
            pass  # the visitor went away
        finally:
            stop_listening()
            self._open.discard(wake)
        return stream

    async def _push(self, stream: web.StreamResponse, wake: asyncio.Event, who: str) -> None:
        last = ""
        while not self._closing:
            wake.clear()
            scene = await asyncio.to_thread(self.scene, who)
            known = {**scene, "now": ""} if self.page.clock.running else scene
            text = json.dumps(known)
            if text != last:
                last = text
                await stream.write(f"data: {json.dumps(scene)}\n\n".encode())
            else:
                await stream.write(b": nothing new\n\n")
            await self._pause()
            try:
                await asyncio.wait_for(wake.wait(), STILL_HERE)
            except TimeoutError:
                continue

    async def _pause(self) -> None:
        await asyncio.sleep(PAUSE)
        until = asyncio.get_running_loop().time() + PAUSE_PLAYING
        while self.page.busy and asyncio.get_running_loop().time() < until:
            await asyncio.sleep(PAUSE)

    # -- doing ----------------------------------------------------------------

    async def _do(self, request: web.Request) -> web.Response:
        if request.content_type != "application/json":  # other sites' forms cannot send this
            return web.json_response({"ok": False, "error": "not_json"}, status=415)
        name, given = request.match_info["name"], await request.json()
        loop = asyncio.get_running_loop()
        try:
            done = await loop.run_in_executor(self._workers, perform, self.page, name, given)
        except Nonsense as nonsense:
            trouble = {"ok": False, "error": "nonsense", "errors": {}, "notice": str(nonsense)}
            return web.json_response(trouble, status=400)
        except Exception as problem:  # a hook of the embedder's: say so where the visitor is
            log.exception("the page could not do %s", name)
            words = f"That did not work: {problem}"
            trouble = {"ok": False, "error": "failed", "errors": {}, "notice": words}
            return web.json_response(trouble)
        return web.json_response(done)


def policy(html: str) -> str:
    """A content policy under which the page can load nothing from anywhere else."""
    found = INLINE_SCRIPT.search(html)
    digest = hashlib.sha256(found.group(1).encode()).digest() if found else b""
    script = f"'self' 'sha256-{base64.b64encode(digest).decode()}'"
    return (
        f"default-src 'none'; script-src {script}; style-src 'self'; connect-src 'self'; "
        "img-src 'self' data:; form-action 'none'; frame-ancestors 'none'; base-uri 'none'"
    )
