"""Link previews: what a page's head says of the view in its address, and /billede/<page>.png.

Neither may ever fail a page: whatever goes wrong, the page's own title and the default picture stand.
"""

import logging
from dataclasses import dataclass, replace
from functools import lru_cache

from anyio import to_thread
from starlette.requests import Request
from starlette.types import Receive, Scope, Send

from contract.release import ReleaseError
from dashboard import link, preview, read, share
from dashboard.picture import Picture
from dashboard.server import asked, assets, reply
from dashboard.server.drawing import Busy, studio
from dashboard.server.reply import Answer
from dashboard.server.titles import html_title, titled
from dashboard.share import View
from dashboard.sitemap import PAGES, Page
from dashboard.text import plain

PREFIX = "/billede/"
FOR_A_DAY = "public, max-age=86400"
_LONGEST_ALT = 420
_LOG = logging.getLogger("indblik")


@dataclass(frozen=True, slots=True)
class Meta:
    """What a link preview shows. `url` and `image` are full addresses, empty when the host is not known."""

    title: str
    description: str
    url: str = ""
    image: str = ""
    alt: str = ""


def meta(page: Page, query: str, origin: str) -> Meta:
    """The preview of a page at an address. Never raises."""
    try:
        found = _meta(read.shown_id(), page, query if len(query) <= asked.LONGEST else "")
    except ReleaseError:
        found = Meta(html_title(page), page.description, f"/{page.path}")
    except Exception:
        _LOG.exception("Forhåndsvisningen af /%s kunne ikke laves", page.path)
        found = Meta(html_title(page), page.description, f"/{page.path}")
    if not origin:
        return replace(found, url="", image="")
    return replace(found, url=origin + found.url, image=found.image and origin + found.image)


@lru_cache(maxsize=1024)
def _meta(_current: str, page: Page, query: str) -> Meta:
    params = asked.parameters(query)
    view = share.view(page, params)
    title = html_title(page) if view.title == page.title else titled(view.title)
    # The address of the view itself: previews are fetched for it again, so it must hold what this one holds.
    url = view.address(pinned=link.RELEASE in params)
    shown = view.address(pinned=True).partition("?")[2]
    found = view.pictures()
    image = f"{PREFIX}{share.slug(page)}.png?{shown}"
    return Meta(title, view.finding, url, image, _alt(view, found[0] if found else None))


def warm() -> None:
    """Work out the previews of all pages as they first open, so that no visitor waits for them."""
    for page in PAGES:
        meta(page, "", "")


def _alt(view: View, picture: Picture | None) -> str:
    said = plain(view.release, picture.alt) if picture else view.finding
    return said if len(said) <= _LONGEST_ALT else said[: _LONGEST_ALT - 1].rpartition(" ")[0] + " …"


class Previews:
    """The route of the pictures, as an ASGI app."""

    async def __call__(self, scope: Scope, _receive: Receive, send: Send) -> None:
        """Answer one request."""
        request = Request(scope)
        answer = await to_thread.run_sync(
            respond, str(request.path_params["name"]), request.url.query
        )
        await reply.send(answer, scope, send)


def respond(name: str, query: str) -> Answer:
    """The picture of a page at an address, or the default one where it cannot be made now."""
    page = share.by_slug(name.removesuffix(".png")) if name.endswith(".png") else None
    if page is None:
        return Answer(b"Billedet findes ikke", "text/plain; charset=utf-8", "no-store", 404)
    try:
        view = share.view(page, asked.parameters(query))
        key = ("billede", view.release.id, page.path, view.address(pinned=True))
        body = studio.get(key, lambda: preview.png(view))
    except (Busy, ReleaseError):
        return _default()
    except Exception:
        _LOG.exception("Billedet af /%s kunne ikke tegnes", page.path)
        return _default()
    return Answer(body, "image/png", FOR_A_DAY, 200, "", reply.digest(body))


def _default() -> Answer:
    body = assets.content(preview.DEFAULT)
    return Answer(body, "image/png", "no-store", 200, "", reply.digest(body))
