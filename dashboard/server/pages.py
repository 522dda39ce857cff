"""Which addresses exist. Pages get their HTML, other spellings a redirect, all else a Danish 404.

Streamlit on its own answers 200 to every address.
"""

import difflib
import re
from html import escape

from anyio import to_thread
from starlette.datastructures import Headers
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from dashboard import sitemap
from dashboard.server import arrivals, assets, documents, index, menu, reply
from dashboard.server.documents import Early

STREAMLIT = (
    "/_stcore/health",
    "/_stcore/host-config",
    "/_stcore/bidi-components/",
    "/component/",
    "/media/",
)
"""What of Streamlit's own addresses a browser needs; upload, login and agent addresses are left out.
The web socket is no HTTP request and passes anyway."""
_MOST_COMPARED = 80
"""Characters of a wrong address that are compared with the pages' names: the work must stay small."""
ROBOTS = "User-agent: *\nDisallow: /_stcore/\nDisallow: /media/\n"

_LEAVES = re.compile(r"\x00|\\|(?:^|/)\.\.(?:/|$)|^/+[a-z]:", re.I)
"""In a path that tries to leave its folder. Streamlit answers those of its own and of our routes in English."""
_HOST = re.compile(
    r"(?:[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?|\[[0-9a-f:]{2,39}\])(?::\d{1,5})?\Z", re.I
)


def canonical(path: str) -> str:
    """The one spelling of an address: lower case, single slashes, none at the end.

    >>> canonical("//Fleksjob/")
    '/fleksjob'
    """
    return "/" + re.sub(r"[/\\]+", "/", path).strip("/").lower()


def nearest(path: str, limit: int = 3) -> list[sitemap.Page]:
    """Pages whose address or title resembles a wrong address, the nearest first."""
    asked = path[:_MOST_COMPARED].strip("/").lower()
    scored = [
        (
            max(
                difflib.SequenceMatcher(None, asked, text.lower()).ratio()
                for text in (page.path, page.title)
            ),
            page,
        )
        for page in sitemap.PAGES
        if page.path
    ]
    scored.sort(key=lambda pair: -pair[0])
    return [page for score, page in scored if score > 0.5][:limit]


def origin(scope: Scope) -> str:
    """`https://host:port` of a request, or empty if the Host header is not a host name."""
    host = Headers(scope=scope).get("host", "")
    return f"{scope['scheme']}://{host.lower()}" if _HOST.match(host) else ""


def not_found(path: str) -> str:
    """HTML of the page that says there is no such page. Nothing of the address is shown as markup."""
    near = nearest(path)
    suggested = (
        f"<p>Mente du</p><ul>{''.join(f'<li>{menu.link(page)}</li>' for page in near)}</ul>"
        if near
        else ""
    )
    every = "".join(f"<li>{menu.link(page)}</li>" for page in sitemap.PAGES if page not in near)
    shown = escape(path if len(path) <= 80 else path[:79] + "…")
    return index.plain(
        "Siden findes ikke",
        "<h1>Siden findes ikke</h1>"
        f'<p class="lead">Der er ingen side på adressen <code>{shown}</code>. '
        "Den kan være skrevet forkert, flyttet eller ikke lavet endnu.</p>"
        f"{suggested}<h2>Alle sider</h2><ul>{every}</ul>",
    )


def _sent_on(path: str, scope: Scope) -> RedirectResponse | None:
    """The redirect for an address in another spelling, under an old name, or damaged; see `arrivals`."""
    if scope["method"] not in {"GET", "HEAD"}:
        return None
    query = scope.get("query_string", b"").decode("latin-1")
    host = origin(scope).partition("://")[2]
    address = arrivals.target(path, query, host, canonical(path))
    if address is None:
        return None
    return RedirectResponse(address, 308, {"Cache-Control": reply.REVALIDATE})


class Pages:
    """Middleware that answers for every address but those in `through` and Streamlit's own.

    An entry that ends in a slash lets everything below it through, any other only itself. `early` makes
    the content that a page's HTML holds before any script has run.
    """

    def __init__(
        self, app: ASGIApp, through: tuple[str, ...] = (), early: Early | None = None
    ) -> None:
        self.app = app
        self.early = early
        every = (*STREAMLIT, *through)
        self.exact = frozenset(every)
        self.below = tuple(path for path in every if path.endswith("/"))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or pass it on."""
        path: str = scope.get("path", "")
        own = path not in self.exact and not path.startswith(self.below)
        own = own or _LEAVES.search(path) is not None
        if scope["type"] == "http" and (own or path.startswith(arrivals.FIGURE)):
            sent_on = _sent_on(path, scope)
            if sent_on:
                await sent_on(scope, receive, send)
                return
        if scope["type"] != "http" or not own:
            await self.app(scope, receive, send)
            return
        if scope["method"] not in {"GET", "HEAD"}:
            answer = reply.Answer(b"", "text/plain; charset=utf-8", "no-store", 405)
        else:
            answer = await self._answer(path, scope)
        await reply.send(answer, scope, send, vary=documents.DEPENDS_ON)

    async def _answer(self, path: str, scope: Scope) -> reply.Answer:
        encoding = reply.wanted(scope)
        if path == "/favicon.ico":
            return reply.text(assets.content("favicon.svg").decode(), encoding, "image/svg+xml")
        if path == "/robots.txt":
            return reply.text(ROBOTS, encoding, "text/plain; charset=utf-8")
        page = sitemap.by_path(path) if canonical(path) == path else None
        if page is None:
            return reply.text(not_found(path), encoding, cache_control="no-store", status=404)
        query = scope.get("query_string", b"").decode("latin-1")
        asked = documents.Asked(page, query, origin(scope), documents.phone(scope), encoding)
        return await to_thread.run_sync(documents.document, asked, self.early)
