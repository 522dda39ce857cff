"""The routes of presenting: run sheets, stage, notes, and those who follow on their phones.

/fremlaeg                     ready sheets, the visitor's own, the check before a meeting
/fremlaeg/vis?k=…&nr=1        all screens in one document        /fremlaeg/talepapir?k=…   notes
/fremlaeg/liste?k=…           the rows of a sheet, for koereplan.js
POST /fremlaeg/session        a session to follow;  POST /fremlaeg/session/<id>  the screen now shown
/foelg/<id>                   the follower's page;  /foelg/<id>/stroem  the screen numbers as events
"""

import asyncio
import json
import os
import threading
from collections.abc import AsyncIterator, Callable
from typing import Any
from urllib.parse import parse_qs

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse, StreamingResponse
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from contract.release import ReleaseError
from dashboard.deck import NUMBER, Deck, deck
from dashboard.server import follow_shared, index, leaving, pages, presenting, reply, runsheets
from dashboard.server.drawing import Busy
from dashboard.server.follow import Full, Store, Unreachable
from dashboard.server.presenting import FOLLOW, NOTES, PATH, STAGE
from dashboard.share import qr_of

LONGEST, MOST = 8000, 120
"""Characters and parameters of a query that are read."""
_LARGEST_BODY = 10_000
BEAT = 15.0
"""Seconds between signs of life to a follower."""
AGAIN = 1.0
"""Seconds before a store that did not answer is asked again for a follower."""
THROUGH = (PATH, f"{PATH}/", FOLLOW)

store: Store = follow_shared.chosen(os.environ.get(follow_shared.SETTING, ""))


def parameters(query: str) -> dict[str, list[str]]:
    """The parameters of a query; empty if it is too long or cannot be read."""
    try:
        return (
            parse_qs(query, keep_blank_values=True, max_num_fields=MOST)
            if len(query) <= LONGEST
            else {}
        )
    except ValueError:
        return {}


def editor(query: str, origin: str) -> str:
    """/fremlaeg."""
    params = parameters(query)
    warm()
    return runsheets.page(deck(params) if "k" in params else None, origin)


def rows(query: str, origin: str) -> str:
    """/fremlaeg/liste."""
    return runsheets.fragment(deck(parameters(query)), origin)


def stage(query: str, origin: str) -> str:
    """/fremlaeg/vis; a deck without screens shows the run sheets and what was set aside."""
    own = deck(parameters(query))
    return presenting.stage(own, origin) if own.screens else runsheets.page(own, origin)


def notes(query: str, origin: str) -> str:
    """/fremlaeg/talepapir."""
    own = deck(parameters(query))
    return presenting.notes(own) if own.screens else runsheets.page(own, origin)


class Page:
    """A page made by one of the functions above, as an ASGI app."""

    def __init__(self, make: Callable[[str, str], str]) -> None:
        self.make = make

    async def __call__(self, scope: Scope, _receive: Receive, send: Send) -> None:
        """Answer one request."""
        html, status = await to_thread.run_sync(
            _made, self.make, Request(scope).url.query, pages.origin(scope)
        )
        answer = reply.text(
            html,
            reply.wanted(scope),
            cache_control="no-store" if status != 200 else reply.REVALIDATE,
            status=status,
        )
        await reply.send(answer, scope, send)


def _made(make: Callable[[str, str], str], query: str, origin: str) -> tuple[str, int]:
    try:
        return make(query, origin), 200
    except (ReleaseError, Busy):
        return _said("Skærmene kan ikke vises lige nu", "Prøv igen om lidt."), 503


def _said(what: str, why: str) -> str:
    return index.plain(
        what, f'<h1>{what}</h1><p class="manchet">{why} <a href="{PATH}">Gå til Fremlæg</a>.</p>'
    )


_warmed: set[str] = set()


def warm() -> None:
    """Draw the ready sheets once for each release, beside the answer, so that the first presenter need not wait."""
    own = deck({})
    if own.release.id in _warmed:
        return
    _warmed.add(own.release.id)
    threading.Thread(target=_draw_ready, args=(own,), name="indblik-skaerme", daemon=True).start()


def _draw_ready(own: Deck) -> None:
    for sheet in own.release.runsheets:
        for screen in deck({"k": [sheet.id]}).screens:
            try:
                presenting.drawn(screen)
            except Busy:
                return


# ---- following ----


async def _body(request: Request) -> dict[str, Any] | None:
    """The JSON of a request from our own pages; None from anywhere else, or if it is not a small object."""
    own = pages.origin(request.scope)
    if not own or request.headers.get("origin", "") != own:
        return None
    raw = b""
    async for chunk in request.stream():
        raw += chunk
        if len(raw) > _LARGEST_BODY:
            return None
    try:
        found = json.loads(raw)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def _number(given: object) -> int:
    return (
        given if isinstance(given, int) and not isinstance(given, bool) and 1 <= given <= 999 else 1
    )


def _refused(status: int, why: str) -> JSONResponse:
    return JSONResponse({"fejl": why}, status, {"cache-control": "no-store"})


async def start(request: Request) -> JSONResponse:
    """A new session: id, secret, the followers' address and its QR code."""
    asked = await _body(request)
    query = str(asked.get("forespoergsel", "")) if asked else ""
    if asked is None or not query or len(query) > LONGEST:
        return _refused(403, "kun fra Fremlæg")
    own = await to_thread.run_sync(deck, parameters(query))
    if not own.screens:
        return _refused(400, "ingen skærme")
    try:
        started = await store.start(own.query(), _number(asked.get(NUMBER)))
    except Full as error:
        return _refused(429, str(error))
    except Unreachable as error:
        return _refused(503, str(error))
    address = f"{pages.origin(request.scope)}{FOLLOW}{started.id}"
    told = {
        "id": started.id,
        "hemmelighed": started.secret,
        "adresse": address,
        "qr": qr_of(address),
    }
    return JSONResponse(told, 201, {"cache-control": "no-store"})


async def move(request: Request) -> JSONResponse:
    """The presenter shows another screen."""
    asked = await _body(request)
    if asked is None:
        return _refused(403, "kun fra Fremlæg")
    try:
        done = await store.move(
            str(request.path_params["id"]),
            str(asked.get("hemmelighed", "")),
            _number(asked.get(NUMBER)),
        )
    except Full as error:
        return _refused(429, str(error))
    except Unreachable as error:
        return _refused(503, str(error))
    return (
        JSONResponse({}, 200, {"cache-control": "no-store"})
        if done
        else _refused(404, "fremlæggelsen findes ikke")
    )


class Follower:
    """/foelg/<id>, as an ASGI app."""

    async def __call__(self, scope: Scope, _receive: Receive, send: Send) -> None:
        """Answer one request."""
        session = str(Request(scope).path_params["id"])
        try:
            query, position = await store.query(session), await store.position(session)
        except Unreachable:
            away = _said("Du kan ikke følge med lige nu", "Prøv igen om lidt.")
            answer = reply.text(away, reply.wanted(scope), cache_control="no-store", status=503)
            await reply.send(answer, scope, send)
            return
        if query is None or position is None:
            gone = _said(
                "Fremlæggelsen er slut",
                "Den findes ikke længere, eller adressen er skrevet forkert.",
            )
            answer = reply.text(gone, reply.wanted(scope), cache_control="no-store", status=404)
        else:
            html, status = await to_thread.run_sync(
                _made, lambda q, _o: _follow(q, session, position.number), query, ""
            )
            answer = reply.text(html, reply.wanted(scope), cache_control="no-store", status=status)
        await reply.send(answer, scope, send)


def _follow(query: str, session: str, number: int) -> str:
    own = deck(parameters(query) | {NUMBER: [str(number)]})
    return presenting.follow(own, session)


async def stream(request: Request) -> StreamingResponse | JSONResponse:
    """The numbers of the screens as server-sent events, from the one shown now."""
    session = str(request.path_params["id"])
    try:
        if await store.position(session) is None:
            return _refused(404, "fremlæggelsen findes ikke")
    except Unreachable:
        pass  # the stream waits for the store: a browser that is refused does not come back
    try:
        store.enter(session)
    except Full as error:
        return _refused(429, str(error))
    headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
    return StreamingResponse(_events(session), 200, headers, "text/event-stream")


async def _events(session: str) -> AsyncIterator[str]:
    seen = 0
    try:
        yield "retry: 500\n\n"
        while True:
            try:
                position = await leaving.process.unless_closed(store.wait(session, seen, BEAT))
            except Unreachable:
                yield ": venter\n\n"
                await leaving.process.unless_closed(asyncio.sleep(AGAIN))
                continue
            if position is None:
                yield "event: slut\ndata: 0\n\n"
                return
            yield f"data: {position.number}\n\n" if position.version != seen else ": her\n\n"
            seen = position.version
    except leaving.Closed:
        return  # the browser comes back by itself, and is sent to a process that stays
    finally:
        store.leave(session)


ROUTES = [
    Route(PATH, Page(editor)),
    Route(STAGE, Page(stage)),
    Route(NOTES, Page(notes)),
    Route(f"{PATH}/liste", Page(rows)),
    Route(f"{PATH}/session", start, methods=["POST"]),
    Route(f"{PATH}/session/{{id}}", move, methods=["POST"]),
    Route(FOLLOW + "{id}", Follower()),
    Route(FOLLOW + "{id}/stroem", stream),
]
