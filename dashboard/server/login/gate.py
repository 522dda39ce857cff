"""Where login is required, nobody passes without it: every address and every web socket but those in OPEN.

Streamlit's own login does the talking with the provider (its addresses are only ever called from here).
It forgets where the visitor was going and keeps all that the provider says in cookies for 30 days;
both are put right on the way back.
"""

import asyncio
from collections.abc import Mapping
from urllib.parse import parse_qs, urlencode, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.closed import LEAVE
from dashboard.server import gate, reply
from dashboard.server.api.problem import MEDIA, Problem
from dashboard.server.login import back, screens, signed
from dashboard.server.login.setup import CALLBACK, Setup

OPEN = frozenset(
    {*gate.FOR_PROBES, "/robots.txt", "/favicon.ico", "/_stcore/health", "/_stcore/host-config"}
)
"""Addresses that tell no figure and that probes and browsers ask for on their own. Style, fonts and scripts
(/aktiver/, /static/) are answered before it comes to login."""
THROUGH = ("/auth/login", "/auth/logout", CALLBACK)
"""Streamlit's addresses that exist where login is required."""


class Login:
    """Middleware that asks for login; without a setup it does nothing."""

    def __init__(self, app: ASGIApp, setup: Setup | None = None) -> None:
        self.app, self.setup = app, setup

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request or web socket of someone who is logged in on, and refuse the others."""
        kind, path = scope["type"], scope.get("path", "")
        is_open = kind == "http" and path in OPEN
        if self.setup is None or is_open or kind not in ("http", "websocket"):
            await self.app(scope, receive, send)
        elif kind == "http" and path == back.ENTER:
            await self._enter(self.setup, scope, receive, send)
        elif kind == "http" and path == LEAVE:
            await self._leave(scope, receive, send)
        elif kind == "http" and path == CALLBACK:
            await self._return(self.setup, scope, receive, send)
        else:
            await self._guarded(self.setup, scope, receive, send)

    async def _guarded(self, setup: Setup, scope: Scope, receive: Receive, send: Send) -> None:
        left = signed.seconds_left(signed.claims(HTTPConnection(scope).cookies), setup)
        if not left:
            await _refuse(setup, scope, receive, send)
            return
        begun = ended = False

        async def private(message: Message) -> None:
            nonlocal begun, ended
            begun = begun or message["type"] in ("http.response.start", "websocket.accept")
            ended = ended or message["type"] in ("websocket.close", "websocket.http.response.start")
            if message["type"] == "http.response.start":
                _keep_private(message)
            await send(message)

        # What stays open (a page's web socket, a presentation that is followed) ends with the login.
        lasts = asyncio.timeout(left)
        try:
            async with lasts:
                await self.app(scope, receive, private)
        except TimeoutError:
            if not lasts.expired():
                raise
            if scope["type"] == "websocket" and not ended:
                await send({"type": "websocket.close", "code": 1008})
            elif begun:
                await send({"type": "http.response.body", "body": b""})
            else:
                await _refuse(setup, scope, receive, send)

    async def _enter(self, setup: Setup, scope: Scope, receive: Receive, send: Send) -> None:
        """Off to the provider, with where to go kept for the way back."""
        given = parse_qs(scope.get("query_string", b"").decode("latin-1"))
        address = back.safe(given.get(back.PARAMETER, ["/"])[0])
        answer = await self._streamlit(scope, receive, "/auth/login", {"provider": signed.ticket()})
        location = answer.headers.get("location", "")
        state = parse_qs(urlsplit(location).query).get("state", [""])[0]
        if answer.status != 302 or not state:
            await _page(screens.unreachable(setup.origin, address), 503, scope, send)
            return
        _, cookies = signed.set_in(answer.headers.raw)
        cookies.append(back.cookie(state, address, signed.secure(setup)))
        await _redirect(location, cookies, send)

    async def _leave(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Logged out here, and then at the provider if it has an address for that."""
        answer = await self._streamlit(scope, receive, "/auth/logout", {})
        location = answer.headers.get("location", "/")
        cookies = answer.headers.getlist("set-cookie")
        # Without an address of the provider's: the page that the provider would send back to.
        await _redirect(location if location != "/" else CALLBACK, cookies, send)

    async def _return(self, setup: Setup, scope: Scope, receive: Receive, send: Send) -> None:
        """Back from the provider: logged in and on to where the visitor was going, or told why not."""
        given = parse_qs(scope.get("query_string", b"").decode("latin-1"))
        known = HTTPConnection(scope).cookies
        was_in = signed.seconds_left(signed.claims(known), setup) > 0
        if not given.keys() & {"code", "error", "state"}:
            page = screens.left(setup.origin)
            await (_redirect("/", [], send) if was_in else _page(page, 200, scope, send))
            return
        state = given.get("state", [""])[0]
        address = back.kept(known, state)
        answer = await self._streamlit(scope, receive, CALLBACK, None)
        of_user, cookies = signed.set_in(answer.headers.raw)
        told = signed.claims(of_user)
        cookies.append(back.forgotten(state, signed.secure(setup)))
        if told is not None and not signed.is_admitted(told, setup):
            await _page(screens.not_admitted(setup.origin), 403, scope, send, cookies)
        elif signed.seconds_left(told, setup):
            await _redirect(address, [*cookies, signed.cookie(told or {}, setup)], send)
        elif was_in:  # an address that was opened twice, or a second tab
            await _redirect(address, cookies, send)
        else:
            await _page(screens.failed(setup.origin, address), 403, scope, send, cookies)

    async def _streamlit(
        self, scope: Scope, receive: Receive, path: str, query: Mapping[str, str] | None
    ) -> "_Collected":
        """What Streamlit's login answers at one of its addresses; `query` None = the request's own."""
        inner = {**scope, "path": path, "raw_path": path.encode(), "method": "GET"}
        if query is not None:
            inner["query_string"] = urlencode(query).encode()
        collected = _Collected()
        await self.app(inner, receive, collected.take)
        return collected


class _Collected:
    """Status and headers of an answer that is not sent on as it is."""

    def __init__(self) -> None:
        self.status, self.headers = 500, Headers()

    async def take(self, message: Message) -> None:
        """Note the answer's head; stands in for `send`."""
        if message["type"] == "http.response.start":
            self.status, self.headers = message["status"], Headers(raw=message["headers"])


def _keep_private(message: Message) -> None:
    """No proxy keeps what only some may see, and a browser asks again, so that it is refused after logout."""
    headers = MutableHeaders(scope=message)
    if headers.get("cache-control") != "no-store":
        headers["cache-control"] = "private, no-cache"
    headers.add_vary_header("Cookie")


def _reads_pages(headers: Headers) -> bool:
    """Whether the answer is shown to a person; scripts, pictures and programs get a line of text."""
    wanted = headers.get("sec-fetch-dest")
    if wanted is None:
        return "text/html" in headers.get("accept", "")
    return wanted in ("document", "iframe", "frame", "embed", "object")


async def _refuse(setup: Setup, scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await receive()
        text = [(b"content-type", b"text/plain; charset=utf-8"), (b"cache-control", b"no-store")]
        await send({"type": "websocket.http.response.start", "status": 401, "headers": text})
        await send({"type": "websocket.http.response.body", "body": screens.TEXT.encode()})
        return
    if scope["path"].startswith("/api/"):
        problem = Problem("login-required", "Denne server kræver login i en browser.")
        answer = reply.Answer(problem.body(), MEDIA, "no-store", problem.status)
        await reply.send(answer, scope, send)
        return
    if _reads_pages(Headers(scope=scope)):
        raw = scope.get("raw_path") or scope["path"].encode()
        address = back.asked(raw, scope.get("query_string", b""))
        await _page(screens.wanted(setup.origin, address), 401, scope, send)
        return
    kind = "text/plain; charset=utf-8"
    await reply.send(reply.Answer(screens.TEXT.encode(), kind, "no-store", 401), scope, send)


async def _page(
    html: str, status: int, scope: Scope, send: Send, cookies: list[str] | None = None
) -> None:
    async def with_cookies(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message["headers"], *_set(cookies or [])]
        await send(message)

    answer = reply.text(html, reply.wanted(scope), cache_control="no-store", status=status)
    await reply.send(answer, scope, with_cookies)


async def _redirect(location: str, cookies: list[str], send: Send) -> None:
    headers = [
        (b"location", location.encode("latin-1")),
        (b"cache-control", b"no-store"),
        *_set(cookies),
    ]
    await send(
        {
            "type": "http.response.start",
            "status": 302,
            "headers": [*headers, (b"content-length", b"0")],
        }
    )
    await send({"type": "http.response.body", "body": b""})


def _set(cookies: list[str]) -> list[tuple[bytes, bytes]]:
    return [(b"set-cookie", one.encode("latin-1")) for one in cookies]
