"""Security headers on every answer. All that a page needs comes from the server itself."""

import gc
from collections.abc import Iterable

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard import in_use
from dashboard.server import embed, pages, preview, previewing

FIXED = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "SAMEORIGIN",
    "referrer-policy": "strict-origin-when-cross-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), display-capture=(), "
    "clipboard-write=(self), fullscreen=(self)",
}
STRICT_TRANSPORT = "max-age=31536000"


SHOWN_BY_OTHERS = (embed.PREFIX, preview.PREFIX)
"""What other sites may show: figures made for it, and the pictures of link previews."""


def content_security_policy(origin: str, *, embedded: bool = False) -> str:
    """The policy for a page of `origin` (`https://host`, or empty when the host is not known).

    No script but our files; none at all in a figure made to be embedded, which may stand in any page.
    Inline style stays: Streamlit's and Vega's styling is made of it. The web socket is named in full
    because older Safari does not count it as 'self'.
    """
    socket = origin.replace("http", "ws", 1)
    rules = {
        "default-src": "'self'",
        "script-src": "'self'",
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "connect-src": f"'self' {socket}".strip(),
        "worker-src": "'self' blob:",
        "object-src": "'none'",
        "base-uri": "'self'",
        "form-action": "'self'",
        "frame-ancestors": "'self'",
    }
    if embedded:
        rules |= {"script-src": "'none'", "connect-src": "'none'", "frame-ancestors": "*"}
    return "; ".join(f"{name} {value}" for name, value in rules.items())


class Headers:
    """Middleware that adds the headers to everything sent over HTTP."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, with headers on its answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        embedded = scope["path"].startswith(embed.PREFIX)
        policy = content_security_policy(pages.origin(scope), embedded=embedded)

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(FIXED)
                headers["content-security-policy"] = policy
                if embedded:
                    del headers["x-frame-options"]
                if scope["path"].startswith(SHOWN_BY_OTHERS):
                    headers["cross-origin-resource-policy"] = "cross-origin"
                if in_use.previewing():
                    headers.update(previewing.NO_INDEX)
                if scope["scheme"] == "https":
                    headers["strict-transport-security"] = STRICT_TRANSPORT
            await send(message)

        await self.app(scope, receive, with_headers)


def hide_server_name(objects: Iterable[object] | None = None) -> bool:
    """Stop uvicorn from naming itself in every answer; whether it could be done.

    `streamlit run` builds uvicorn's configuration itself and offers no option for it, so the running
    configuration is looked up among the live objects, once at start.
    """
    from uvicorn import Config

    found = False
    for one in gc.get_objects() if objects is None else objects:
        if isinstance(one, Config):
            one.server_header = False
            encoded = getattr(one, "encoded_headers", [])
            one.encoded_headers = [pair for pair in encoded if pair[0] != b"server"]
            found = True
    return found
