"""/hent/koereplan.<ending>?k=…: a run sheet to take home as one file: PowerPoint, A4 booklet, Excel, meeting folder.

GET sends the file. POST takes the same parameters as its body, in which talking points may be long, and answers
while it works: a line of JSON for each step, one that names the file and what is missing, then the file itself.
Whoever goes away stops the work.
"""

import asyncio
import json
import logging
from html import escape
from typing import Any

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from contract.release import ReleaseError
from dashboard import runsheet
from dashboard.deck import PATH, deck
from dashboard.export import meeting, together
from dashboard.export.handout import BadLink
from dashboard.export.meeting import Meeting
from dashboard.export.together import Whole
from dashboard.server import drawing, index, pages, present
from dashboard.server.drawing import Busy
from dashboard.server.making import Gone, Work

PREFIX = "/hent/koereplan."
LONGEST_TALK = 1200
"""Characters of a talking point that is sent for the file; a link holds shorter ones (`runsheet.SHORT`)."""
LARGEST_BODY = 10_000
_NO_STORE = {"cache-control": "no-store"}
_LOG = logging.getLogger("indblik")


class TakeHome:
    """The route, as an ASGI app."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        request = Request(scope, receive)
        posted = request.method == "POST"
        try:
            kind = together.by_ending(str(request.path_params["ending"]))
            query = await _body(request) if posted else request.url.query
            own = await to_thread.run_sync(asked, kind, query, pages.origin(scope), posted)
        except Exception as error:
            await _refusal(error)(scope, receive, send)
            return
        assert kind is not None
        work = Work(kind, own)
        watch = asyncio.ensure_future(work.watch(receive))
        try:
            await (_streamed(work, send) if posted else _sent(work, scope, receive, send))
        except Gone:
            pass  # nobody listens
        finally:
            work.stop()
            watch.cancel()


def asked(kind: Whole | None, query: str, origin: str, posted: bool) -> Meeting:
    """The run sheet of a request's parameters. Raises LookupError if there is no such kind, BadLink, Busy.

    A token is paid for each file that will be made of each screen.
    """
    if kind is None:
        raise LookupError
    own = deck(present.parameters(query), LONGEST_TALK if posted else runsheet.SHORT)
    found = meeting.of(own, origin)
    for _ in range(kind.steps(found)):
        drawing.paying.get()()
    return found


async def _body(request: Request) -> str:
    """What one of our own pages sends. Raises PermissionError for others, and for too much of it."""
    own = pages.origin(request.scope)
    if not own or request.headers.get("origin", "") != own:
        raise PermissionError
    raw = b""
    async for chunk in request.stream():
        raw += chunk
        if len(raw) > LARGEST_BODY:
            raise PermissionError
    return raw.decode("utf-8", "replace")


async def _streamed(work: Work, send: Send) -> None:
    headers = [(b"content-type", b"application/octet-stream"), (b"cache-control", b"no-store"),
               (b"x-accel-buffering", b"no")]  # fmt: skip
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    line, body = {"trin": 0, "af": work.steps, "del": ""}, b""
    work.begin()
    while "trin" in line:
        await _say(send, line, more=True)
        line, body = await work.line()
    await _say(send, line, body, more=False)


async def _say(send: Send, line: dict[str, Any], body: bytes = b"", *, more: bool) -> None:
    text = json.dumps(line, ensure_ascii=False).encode() + b"\n"
    await send({"type": "http.response.body", "body": text + body, "more_body": more})


async def _sent(work: Work, scope: Scope, receive: Receive, send: Send) -> None:
    headers = {
        "content-disposition": f'attachment; filename="{work.kind.name(work.own)}"',
        "cache-control": "no-cache",
    }
    answer = Response(b"", 200, headers, work.kind.mime)
    if scope["method"] != "HEAD":
        work.begin()
        line, body = await work.line()
        while "trin" in line:
            line, body = await work.line()
        answer = Response(body, 200, headers, work.kind.mime)
        if "fejl" in line:
            answer = _notice("Filen kan ikke laves lige nu", line["fejl"], 503)
    await answer(scope, receive, send)


def _refusal(error: Exception) -> HTMLResponse:
    if isinstance(error, PermissionError):
        return _notice(
            "Filen kan ikke laves", "Kun Indbliks egne sider kan bede om den sådan.", 403
        )
    if isinstance(error, LookupError):
        return _notice("Filen findes ikke", "Der er ingen fil på adressen.", 404)
    if isinstance(error, BadLink):
        said = str(error)
        return _notice("Filen kan ikke laves", f"{said[:1].upper()}{said[1:]}.", 404)
    if isinstance(error, Busy | ReleaseError):
        return _notice("Filen kan ikke laves lige nu", "Prøv igen om lidt.", 503)
    _LOG.error("En køreplan kunne ikke læses", exc_info=error)
    return _notice("Filen kan ikke laves", "Der er en fejl i Indblik.", 503)


def _notice(what: str, why: str, status: int) -> HTMLResponse:
    main = f'<h1>{escape(what)}</h1><p class="lead">{escape(why)}</p><p><a href="{PATH}">Gå til Fremlæg</a></p>'
    return HTMLResponse(index.plain(what, main), status, _NO_STORE)


ROUTE = Route(PREFIX + "{ending}", TakeHome())
