"""The HTTP side of the Web API: calls and the faults they meet, uploads, files, response_urls."""

import asyncio
import json

from aiohttp import web

from simulator import shapes
from simulator.api.answering import Answer, WebApi
from simulator.api.methods import files
from simulator.api.requests import read_request
from simulator.changes import responses
from simulator.world.faults import Fault, Faults
from simulator.world.records import JSON, ApiCall, Refusal

FORM = "multipart/form-data"
# What a call is told that meets a fault and is not even read: the error word and the HTTP status.
REFUSALS = {
    "rate_limit": ("ratelimited", 429),
    "server_error": ("internal_error", 500),
    "unavailable": ("service_unavailable", 503),
}


class Gateway:
    """Everything the app reaches by HTTP, besides the page and the WebSocket."""

    def __init__(self, api: WebApi, faults: Faults) -> None:
        self.api = api
        self.world = api.world
        self.faults = faults

    def mount(self, app: web.Application) -> None:
        """Add the addresses to the server's."""
        app.router.add_route("*", "/api/{method}", self._call)
        app.router.add_route("*", "/upload/{file}", self._upload)
        app.router.add_get("/files/{file}/{name}", self._download)
        app.router.add_post("/respond/{kind}/{team}/{id}", self._respond)

    # -- calls ----------------------------------------------------------------

    async def _call(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        fault = self.faults.take(method)
        kind = fault.kind if fault else ""
        if fault is not None and kind == "delay":
            await asyncio.sleep(fault.seconds)
        if fault is not None and kind in ("fail", *REFUSALS):
            return self._faulty(method, fault)
        if kind == "cut":
            return _dropped(request)
        answer = await self._answer(request, method)
        if fault is not None and kind == "half":
            return web.json_response({"ok": False, "error": fault.error})
        if kind == "lose":
            return _dropped(request)
        return web.json_response(answer.body, status=answer.status, headers=answer.headers)

    async def _answer(self, request: web.Request, method: str) -> Answer:
        try:
            given, body = await _given(request)
            call = read_request(method, request.headers, given, body)
        except Refusal as refusal:
            return Answer({"ok": False, "error": refusal.code, **refusal.extra})
        return self.api.answer(call)

    def _faulty(self, method: str, fault: Fault) -> web.Response:
        error, status = REFUSALS.get(fault.kind, (fault.error, 200))
        with self.world.editing():
            self.world.called(ApiCall(method, {}, False, error, self.world.now(), status))
        if fault.kind == "server_error":
            return web.Response(status=status, text="internal server error")
        headers = {"Retry-After": str(int(fault.seconds))} if fault.kind == "rate_limit" else {}
        return web.json_response({"ok": False, "error": error}, status=status, headers=headers)

    # -- files and response_urls ----------------------------------------------

    async def _upload(self, request: web.Request) -> web.Response:
        try:
            words = files.receive(self.world, request.match_info["file"], await _content(request))
        except KeyError:
            return web.Response(status=404, text="no such upload")
        except ValueError:
            return web.Response(status=400, text="no file in this form")
        return web.Response(text=words)

    async def _download(self, request: web.Request) -> web.Response:
        file = self.world.files.get(request.match_info["file"])
        if file is None or file.content is None:
            return web.Response(status=404, text="no such file")
        kind = shapes.file_object(self.world, file)["mimetype"]
        headers = {}
        if request.query.get("download"):
            headers["Content-Disposition"] = f'attachment; filename="{file.name}"'
        return web.Response(body=file.content, content_type=kind, headers=headers)

    async def _respond(self, request: web.Request) -> web.Response:
        raw = await request.read()
        try:
            body: object = json.loads(raw)
        except ValueError:
            body = None
        status, refused = responses.respond(self.world, request.match_info["id"], body)
        if refused is not None:
            return web.json_response(refused, status=status)
        return web.Response(text="ok")


def _dropped(request: web.Request) -> web.Response:
    """The connection ends without an answer."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=500)


async def _given(request: web.Request) -> tuple[JSON, bytes]:
    """The arguments that came in the query or in parts, and a body that is still to be read."""
    given: JSON = dict(request.query)
    if request.content_type != FORM:
        return given, await request.read()
    try:
        form = await request.post()
    except ValueError:
        raise Refusal("invalid_form_data") from None
    given.update({name: value for name, value in form.items() if isinstance(value, str)})
    return given, b""


async def _content(request: web.Request) -> bytes:
    """The bytes of an upload, which may come as a part of a form. ValueError without any."""
    if request.content_type != FORM:
        return await request.read()
    for value in (await request.post()).values():
        if isinstance(value, web.FileField):
            return value.file.read()
    raise ValueError("no part with a file name")
