"""The routes of presenting: run sheets, stage and notes. Those who follow are in `following`.

/fremlaeg                     ready sheets, the visitor's own, the check before a meeting
/fremlaeg/vis?k=…&nr=1        all screens in one document        /fremlaeg/talepapir?k=…   notes
/fremlaeg/liste?k=…           the rows of a sheet, for koereplan.js
"""

import threading
from collections.abc import Callable
from urllib.parse import parse_qs

from anyio import to_thread
from starlette.requests import Request
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from contract.release import ReleaseError
from dashboard.deck import Deck, deck
from dashboard.server import index, pages, presenting, reply, runsheets
from dashboard.server.drawing import Busy
from dashboard.server.presenting import FOLLOW, NOTES, PATH, STAGE

LONGEST, MOST = 8000, 120
"""Characters and parameters of a query that are read."""
THROUGH = (PATH, f"{PATH}/", FOLLOW)


def parameters(query: str) -> dict[str, list[str]]:
    """The parameters of a query; empty if it is too long or cannot be read."""
    try:
        return (
            parse_qs(query, keep_blank_values=True, max_num_fields=MOST)
            if len(query) <= LONGEST
            else {}
        )
    except ValueError:
        return {}


def editor(query: str, origin: str) -> str:
    """/fremlaeg."""
    params = parameters(query)
    warm()
    return runsheets.page(deck(params) if "k" in params else None, origin)


def rows(query: str, origin: str) -> str:
    """/fremlaeg/liste."""
    return runsheets.fragment(deck(parameters(query)), origin)


def stage(query: str, origin: str) -> str:
    """/fremlaeg/vis; a deck without screens shows the run sheets and what was set aside."""
    own = deck(parameters(query))
    return presenting.stage(own, origin) if own.screens else runsheets.page(own, origin)


def notes(query: str, origin: str) -> str:
    """/fremlaeg/talepapir."""
    own = deck(parameters(query))
    return presenting.notes(own) if own.screens else runsheets.page(own, origin)


class Page:
    """A page made by one of the functions above, as an ASGI app."""

    def __init__(self, make: Callable[[str, str], str]) -> None:
        self.make = make

    async def __call__(self, scope: Scope, _receive: Receive, send: Send) -> None:
        """Answer one request."""
        html, status = await to_thread.run_sync(
            made, self.make, Request(scope).url.query, pages.origin(scope)
        )
        answer = reply.text(
            html,
            reply.wanted(scope),
            cache_control="no-store" if status != 200 else reply.REVALIDATE,
            status=status,
        )
        await reply.send(answer, scope, send)


def made(make: Callable[[str, str], str], query: str, origin: str) -> tuple[str, int]:
    """HTML and status of a page; 503 with a sentence when its pictures cannot be had just now."""
    try:
        return make(query, origin), 200
    except (ReleaseError, Busy):
        return said("Skærmene kan ikke vises lige nu", "Prøv igen om lidt."), 503


def said(what: str, why: str) -> str:
    """HTML of a page that only says something."""
    return index.plain(
        what, f'<h1>{what}</h1><p class="manchet">{why} <a href="{PATH}">Gå til Fremlæg</a>.</p>'
    )


_warmed: set[str] = set()


def warm() -> None:
    """Draw the ready sheets once for each release, beside the answer, so that the first presenter need not wait."""
    own = deck({})
    if own.release.id in _warmed:
        return
    _warmed.add(own.release.id)
    threading.Thread(target=_draw_ready, args=(own,), name="indblik-skaerme", daemon=True).start()


def _draw_ready(own: Deck) -> None:
    for sheet in own.release.runsheets:
        for screen in deck({"k": [sheet.id]}).screens:
            try:
                presenting.drawn(screen)
            except Busy:
                return


ROUTES = [
    Route(PATH, Page(editor)),
    Route(STAGE, Page(stage)),
    Route(NOTES, Page(notes)),
    Route(f"{PATH}/liste", Page(rows)),
]
