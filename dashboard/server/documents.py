"""The whole HTML of an address, compressed and kept: head, menu and the page's first content.

Made once for a release, an address, an encoding and a kind of screen, so that what a committee opens at
the same moment is worked out once.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from starlette.datastructures import Headers
from starlette.types import Scope

from dashboard.server import asked, drawing, graphs, index, preview, reply
from dashboard.server.ready import Ready, edition
from dashboard.server.reply import Answer, Encoding
from dashboard.sitemap import PAGES, Page

Early = Callable[[Page, str, Callable[[str], str], int], str]
"""`dashboard.first_view.first_view`: page, query, how a chart is drawn, width → HTML."""
DEPENDS_ON = "Sec-CH-UA-Mobile, User-Agent"
"""The request headers besides Accept-Encoding that an answer depends on."""
_WIDE, _PHONE = 1120, 360
"""Widths (px) that charts are drawn for before the browser has said its own."""
ready = Ready(6_000_000)
_TRIES = 3
"""How often a page is made again because another release came in use meanwhile."""
_LOG = logging.getLogger("indblik")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a document is made of: page, query string, origin (`https://host`), kind of screen, encoding."""

    page: Page
    query: str
    origin: str
    phone: bool
    encoding: Encoding


def phone(scope: Scope) -> bool:
    """Whether a request comes from a phone, as far as its headers tell. A wrong guess costs a redrawing."""
    headers = Headers(scope=scope)
    hint = headers.get("sec-ch-ua-mobile")
    return hint == "?1" if hint else "Mobi" in headers.get("user-agent", "")


def document(given: Asked, early: Early | None) -> Answer:
    """The answer to a request for a page. Never raises: without data it says so."""
    tries = 0
    while True:
        tries += 1
        key = (edition(), given)
        if not key[0]:
            return nothing(given.encoding)
        found = ready.get(key)
        if found is not None:
            return found
        content = _content(given, early)
        answer = _made(given, content or "")
        of_one = key[0] == edition()  # else it may hold something of two releases
        if of_one and content is not None:
            ready.keep(key, answer)
        if of_one or tries == _TRIES:
            return answer


def nothing(encoding: Encoding) -> Answer:
    """What every page answers while there is no release to show."""
    html = index.plain(
        "Tallene kan ikke vises lige nu",
        "<h1>Tallene kan ikke vises lige nu</h1>"
        '<p class="manchet">Filerne med tallene mangler eller er beskadiget, og Indblik viser hellere '
        "ingen tal end forkerte tal. Prøv igen om lidt.</p>",
    )
    return reply.text(html, encoding, cache_control="no-store", status=503)


def warm(early: Early, stopped: Callable[[], bool]) -> None:
    """Draw the charts of every page as it first opens, until `stopped`, so that no visitor waits for them."""
    for is_phone in (False, True):
        for page in PAGES:
            if stopped():
                return
            _content(Asked(page, "", "", is_phone, ""), early)


def _made(given: Asked, content: str) -> Answer:
    meta = preview.meta(given.page, given.query, given.origin)
    body = index.app_page(given.page, meta, content).encode()
    packed = reply.compress(body, given.encoding)
    return Answer(packed, reply.HTML, reply.REVALIDATE, 200, given.encoding, reply.digest(body))


def _content(given: Asked, early: Early | None) -> str | None:
    """The page's content; empty if there is none to show ahead, None if it is to be tried again.

    A visitor who has had much made gets the page without: its scripts show it all the same.
    """
    if early is None or len(given.query) > asked.LONGEST:
        return ""
    width = _PHONE if given.phone else _WIDE
    missing: list[str] = []

    def draw(address: str) -> str:
        svg = graphs.of_address(address, width)
        if not svg:
            missing.append(address)
        return svg

    try:
        drawing.paying.get()()
        found = early(given.page, given.query, draw, width)
    except drawing.Busy:
        return None
    except Exception:
        _LOG.exception("Siden /%s kunne ikke vises på forhånd", given.page.path)
        return None
    return found if not missing else None
