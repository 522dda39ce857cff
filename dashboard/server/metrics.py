"""What is measured while the server runs: requests, runs of page scripts, sessions, refusals, errors.

Labels hold only names from fixed lists (routes, pages), never anything a visitor wrote.
"""

import logging
import time

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard import sitemap

REGISTRY = CollectorRegistry()
ProcessCollector(registry=REGISTRY)

_FAST = (0.002, 0.005, 0.01, 0.02, 0.035, 0.05, 0.1, 0.2, 0.3, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0)
REQUESTS = Histogram(
    "indblik_http_request_seconds",
    "Time from a request to the end of its answer, by route and class of status.",
    ("route", "status"), buckets=_FAST, registry=REGISTRY,
)  # fmt: skip
RUNS = Histogram(
    "indblik_run_seconds",
    "Time of one run of a page's script, by how it ended.",
    ("page", "ended"), buckets=_FAST, registry=REGISTRY,
)  # fmt: skip
RUN_CPU = Counter(
    "indblik_run_cpu_seconds", "Processor time spent in page scripts.", ("page",), registry=REGISTRY
)
SESSIONS = Gauge(
    "indblik_sessions", "Open web sockets: visitors with a page open.", registry=REGISTRY
)
OPENED = Counter("indblik_sessions_opened", "Web sockets opened.", registry=REGISTRY)
REFUSED = Counter(
    "indblik_refused", "Requests refused at the door, by reason.", ("reason",), registry=REGISTRY
)
ERRORS = Counter(
    "indblik_errors", "Faults that visitors were told of, by place.", ("place",), registry=REGISTRY
)
LINES = Counter("indblik_log_lines", "Lines written to the log.", ("level",), registry=REGISTRY)

OTHER = "andet"
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"})
_BELOW = (
    "/api/", "/tal/", "/hent/", "/billede/", "/graf/", "/indlejr/", "/foelg/", "/fremlaeg/",
    "/aktiver/", "/static/", "/_stcore/", "/media/", "/component/",
)  # fmt: skip
_EXACT = frozenset(
    {
        "/healthz",
        "/klar",
        "/metrics",
        "/del",
        "/del/qr.svg",
        "/fremlaeg",
        "/robots.txt",
        "/favicon.ico",
        "/log-ind",
        "/log-ud",
        "/oauth2callback",
    }
)
_LOG = logging.getLogger("indblik.svar")
_QUIET = ("/healthz", "/klar", "/metrics", "/static/", "/aktiver/", "/_stcore/")


def route(path: str) -> str:
    """The name of the route that an address belongs to: one of a fixed list.

    >>> route("/hent/fleksjob/niveau.xlsx"), route("/fleksjob"), route("/wp-admin")
    ('/hent/', '/fleksjob', 'andet')
    """
    if path in _EXACT:
        return path
    for prefix in _BELOW:
        if path.startswith(prefix):
            return prefix
    page = sitemap.by_path(path)
    return f"/{page.path}" if page else OTHER


def method(scope: Scope) -> str:
    """The request's method if it is an ordinary one; any other word is the visitor's own."""
    return scope["method"] if scope["method"] in _METHODS else OTHER


def is_quiet(path: str) -> bool:
    """Whether a request is one of the many that say nothing: files, probes, Streamlit's own."""
    return path.startswith(_QUIET)


class Measured:
    """Middleware that measures requests and counts open web sockets."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and note how it went."""
        if scope["type"] == "http":
            await self._request(scope, receive, send)
        elif scope["type"] == "websocket":
            await self._socket(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _request(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun, status = time.perf_counter(), 500

        async def seen(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, seen)
        finally:
            taken = time.perf_counter() - begun
            name = route(scope["path"])
            REQUESTS.labels(name, f"{status // 100}xx").observe(taken)
            if not is_quiet(scope["path"]):
                told = {
                    "rute": name,
                    "metode": method(scope),
                    "status": status,
                    "ms": round(1000 * taken),
                }
                _LOG.info(" ".join(map(str, told.values())), extra=told)

    async def _socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        opened = False

        async def seen(message: Message) -> None:
            nonlocal opened
            if message["type"] == "websocket.accept" and not opened:
                opened = True
                SESSIONS.inc()
                OPENED.inc()
            await send(message)

        try:
            await self.app(scope, receive, seen)
        finally:
            if opened:
                SESSIONS.dec()
