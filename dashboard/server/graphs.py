"""/graf/<page>/<figure>: the chart of a view as SVG, drawn for the width that the page has for it.

A chart is drawn here and not in the browser, so that a page needs no charting library: it is readable
before any script has run, and a change costs the browser one small file. Kept by release and address.
"""

import logging
import re
from collections.abc import Callable
from contextlib import suppress

from anyio import to_thread
from starlette.requests import Request
from starlette.types import Receive, Scope, Send

from contract.release import ReleaseError
from dashboard import link, share, sitemap
from dashboard.export import drawing
from dashboard.picture import IncompleteFigure, Picture, check
from dashboard.server import asked, reply
from dashboard.server.drawing import Busy, Studio
from dashboard.server.ready import Ready, edition
from dashboard.server.reply import Answer, Encoding
from dashboard.share import View
from dashboard.topics import Parameters

PREFIX = "/graf/"
WIDTH = "b"
NARROWEST, WIDEST, STEP = 280, 1280, 40
"""Widths (px) that charts are drawn for; the browser scales to what lies between two of them."""
PHONE = 560
"""Up to this width a chart is drawn as for a phone: labels above the lines, no right margin."""
SVG = "image/svg+xml"
studio = Studio(per_minute=900, bytes_kept=48_000_000, patience=15.0)
"""Apart from the other studios: a page's charts must not wait for someone's workbook."""
ready = Ready(12_000_000)
"""Before the pictures themselves, which other encodings and files are made of."""
_NAMES = re.compile(r'(\bid="|url\(#|href="#)([\w-]+)')
_LOG = logging.getLogger("indblik")


class Graphs:
    """The route, as an ASGI app. `seen` is told of every chart a browser has got: page's path, figure, width."""

    def __init__(self, seen: Callable[[str, str, int], None] | None = None) -> None:
        self.seen = seen

    async def __call__(self, scope: Scope, _receive: Receive, send: Send) -> None:
        """Answer one request."""
        request = Request(scope)
        encoding = reply.wanted(scope)
        key = (edition(), request.url.path, request.url.query, encoding)
        answer = ready.get(key)
        if answer is None:
            answer = await to_thread.run_sync(_answer, request, encoding)
            if answer.status == 200:
                ready.keep(key, answer)
        page = share.by_slug(str(request.path_params["page"]))
        if self.seen and page and answer.status == 200:
            width = nearest_width(request.query_params.get(WIDTH, ""))
            self.seen(page.path, str(request.path_params["figure"]), width)
        await reply.send(answer, scope, send)


def _answer(request: Request, encoding: Encoding) -> Answer:
    page, figure = (str(request.path_params[name]) for name in ("page", "figure"))
    given = request.query_params.get(WIDTH, "")
    body, status = respond(page, figure, request.url.query, given)
    if status != 200:
        return Answer(body.encode(), "text/plain; charset=utf-8", "no-store", status)
    cache = reply.IMMUTABLE if link.RELEASE in request.query_params else reply.REVALIDATE
    return reply.text(body, encoding, SVG, cache)


def respond(page_slug: str, figure: str, query: str, width: str) -> tuple[str, int]:
    """(SVG or a Danish sentence, status) for a figure of a page at an address."""
    page = share.by_slug(page_slug)
    if page is None:
        return "Figuren findes ikke.", 404
    try:
        view = share.view(page, asked.parameters(query))
        picture = view.picture(figure)
        if picture is None:
            return "Figuren findes ikke.", 404
        check(picture)
        return drawn(view, picture, nearest_width(width)), 200
    except IncompleteFigure:
        return "Figuren findes ikke.", 404
    except (Busy, ReleaseError):
        return "Grafen kan ikke tegnes lige nu. Prøv igen om lidt.", 503
    except Exception:
        _LOG.exception("Grafen /%s#%s kunne ikke tegnes", page.path, figure)
        return "Grafen kan ikke tegnes.", 503


def draw_ahead(path: str, figure: str, params: Parameters, width: int) -> None:
    """Draw the chart of a figure at an address, if there is one, so that it is there when it is asked for."""
    page = sitemap.by_path(f"/{path}")
    if page is None:
        return
    with suppress(Busy, ReleaseError, IncompleteFigure):
        view = share.view(page, params)
        picture = view.picture(figure)
        if picture is not None:
            check(picture)
            drawn(view, picture, width)


def of_address(address: str, width: int) -> str:
    """The SVG at `/graf/<page>/<figure>?…` for a width; empty if it cannot be drawn now."""
    path, _, query = address.partition("?")
    page, _, figure = path.removeprefix(PREFIX).partition("/")
    body, status = respond(page, figure, query, str(width))
    return body if status == 200 else ""


def drawn(view: View, picture: Picture, width: int) -> str:
    """A chart of a view as SVG of a width from `nearest_width`, its colours CSS variables.

    Raises Busy if too much is being drawn.
    """
    key = (view.release.id, view.page.path, picture.key, view.address(pinned=True), width)
    return studio.get(key, lambda: svg(picture, width).encode()).decode()


def svg(picture: Picture, width: int) -> str:
    """The chart as SVG `width` px wide in all; names inside it begin with the figure's, so that charts can stand in one page."""
    made = drawing.fitted(picture.spec, width, phone=width <= PHONE)
    return _NAMES.sub(rf"\g<1>{picture.key}-\2", made)


def nearest_width(given: str) -> int:
    """The drawn width nearest to what a browser asked for; the widest where it asked for nothing readable.

    >>> nearest_width("358")
    360
    """
    if not (given.isascii() and given.isdigit() and len(given) <= 5):
        return WIDEST
    return min(max(round(int(given) / STEP) * STEP, NARROWEST), WIDEST)
