"""/tal/<figure-id>: the passport of a figure, as a page of its own or as the panel's content."""

from html import escape

from anyio import to_thread
from starlette.requests import Request
from starlette.types import Receive, Scope, Send

from contract.release import ReleaseError
from dashboard.server import index, reply

PREFIX = "/tal/"
FRAGMENT_HEADER = "x-indblik"
_PINNED = "d"
LISTED = '<a href="/kilder">Se alle tal og kilder</a>.'


class Talpas:
    """The route, as an ASGI app. `?d=` names a release; without it the release in use answers."""

    async def __call__(self, scope: Scope, _receive: Receive, send: Send) -> None:
        """Answer one request."""
        request = Request(scope)
        figure = str(request.path_params["figure"])
        fragment = (
            request.headers.get(FRAGMENT_HEADER) == "fragment" or "del" in request.query_params
        )
        release = request.query_params.get(_PINNED, "")
        body, status = await to_thread.run_sync(respond, figure, release, fragment)
        cache = reply.REVALIDATE if status == 200 else "no-store"
        answer = reply.text(body, reply.wanted(scope), cache_control=cache, status=status)
        await reply.send(answer, scope, send, vary=FRAGMENT_HEADER)


def respond(figure: str, release: str, fragment: bool) -> tuple[str, int]:
    """(HTML, status) for a figure of a release; an empty release means the one in use.

    A release that is gone gives the figure in the one in use, with a notice that says so.
    """
    from dashboard import link, read, releases, talpas

    notice = ""
    try:
        loaded, other = releases.opened(release) if release else (read.current(), "")
        if other:
            gone = "kan ikke læses" if releases.resolve(release) else "findes ikke længere"
            notice = _notice(
                f"Udgaven «{link.shown(release)}» {gone}",
                f"Du ser tallet i udgaven {loaded.id}.",
            )
        if figure not in loaded:
            held = releases.history(figure)
            if held:
                loaded = held[0][0]
                why = f"Du ser det i udgaven {loaded.id}, som er den seneste, der har det."
                notice = _notice("Tallet er ikke i udgaven", why)
        html, status = notice + talpas.render(loaded, figure), 200
    except KeyError:
        html, status = _notice("Tallet findes ikke", "Der er intet tal med det navn.", LISTED), 404
    except ReleaseError:
        html, status = _notice("Tallene kan ikke læses lige nu", "Prøv igen om lidt."), 503
    if fragment:
        return html, status
    # On a page of its own the headings follow a first-level heading, in the panel a second-level one.
    main = f"<h1>Om tallet</h1>\n{html}".replace("<h3", "<h2").replace("</h3>", "</h2>")
    return index.plain("Om tallet", f'<div class="talpas-side">{main}</div>'), status


def _notice(what: str, why: str, link: str = "") -> str:
    return (
        '<div class="besked fejl" role="status">'
        f"<p><strong>{escape(what)}.</strong> {escape(why)} {link}</p></div>"
    )
