"""The id of a request: taken from the proxy in front, or made here; in the log, in the answer, on notices."""

import re
import secrets
from contextvars import ContextVar

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADER = "x-request-id"

_GIVEN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{7,63}\Z")
_current: ContextVar[str] = ContextVar("indblik_request", default="")


def accepted(given: str | None) -> str:
    """The id that a request brings, if it looks like one, else a new one of 16 hex digits.

    >>> accepted("4bf92f35-77b3")
    '4bf92f35-77b3'
    """
    return given if given and _GIVEN.match(given) else secrets.token_hex(8)


def current() -> str:
    """The id of the request that is being answered; empty outside of requests."""
    return _current.get()


def begin(identifier: str) -> None:
    """Say which request this thread or task works for from here on."""
    _current.set(identifier)


class Traced:
    """Middleware that gives every request and web socket its id, and tells it in the answer.

    Streamlit hands the headers of the web socket on to the session, so the id is put in them.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on under its id."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        identifier = accepted(Headers(scope=scope).get(HEADER))
        name, value = HEADER.encode(), identifier.encode()
        own = [pair for pair in scope["headers"] if pair[0] != name]
        scope = {**scope, "headers": [*own, (name, value)]}
        begin(identifier)

        async def told(message: Message) -> None:
            if message["type"] in ("http.response.start", "websocket.accept",
                                   "websocket.http.response.start"):  # fmt: skip
                message.setdefault("headers", [])
                MutableHeaders(scope=message)[HEADER] = identifier
            await send(message)

        await self.app(scope, receive, told)
