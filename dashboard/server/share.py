"""/del: how to share a view or a figure, as a page of its own or as the content of the dialog.

    /del?til=<address>&figur=<key>           the choices, links, codes and texts
    /del/qr.svg?til=…&figur=…&form=nyeste    the QR code of a link, to download

Without `til` the page that linked here is meant (the Referer header).
"""

from html import escape
from urllib.parse import quote, urlencode, urlsplit

from anyio import to_thread
from starlette.requests import Request
from starlette.types import Receive, Scope, Send

from contract.release import ReleaseError
from dashboard import share
from dashboard.server import asked, index, pages, reply
from dashboard.server.reply import Answer
from dashboard.server.talpas import FRAGMENT_HEADER
from dashboard.share import Form, Share

ADDRESS, QR = "/del", "/del/qr.svg"


class Sharing:
    """Both routes, as an ASGI app."""

    async def __call__(self, scope: Scope, _receive: Receive, send: Send) -> None:
        """Answer one request."""
        request = Request(scope)
        given = request.query_params
        to, figure = (
            given.get("til") or _from_referer(request, pages.origin(scope)),
            given.get("figur", ""),
        )
        origin = pages.origin(scope)
        if scope["path"] == QR:
            answer = await to_thread.run_sync(qr, origin, to, figure, given.get("form", ""))
        else:
            fragment = request.headers.get(FRAGMENT_HEADER) == "fragment"
            html, status = await to_thread.run_sync(respond, origin, to, figure, fragment)
            answer = reply.text(html, reply.wanted(scope), cache_control="no-store", status=status)
        await reply.send(answer, scope, send, vary=FRAGMENT_HEADER)


def _from_referer(request: Request, origin: str) -> str:
    came_from = request.headers.get("referer", "")
    if not origin or not came_from.startswith(origin + "/"):
        return "/"
    parts = urlsplit(came_from)
    return f"{parts.path}?{parts.query}"


def respond(origin: str, to: str, figure: str, fragment: bool) -> tuple[str, int]:
    """(HTML, status) for an address and a figure's key; an unknown key shares the whole page."""
    page, params = asked.page_of(to)
    if page is None:
        html, status = (
            _notice("Siden findes ikke", "Der er ingen side på den adresse, der skulle deles."),
            404,
        )
    else:
        try:
            html, status = content(share.share(origin, page, params, figure), to), 200
        except ReleaseError:
            html, status = _notice("Tallene kan ikke læses lige nu", "Prøv igen om lidt."), 503
    if fragment:
        return html, status
    return index.plain("Del", f'<div class="del-side"><h1>Del</h1>{html}</div>'), status


def qr(origin: str, to: str, figure: str, form: str) -> Answer:
    """The QR code of one of the two links as a file."""
    page, params = asked.page_of(to)
    try:
        if page is not None and origin:
            own = share.share(origin, page, params, figure)
            chosen = own.newest if form == own.newest.key else own.pinned
            return Answer(chosen.qr(8).encode(), "image/svg+xml", "no-store")
    except ReleaseError:
        pass
    return Answer(b"QR-koden kan ikke laves", "text/plain; charset=utf-8", "no-store", 404)


def content(own: Share, to: str) -> str:
    """What is shared, the choice between the two links, and for each: link, QR code, mail, embed code."""
    forms = (own.pinned, own.newest)
    radios = "".join(
        f'<label><input type="radio" name="del-form" value="{form.key}"{" checked" if i == 0 else ""}> '
        f"<span><b>{escape(form.name)}</b>{escape(form.meaning)}</span></label>"
        for i, form in enumerate(forms)
    )
    what = "Figuren" if own.figure else "Siden"
    return (
        f'<div class="del-indhold"><p class="del-hvad">{what} · {escape(own.title)}</p>'
        f'<p class="del-fund">{escape(own.finding)}</p>'
        f'<fieldset class="del-valg"><legend>Hvilke tal skal linket vise?</legend>{radios}</fieldset>'
        + "".join(_form(form, own, to) for form in forms)
        + '<p class="skjult" role="status" data-del-besked></p></div>'
    )


def _form(form: Form, own: Share, to: str) -> str:
    key = form.key
    mailto = f"mailto:?subject={quote(form.subject, safe='')}&body={quote(form.body, safe='')}"
    file = f"{QR}?{urlencode({'til': to, 'figur': own.figure, 'form': key})}"
    embed = (
        _copied(
            f"del-indlejr-{key}",
            "Indlejr figuren på en anden side",
            form.embed,
            "Kopiér kode",
            rows=4,
        )
        if form.embed
        else ""
    )
    return (
        f'<div class="del-form {key}">'
        f'<div class="del-felt"><label for="del-link-{key}">Link</label>'
        f'<div class="del-linje"><input id="del-link-{key}" type="text" readonly value="{escape(form.address)}">'
        f'<button type="button" class="del-kopi" data-del-kopi="del-link-{key}">Kopiér link</button></div>'
        f'<button type="button" class="del-telefon" data-del-nativ="{escape(form.address)}" '
        f'data-titel="{escape(own.title)}" data-tekst="{escape(own.finding)}" hidden>'
        f'Del med en app på telefonen</button></div><div class="del-kode"><div class="del-qr">{form.qr()}</div>'
        "<div><p>Vis koden på skærmen, så kan andre åbne linket med telefonens kamera.</p>"
        f'<p><a href="{escape(file)}" download="indblik-qr-{key}.svg">Hent QR-kode (SVG)</a></p></div></div>'
        + _copied(f"del-mail-{key}", "Tekst til mail", form.body, "Kopiér tekst", rows=7,
                  more=f'<a class="del-mail" href="{escape(mailto)}">Åbn i mailprogram</a>')
        + f"{embed}</div>"
    )  # fmt: skip


def _copied(
    identifier: str, label: str, text: str, button: str, *, rows: int, more: str = ""
) -> str:
    return (
        f'<div class="del-felt"><label for="{identifier}">{label}</label>'
        f'<textarea id="{identifier}" readonly rows="{rows}">{escape(text)}</textarea>'
        '<p class="del-knapper">'
        f'<button type="button" class="del-kopi" data-del-kopi="{identifier}">{button}</button>{more}</p></div>'
    )


def _notice(what: str, why: str) -> str:
    return (
        f'<div class="besked fejl" role="status"><p><strong>{escape(what)}.</strong> {escape(why)} '
        '<a href="/">Gå til forsiden</a>.</p></div>'
    )
