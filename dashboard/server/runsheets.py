"""The HTML of /fremlaeg: ready run sheets, the visitor's own, and the check before a meeting."""

from collections.abc import Sequence
from html import escape

from contract import danish
from dashboard import parts, preflight, read
from dashboard.deck import Deck, deck
from dashboard.export.together import WHOLE
from dashboard.link import SetAside
from dashboard.runsheet import SHEET, RunSheet
from dashboard.server import assets, index
from dashboard.server.presenting import NOTES, PATH, STAGE
from dashboard.server.takehome import PREFIX

_MAKING = (
    '<section class="hentning" id="hentning" aria-label="Fil under arbejde" hidden><p id="hentning-trin"></p>'
    '<progress id="hentning-maaler" aria-label="Hvor langt filen er"></progress>'
    '<button type="button" class="sekundaer" id="hentning-stop">Annullér</button></section>'
    '<div class="hentet" role="status" id="hentning-besked"></div>'
)
"""Where `taghjem.js` tells how far a file is, and what came of it."""


def page(given: Deck | None, origin: str) -> str:
    """The whole page. `given` is the sheet of a link; without one the ready sheets and the visitor's own."""
    blocks = [_head()]
    if given is not None:
        blocks.append(_aside(given.aside))
        blocks.append(
            _sheet(given, origin, "I linket" if not given.asked.sheet else "Færdig køreplan")
        )
    blocks.append(_own())
    shown = given.asked.sheet if given else ""
    blocks += [
        _sheet(_deck_of(s), origin, "Færdig køreplan")
        for s in read.current().runsheets
        if s.id != shown
    ]
    html = (
        f'<link rel="stylesheet" href="{assets.asset_url("fremlaeg.css")}">'
        f'<div class="koereplaner">{"".join(blocks)}</div>{_MAKING}'
        f'<script defer src="{assets.asset_url("taghjem.js")}"></script>'
    )
    return index.plain(
        "Fremlæg",
        html,
        description="Vis visninger én ad gangen på en stor skærm, med kilde og talepunkter.",
    )


def _deck_of(sheet: RunSheet) -> Deck:
    return deck({SHEET: [sheet.id]})


def _head() -> str:
    return parts.page_head(
        "Mødet", "Fremlæg",
        "Vis én visning ad gangen på en stor skærm. Hver skærm har sin kilde og en QR-kode, så salen kan åbne netop den visning.",
    )  # fmt: skip


def _sheet(own: Deck, origin: str, kind: str) -> str:
    number = own.asked.sheet or "link"
    address = f"{origin}{PATH}?{own.query()}"
    take = (
        f'<button type="button" class="sekundaer" data-overtag="{escape(own.query())}" hidden>Kopiér til min køreplan</button>'
        if own.screens
        else ""
    )
    return (
        f'<section class="koereplan" id="plan-{escape(number)}" aria-labelledby="titel-{escape(number)}">'
        f'<p class="gruppe">{escape(kind)}</p><h2 id="titel-{escape(number)}">{escape(own.title)}</h2>'
        f"{ways(own, take)}{rows(own)}{checked(own)}{home(own)}{_link(f'link-{number}', address)}</section>"
    )


def ways(own: Deck, more: str = "") -> str:
    """The buttons of a sheet."""
    if not own.screens:
        return '<p class="note">Der er ingen visninger, der kan vises.</p>'
    return (
        f'<p class="plan-knapper"><a class="knap" href="{STAGE}?{escape(own.query(1))}">Fremlæg</a>'
        f'<a class="sekundaer" href="{NOTES}?{escape(own.query())}" target="indblik-talepapir">Talepapir</a>{more}</p>'
    )


def rows(own: Deck, *, edit: bool = False) -> str:
    """The screens in order. `edit` adds the fields and buttons that `koereplan.js` gives life."""
    items = "".join(
        f'<li data-ref="{escape(s.item.ref)}"><div class="plan-raekke"><span class="plan-nr" aria-hidden="true">{i}</span>'
        f'<div><h3>{escape(s.message)}</h3><p class="kildelinje"><a href="{escape(s.address)}">{escape(s.page)}</a> · {escape(s.source)}</p>'
        + (
            f'<p class="plan-tale">{escape(s.talk)}</p>'
            if s.talk and not (edit and s.item.own_talk)
            else ""
        )
        + (_fields(i) if edit else "")
        + "</div></div></li>"
        for i, s in enumerate(own.screens, start=1)
    )
    return f'<ol class="plan">{items}</ol>'


def _fields(number: int) -> str:
    return (
        f'<div class="plan-felter"><label>Egen overskrift<input type="text" maxlength="120" data-felt="titel"></label>'
        '<label>Eget talepunkt<textarea rows="2" maxlength="1200" data-felt="tale"></textarea></label></div>'
        f'<p class="plan-knapper"><button type="button" data-flyt="-1" aria-label="Flyt skærm {number} op">Op</button>'
        f'<button type="button" data-flyt="1" aria-label="Flyt skærm {number} ned">Ned</button>'
        f'<button type="button" data-fjern aria-label="Fjern skærm {number}">Fjern</button></p>'
    )


def checked(own: Deck) -> str:
    """The check before the meeting as a list that can be opened."""
    found = preflight.remarks(own.screens, read.current())
    dated = f"Udgaven af {escape(danish.long_day(own.release.published))}"
    if not found:
        return f'<p class="note">Forprøve: intet at bemærke. {dated}.</p>'
    items = "".join(f"<li><b>Skærm {r.number}: {escape(r.what)}.</b> {r.html}</li>" for r in found)
    count = danish.number(len(found), 0)
    return (
        f'<details class="forproeve"><summary>Forprøve: {count} ting at vide, før du fremlægger</summary>'
        f'<ul>{items}</ul><p class="note">{dated}.</p></details>'
    )


def home(own: Deck) -> str:
    """The links to the files of a sheet; `taghjem.js` shows how far they are."""
    if not own.screens:
        return ""
    links = "".join(
        f'<a class="sekundaer" href="{PREFIX}{kind.ending}?{escape(own.query())}" data-tag-hjem>{escape(kind.label)}</a>'
        for kind in WHOLE.values()
    )
    return (
        f'<div class="tag-hjem"><h3>Tag med hjem</h3><p class="plan-knapper">{links}</p>'
        '<p class="note">Mødemappen er det hele samlet, også til et lokale uden net. Talepunkterne står i PowerPoints '
        "noter og i mappens index.html, ikke i A4-hæftet.</p></div>"
    )


def _link(identifier: str, address: str) -> str:
    return (
        f'<div class="plan-link"><label for="{escape(identifier)}">Link til køreplanen</label>'
        f'<div><input id="{escape(identifier)}" type="text" readonly value="{escape(address)}">'
        f'<button type="button" class="sekundaer" data-kopier="{escape(identifier)}" hidden>Kopiér link</button></div></div>'
    )


def fragment(own: Deck, origin: str) -> str:
    """The visitor's own sheet as `koereplan.js` puts it in its place."""
    if not own.screens:
        return f"{_aside(own.aside)}{_empty()}"
    address = f"{origin}{PATH}?{own.query()}"
    empty = '<button type="button" class="sekundaer" data-toem>Tøm køreplanen</button>'
    return (
        _aside(own.aside)
        + ways(own, empty)
        + rows(own, edit=True)
        + checked(own)
        + home(own)
        + _link("link-egen", address)
    )


def _own() -> str:
    return (
        '<section class="koereplan egen" aria-labelledby="titel-egen"><p class="gruppe">I denne browser</p>'
        '<h2 id="titel-egen" tabindex="-1">Min køreplan</h2>'
        f'<div id="egen-plan" data-liste="{PATH}/liste">{_empty()}</div><p class="skjult" role="status" id="egen-besked"></p></section>'
    )


def _empty() -> str:
    return (
        '<p class="note">Køreplanen er tom. Tryk «Læg i køreplan» på en side eller en figur, eller kopiér en færdig køreplan.</p>'
        '<noscript><p class="note">En køreplan af dine egne valg kræver JavaScript. De færdige køreplaner virker uden.</p></noscript>'
    )


def _aside(aside: Sequence[SetAside]) -> str:
    if not aside:
        return ""
    said = "; ".join(f"{escape(one.what)}: {escape(one.why)}" for one in aside[:6])
    return parts.notice("Noget i køreplanen er udeladt.", f"{said}.")
