"""/indlejr/<page>/<figure>: one figure alone, for an iframe on another site. No script, no navigation."""

import logging
import re
from html import escape

from anyio import to_thread
from starlette.requests import Request
from starlette.types import Receive, Scope, Send

from contract import danish
from contract.release import ReleaseError
from dashboard import link, share
from dashboard.export import drawing as chart_drawing
from dashboard.parts import kind_badge
from dashboard.picture import Picture, check
from dashboard.server import asked, assets, previewing, reply
from dashboard.server.drawing import Busy, studio
from dashboard.server.reply import Answer
from dashboard.share import View
from dashboard.text import plain

PREFIX = "/indlejr/"
_WIDE, _NARROW = 680, 300
"""Plot widths (px) of the two drawings; the style sheet shows the one that fits."""
_LOG = logging.getLogger("indblik")


class Embed:
    """The route, as an ASGI app."""

    async def __call__(self, scope: Scope, _receive: Receive, send: Send) -> None:
        """Answer one request."""
        request = Request(scope)
        page, figure = (str(request.path_params[name]) for name in ("page", "figure"))
        html, status = await to_thread.run_sync(respond, page, figure, request.url.query)
        cache = reply.REVALIDATE if status == 200 else "no-store"
        answer: Answer = reply.text(html, reply.wanted(scope), cache_control=cache, status=status)
        await reply.send(answer, scope, send)


def respond(page_slug: str, figure: str, query: str) -> tuple[str, int]:
    """(HTML, status) for a figure of a page at an address."""
    page = share.by_slug(page_slug)
    if page is None:
        return _notice("Figuren findes ikke", "Der er ingen figur på adressen."), 404
    try:
        params = asked.parameters(query)
        view = share.view(page, params)
        picture = view.picture(figure)
        if picture is None:
            return _notice("Figuren findes ikke", "Der er ingen figur på adressen."), 404
        check(picture)
        pinned = link.RELEASE in params
        key = ("indlejr", view.release.id, page.path, figure, view.address(pinned=True), pinned)
        return studio.get(
            key, lambda: document(view, picture, pinned=pinned).encode()
        ).decode(), 200
    except (Busy, ReleaseError):
        return _notice("Figuren kan ikke vises lige nu", "Prøv igen om lidt."), 503
    except Exception:
        _LOG.exception("Figuren /%s#%s kunne ikke indlejres", page.path, figure)
        return _notice("Figuren kan ikke vises lige nu", "Prøv igen om lidt."), 503


def document(view: View, picture: Picture, *, pinned: bool) -> str:
    """The HTML of an embedded figure: finding, sub, chart, events, source, link back."""
    release = view.release
    finding, sub, alt = (
        escape(plain(release, text)) for text in (picture.finding, picture.sub, picture.alt)
    )
    badge = f" {kind_badge('beregnet')}" if picture.computed else ""
    events = "".join(
        f"<li>{escape(danish.period(e.date))}: {escape(e.title)}</li>" for e in picture.events
    )
    notes = "".join(f"<p>{escape(plain(release, note))}</p>" for note in picture.notes)
    address = view.address(pinned=pinned, figure=picture.key)
    body = (
        f'<main class="indlejret"><h1>{finding}</h1><p class="indlejret-sub">{sub}{badge}</p>'
        f'<figure role="img" aria-label="{alt}">{drawings(picture)}</figure>'
        f'<div class="indlejret-noter">{notes}{f"<ol>{events}</ol>" if events else ""}</div>'
        f'<p class="indlejret-fod"><span>{escape(share.sources(picture.figures))} '
        f"Udgave {danish.day(release.published)}.</span> "
        f'<a href="{escape(address)}" target="_blank" rel="noopener">Se i Indblik</a></p></main>'
    )
    return _html(finding, body)


def drawings(picture: Picture) -> str:
    """The chart twice, wide and narrow, as SVG that follows light and dark; screen readers get the alt text."""
    found = ""
    for css, width in (("bred", _WIDE), ("smal", _NARROW)):
        svg = chart_drawing.drawing(picture.spec, width, phone=css == "smal")
        # Names inside the two drawings must not meet: both are in one document.
        svg = re.sub(r'(id="|url\(#|href="#)([\w-]+)', rf"\g<1>{css}-\2", svg)
        found += svg.replace("<svg ", f'<svg aria-hidden="true" data-bredde="{css}" ', 1)
    return found


def _notice(what: str, why: str) -> str:
    body = (
        f'<main class="indlejret"><h1>{what}</h1><p>{why}</p>'
        '<p class="indlejret-fod"><a href="/" target="_blank" rel="noopener">Åbn Indblik</a></p></main>'
    )
    return _html(what, body)


def _html(title: str, body: str) -> str:
    return (
        '<!DOCTYPE html>\n<html lang="da">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n<meta name="robots" content="noindex">\n'
        f"<title>{title} · Indblik</title>\n"
        f'<link rel="stylesheet" href="{assets.asset_url("indblik.css")}">\n</head>\n'
        f'<body class="indlejr">\n{previewing.strip()}{body}\n</body>\n</html>\n'
    )
