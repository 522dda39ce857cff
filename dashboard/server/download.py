"""/hent/<page>/<figure>.<kind>: a figure, or with the name «side» the whole page, as a file to keep.

Made when asked for, one at a time, the latest kept; one that takes too long is answered with a notice.
"""

import logging
from html import escape

import anyio
from anyio import to_thread
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.types import Receive, Scope, Send

from contract.release import ReleaseError
from dashboard import share
from dashboard.export import files, handout
from dashboard.export.handout import BadLink
from dashboard.picture import IncompleteFigure
from dashboard.server import asked, index, pages
from dashboard.server.drawing import Busy, Studio

PREFIX = "/hent/"
WHOLE = "side"
TIMEOUT = 30.0
"""Seconds a visitor waits for a file."""
studio = Studio(per_minute=60, bytes_kept=16_000_000, patience=20.0)
"""Apart from the pictures' studio: a workbook must not keep a link preview waiting."""
_AT_ONCE = 3
_LOG = logging.getLogger("indblik")
_room: anyio.CapacityLimiter | None = None


class Missing(LookupError):
    """There is no such page, figure or kind of file."""


class Download:
    """The route, as an ASGI app."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        request = Request(scope)
        page, _, name = str(request.path_params["rest"]).partition("/")
        answer = await respond(page, name, request.url.query, pages.origin(scope))
        await answer(scope, receive, send)


async def respond(page: str, name: str, query: str, origin: str) -> Response:
    """The file, or a page in Danish that says why there is none."""
    try:
        with anyio.fail_after(TIMEOUT):
            filename, mime, body = await to_thread.run_sync(
                made, page, name, query, origin, abandon_on_cancel=True, limiter=_limiter()
            )
    except Missing:
        return _notice(
            "Filen findes ikke", "Der er ingen fil på adressen. Figuren kan have skiftet navn.", 404
        )
    except (Busy, TimeoutError):
        return _notice(
            "Filen kan ikke laves lige nu",
            "Der bliver lavet mange filer i øjeblikket. Prøv igen om lidt.",
            503,
        )
    except ReleaseError:
        return _notice("Tallene kan ikke læses lige nu", "Prøv igen om lidt.", 503)
    except Exception:
        _LOG.exception("Filen %s af /%s kunne ikke laves", name, page)
        return _notice(
            "Filen kan ikke laves", "Der er en fejl i Indblik. Prøv en anden slags fil.", 503
        )
    headers = {
        "content-disposition": f'attachment; filename="{filename}"',
        "cache-control": "no-cache",
    }
    return Response(body, 200, headers, mime)


def made(page_slug: str, name: str, query: str, origin: str) -> tuple[str, str, bytes]:
    """(file name, media type, content). Raises Missing, Busy, ReleaseError, and what making it raises."""
    page = share.by_slug(page_slug)
    figure, _, kind = name.rpartition(".")
    if page is None or kind not in files.KINDS or not figure:
        raise Missing
    if len(query) > asked.LONGEST:
        raise Missing  # read as empty, it would give another view than the one on the screen
    view = share.view(page, asked.parameters(query))
    try:
        own = handout.of(view, origin, "" if figure == WHOLE else figure)
    except (BadLink, IncompleteFigure):
        raise Missing from None
    if files.KINDS[kind].each and not own.one:
        raise Missing
    key = ("hent", own.link(), figure, kind)
    return (
        files.name(own, kind),
        files.KINDS[kind].mime,
        studio.get(key, lambda: files.KINDS[kind].make(own)),
    )


def _limiter() -> anyio.CapacityLimiter:
    """Few threads of our own: whoever asks for many files must not keep pages waiting for a thread."""
    global _room
    if _room is None:
        _room = anyio.CapacityLimiter(_AT_ONCE)
    return _room


def _notice(what: str, why: str, status: int) -> HTMLResponse:
    main = f'<h1>{escape(what)}</h1><p class="lead">{escape(why)}</p><p><a href="/">Gå til forsiden</a></p>'
    return HTMLResponse(index.plain(what, main), status, {"cache-control": "no-store"})
