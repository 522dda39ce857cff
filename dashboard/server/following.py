"""The routes of those who follow a presentation on their phones, and of the presenter who leads them.

POST /fremlaeg/session        a session to follow;  POST /fremlaeg/session/<id>  the screen now shown
/foelg/<id>                   the follower's page;  /foelg/<id>/stroem  the screen numbers as events
"""

import asyncio
import json
import os
from collections.abc import AsyncIterator
from typing import Any

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse, StreamingResponse
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from dashboard.deck import NUMBER, deck
from dashboard.server import follow_shared, leaving, pages, presenting, reply
from dashboard.server.follow import Full, Store, Unreachable
from dashboard.server.present import LONGEST, made, parameters, said
from dashboard.server.presenting import FOLLOW, PATH
from dashboard.share import qr_of

_LARGEST_BODY = 10_000
BEAT = 15.0
"""Seconds between signs of life to a follower."""
AGAIN = 1.0
"""Seconds before a store that did not answer is asked again for a follower."""

store: Store = follow_shared.chosen(os.environ.get(follow_shared.SETTING, ""))


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
            away = said("Du kan ikke følge med lige nu", "Prøv igen om lidt.")
            answer = reply.text(away, reply.wanted(scope), cache_control="no-store", status=503)
            await reply.send(answer, scope, send)
            return
        if query is None or position is None:
            gone = said(
                "Fremlæggelsen er slut",
                "Den findes ikke længere, eller adressen er skrevet forkert.",
            )
            answer = reply.text(gone, reply.wanted(scope), cache_control="no-store", status=404)
        else:
            html, status = await to_thread.run_sync(
                made, lambda q, _o: _follow(q, session, position.number), query, ""
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
    Route(f"{PATH}/session", start, methods=["POST"]),
    Route(f"{PATH}/session/{{id}}", move, methods=["POST"]),
    Route(FOLLOW + "{id}", Follower()),
    Route(FOLLOW + "{id}/stroem", stream),
]
