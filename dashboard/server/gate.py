"""Who comes in: requests to a host that is ours, of a size we read, and web sockets of our own pages only.

`INDBLIK_HOSTS` lists the names the server is known by, with commas: `indblik.example.dk,*.intern.example`.
Without it every name is accepted, and the web socket of a page only from the name that served it.
"""

import logging
import os
from collections.abc import Sequence
from functools import cache
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from dashboard.server import index, metrics, reply

SETTING = "INDBLIK_HOSTS"
LONGEST_COOKIE = 8_000
"""Bytes of cookies. Proxies give up at about 8 kB, and so did the web socket, without a word."""
LONGEST_HEADERS = 32_000
"""Bytes of all headers together."""
LONGEST_ADDRESS = 64_500
"""Bytes of an address; what is too long for a view is named on the page. At 65,536 uvicorn gives up in English."""
LARGEST_BODY = 10_000
"""Bytes of a request's body; only Fremlæg sends any."""
TAKES_MORE = ("/api/", "/fremlaeg/session", "/hent/koereplan.")
"""Addresses that answer to other methods than GET and HEAD, each in its own way; all others are for reading."""
FOR_PROBES = ("/healthz", "/klar", "/metrics")
"""Asked for by machines that know the server by its number only."""

_LOG = logging.getLogger("indblik")
_ROOM = 65_536
COOKIES = (
    "<h1>Browseren sender for mange cookies</h1>"
    '<p class="manchet">Cookies fra dette websted, eller fra et andet under samme navn, fylder mere, end serveren '
    "kan modtage. Derfor kan siden ikke vises.</p><section class='prosa'><h2>Det kan du gøre</h2><ul>"
    "<li>Slet cookies for dette websted i browserens indstillinger, og genindlæs siden.</li>"
    "<li>Eller åbn adressen i et privat vindue.</li></ul>"
    "<p>Indblik selv bruger kun en lille teknisk cookie til forbindelsen.</p></section>"
)
_PAGES = {
    400: ("Forespørgslen kan ikke læses", "Adressen eller noget ved siden af den er ikke, som den skal være."),
    403: ("Adressen er ikke vores", "Serveren svarer ikke under det navn, der står i browserens adresselinje."),
    405: ("Her kan kun læses", "Adressen tager ikke imod noget."),
    413: ("Der er sendt for meget", "Forespørgslen fylder mere, end serveren læser."),
    414: ("Adressen er for lang", "Linket kan være klistret sammen med noget andet."),
    431: ("Browseren sender for meget", "Det, browseren sender ved siden af adressen, fylder for meget."),
}  # fmt: skip


def hosts() -> tuple[str, ...]:
    """The names that the server is known by; empty = any."""
    return tuple(
        one.strip().lower() for one in os.environ.get(SETTING, "").split(",") if one.strip()
    )


def is_ours(host: str, known: Sequence[str]) -> bool:
    """Whether a Host header, or what stands after `//` in an origin, is one of the known names.

    >>> is_ours("a.intern.example:8501", ("*.intern.example",))
    True
    """
    name = _name(host)
    return bool(name) and any(
        name == one or one == "*" or (one.startswith("*.") and name.endswith(one[1:]))
        for one in known
    )


def _name(host: str) -> str:
    """The name without a port; empty if it is no host at all."""
    try:
        parts = urlsplit(f"//{host}")
        port_is_a_number = parts.port is None or parts.port >= 0
    except ValueError:
        return ""
    whole = not (parts.path or parts.query or parts.fragment or parts.username or parts.password)
    return (parts.hostname or "").rstrip(".") if whole and port_is_a_number else ""


def allows_socket(origin: str, host: str, known: Sequence[str]) -> bool:
    """Whether a page of an origin may open a web socket to a host. No origin, or «null», may not."""
    scheme, _, netloc = origin.partition("://")
    if scheme not in ("http", "https") or not _name(netloc):
        return False
    return netloc.lower() == host.lower() or is_ours(netloc, known)


def refusal(scope: Scope, known: Sequence[str]) -> tuple[int, str]:
    """(status, why) of a request or web socket that does not come in; (0, "") if it does."""
    headers = Headers(scope=scope)
    cookies = sum(len(value) for name, value in scope["headers"] if name == b"cookie")
    if cookies > LONGEST_COOKIE:
        return 431, "cookies"
    if sum(len(name) + len(value) for name, value in scope["headers"]) > LONGEST_HEADERS:
        return 431, "hoveder"
    if len(scope.get("raw_path") or b"") + len(scope.get("query_string", b"")) > LONGEST_ADDRESS:
        return 414, "adresse"
    host = headers.get("host", "")
    if known and scope["path"] not in FOR_PROBES and not is_ours(host, known):
        return 403, "vært"
    if scope["type"] == "websocket":
        allowed = allows_socket(headers.get("origin", ""), host, known)
        return (0, "") if allowed else (403, "oprindelse")
    if scope["method"] not in ("GET", "HEAD") and not scope["path"].startswith(TAKES_MORE):
        return 405, "metode"
    length = headers.get("content-length", "0")
    if not (length.isascii() and length.isdigit()):
        return 400, "længde"
    return (413, "indhold") if int(length) > LARGEST_BODY else (0, "")


@cache
def page(status: int, why: str) -> str:
    """HTML of the page that says in Danish why a request did not come in."""
    if why == "cookies":
        return index.plain("For mange cookies", COOKIES)
    what, reason = _PAGES[status]
    return index.plain(
        what,
        f'<h1>{what}</h1><p class="manchet">{reason}</p><p><a href="/">Gå til forsiden</a></p>',
    )


class Gate:
    """Middleware that refuses what does not come in, readably."""

    def __init__(self, app: ASGIApp) -> None:
        self.app, self.hosts = app, hosts()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request or web socket on, or refuse it."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        status, why = refusal(scope, self.hosts)
        if not status:
            await self.app(scope, receive, send)
            return
        metrics.REFUSED.labels(why).inc()
        if scope["type"] == "http":
            answer = reply.text(
                page(status, why), reply.wanted(scope), cache_control="no-store", status=status
            )
            await reply.send(answer, scope, send)
            return
        _LOG.warning("forbindelse afvist", extra={"hvorfor": why, "status": status})
        await receive()
        if status == 403:
            await send({"type": "websocket.close", "code": 1008})
            return
        text = [(b"content-type", b"text/plain; charset=utf-8"), (b"cache-control", b"no-store")]
        await send({"type": "websocket.http.response.start", "status": status, "headers": text})
        body = f"Forbindelsen er afvist: {why}".encode()
        await send({"type": "websocket.http.response.body", "body": body})


def read_long_lines() -> None:
    """Let the web socket read header lines as long as the rest of the server does.

    The library's own limit is 8,192 bytes (WEBSOCKETS_MAX_LINE_LENGTH, read when it is imported, which is
    before our first line runs); beyond it the handshake is left unanswered for ever.
    """
    from websockets import http11

    http11.MAX_LINE_LENGTH = max(http11.MAX_LINE_LENGTH, _ROOM)
