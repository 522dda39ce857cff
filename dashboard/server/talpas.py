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


class Talpas:
    """The route, as an ASGI app. `?d=` names a release; without it the release in use answers."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
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
        await reply.send(answer, scope, receive, send, vary=FRAGMENT_HEADER)


def respond(figure: str, release: str, fragment: bool) -> tuple[str, int]:
    """(HTML, status) for a figure of a release; an empty release means the one in use."""
    from dashboard import read, talpas

    try:
        loaded = read.load(release) if release else read.current()
        html, status = talpas.render(loaded, figure), 200
    except KeyError:
        html, status = (
            _notice("Tallet findes ikke", "Der er intet tal med det navn i den udgave."),
            404,
        )
    except ReleaseError as error:
        missing = bool(release)
        what = "Udgaven findes ikke" if missing else "Tallene kan ikke læses lige nu"
        why = f"Udgaven «{release[:40]}» kan ikke vises." if missing else "Prøv igen om lidt."
        html, status = _notice(what, why), 404 if missing else 503
        del error
    if fragment:
        return html, status
    # On a page of its own the headings follow a first-level heading, in the panel a second-level one.
    main = f"<h1>Om tallet</h1>\n{html}".replace("<h3", "<h2").replace("</h3>", "</h2>")
    return index.plain("Om tallet", f'<div class="talpas-side">{main}</div>'), status


def _notice(what: str, why: str) -> str:
    return (
        f'<div class="besked fejl" role="status"><p><strong>{escape(what)}.</strong> {escape(why)} '
        '<a href="/kilder">Se alle tal og kilder</a>.</p></div>'
    )
