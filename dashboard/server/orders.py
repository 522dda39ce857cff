"""What a page may ask of the server over its web socket: a run, a stop, a sign of life, a file; of a size we read.

Streamlit takes more orders than our pages give: empty everyone's cache, tell of the repository that the
server runs from, hand out addresses for uploads. Those are passed over without an answer.
"""

from collections.abc import Callable

from google.protobuf.message import DecodeError
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.server import metrics

Kind = Callable[[bytes], str | None]
"""What Streamlit calls the order in a message, None if there is none. Raises DecodeError."""

TAKEN = frozenset({"rerun_script", "stop_script", "app_heartbeat", "deferred_file"})
"""A deferred file is one that a button of the page makes when it is pressed."""
LARGEST = 200_000
"""Bytes of one message: the longest address we read, and the state of more widgets than a page has."""
TOO_BIG, NOT_UNDERSTOOD = 1009, 1003
"""Codes that a web socket is closed with (RFC 6455)."""


def fault(message: Message, kind: Kind) -> tuple[str, int]:
    """(why, code) of a message that is not passed on; the code is 0 if the socket may stay open. ("", 0) = none.

    >>> (
    ...     fault({"bytes": b"..."}, lambda _: "clear_cache"),
    ...     fault({"bytes": b"..."}, lambda _: "rerun_script"),
    ... )
    (('ordre', 0), ('', 0))
    """
    data = message.get("bytes")
    if data is None:
        return "ordre", NOT_UNDERSTOOD
    if len(data) > LARGEST:
        return "indhold", TOO_BIG
    try:
        order = kind(data)
    except DecodeError:
        return "ordre", NOT_UNDERSTOOD
    return ("", 0) if order in TAKEN else ("ordre", 0)


class Orders:
    """Middleware that passes on what a page may ask for, and nothing else."""

    def __init__(self, app: ASGIApp, kind: Kind) -> None:
        self.app, self.kind = app, kind

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a web socket on, with the messages that come in looked at first."""
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        closed = False

        async def sent(message: Message) -> None:
            if not closed:
                await send(message)

        async def taken() -> Message:
            nonlocal closed
            while True:
                message = await receive()
                if message["type"] != "websocket.receive":
                    return message
                why, code = fault(message, self.kind)
                if not why:
                    return message
                metrics.REFUSED.labels(why).inc()
                if code:
                    closed = True
                    await send({"type": "websocket.close", "code": code})
                    return {"type": "websocket.disconnect", "code": code}

        await self.app(scope, taken, sent)
