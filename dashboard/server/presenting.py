"""The HTML of presenting: the stage with all screens, the notes in a second window, and the followers' page."""

from html import escape

from dashboard import screens
from dashboard.deck import NOTES, PATH, STAGE, Deck
from dashboard.screens import Screen
from dashboard.server import assets, previewing
from dashboard.server.drawing import Studio
from dashboard.share import qr_of

FOLLOW = "/foelg/"
_FONTS = (
    "fonts/source-serif-4-latin-wght-normal.woff2",
    "fonts/ibm-plex-sans-latin-400-normal.woff2",
    "fonts/ibm-plex-sans-latin-600-normal.woff2",
)
"""Waited for before the first paint: on a screen in a meeting room nothing may move."""
_studio = Studio(per_minute=160, bytes_kept=16_000_000, patience=25.0)
_KEYS = (
    ("→ · mellemrum · PageDown", "næste skærm"), ("← · PageUp", "forrige skærm"), ("Home · End", "første og sidste skærm"),
    ("K", "kilderne til skærmen"), ("Q", "stor QR-kode til netop denne visning"), ("N", "talepunktet"),
    ("B", "sort skærm"), ("F", "fuld skærm"), ("?", "denne oversigt"), ("Esc", "luk det åbne, eller tilbage til køreplanen"),
)  # fmt: skip


def drawn(screen: Screen, *, phone: bool = False) -> str:
    """Message and picture of a screen, drawn once for each release and item. Raises Busy."""
    name = f"g{abs(hash((screen.release.id, screen.item, phone))) % 10**9}"
    key = ("skaerm", screen.release.id, screen.item, phone)
    return _studio.get(key, lambda: screens.body(screen, name, phone=phone).encode()).decode()


def stage(deck: Deck, origin: str) -> str:
    """All screens of a deck in one document; the one that the address names is shown."""
    total = len(deck.screens)
    shown = "".join(
        _screen(s, i, total, origin, hidden=i != deck.number)
        for i, s in enumerate(deck.screens, start=1)
    )
    sheets = "".join(
        _sources(s, i) + _talk(s, i) + _large_code(s, i, origin)
        for i, s in enumerate(deck.screens, start=1)
    )
    keys = "".join(
        f"<div><dt>{escape(key)}</dt><dd>{escape(what)}</dd></div>" for key, what in _KEYS
    )
    before, after = max(deck.number - 1, 1), min(deck.number + 1, total)
    return _document(
        f"{deck.title} · Fremlæg",
        f'<h1 class="skjult">{escape(deck.title)}</h1>'
        f'<main class="scene" id="scene" data-antal="{total}" data-nr="{deck.number}" data-forespoergsel="{escape(deck.query())}">{shown}</main>'
        f'<nav class="knapper" id="knapper" aria-label="Styring">'
        f'<a class="trin" data-trin="-1" href="{STAGE}?{escape(deck.query(before))}">Forrige</a>'
        f'<a class="trin" data-trin="1" href="{STAGE}?{escape(deck.query(after))}">Næste</a>'
        f'{_button("kilder", "Kilder", "K")}{_button("qr", "QR", "Q")}{_button("noter", "Noter", "N")}'
        f'{_button("sort", "Sort", "B")}{_button("fuld", "Fuld skærm", "F")}'
        f'<a href="{NOTES}?{escape(deck.query())}" target="indblik-talepapir">Talepapir</a>'
        f'{_button("foelg", "Følg med", "")}{_button("hjaelp", "Hjælp", "?")}'
        f'<a data-slut href="{PATH}?{escape(deck.query())}">Slut</a></nav>'
        f'<dialog class="panel" id="panel" aria-labelledby="panel-titel"><div class="panel-hoved"><h2 id="panel-titel" tabindex="-1"></h2>'
        f'<button type="button" data-luk>Luk</button></div><div class="panel-krop" id="panel-krop"></div></dialog>'
        f'<div class="lager" hidden>{sheets}<dl id="taster">{keys}</dl></div>'
        '<div class="sort" id="sort" role="status" hidden><span class="skjult">Skærmen er sort. Tryk B for at vise den igen.</span></div>'
        '<p class="skjult" role="status" id="melding"></p>',
        "fremlaeg", "fremlaeg.js",
    )  # fmt: skip


def _button(what: str, text: str, key: str) -> str:
    shortcut = f' aria-keyshortcuts="{key}"' if key.isalpha() else ""
    return f'<button type="button" data-vis="{what}"{shortcut}>{text}</button>'


def _screen(screen: Screen, number: int, total: int, origin: str, *, hidden: bool) -> str:
    return (
        f'<section class="skaerm{"" if screen.picture else " stor"}" id="skaerm-{number}" data-nr="{number}" '
        f'data-ref="{escape(screen.item.ref)}" aria-label="Skærm {number} af {total}"{" hidden" if hidden else ""}>'
        f'<div class="indhold">{drawn(screen)}</div><footer class="fod"><p class="kilde">{escape(screen.source)}</p>'
        f'<div class="fod-hoejre"><div class="qr">{qr_of(origin + screen.address)}</div><p class="nr">{number} af {total}</p></div></footer></section>'
    )


def _sources(screen: Screen, number: int) -> str:
    return f'<div data-kilder="{number}">{screens.sources(screen)}</div>'


def _talk(screen: Screen, number: int) -> str:
    said = (
        f"<p>{escape(screen.talk)}</p>"
        if screen.talk
        else '<p class="intet">Der er intet talepunkt til skærmen.</p>'
    )
    return f'<div data-noter="{number}">{said}</div>'


def _large_code(screen: Screen, number: int, origin: str) -> str:
    address = origin + screen.address
    return f'<div data-qr="{number}"><div class="stor-qr">{qr_of(address)}</div><p class="adresse">{escape(address)}</p></div>'


def notes(deck: Deck) -> str:
    """The notes for a second window: what to say, what comes next, and the clock."""
    total = len(deck.screens)
    items = "".join(
        f'<li data-nr="{i}" data-ref="{escape(s.item.ref)}"{"" if i == deck.number else " hidden"}>'
        f'<p class="etiket">Skærm {i} af {total}</p><h2 class="overskrift">{escape(s.message)}</h2>'
        f'<div class="talepunkt">{f"<p>{escape(s.talk)}</p>" if s.talk else "<p class=intet>Der er intet talepunkt til skærmen.</p>"}</div>'
        + (f'<p class="forbehold">{escape(s.caveat)}</p>' if s.caveat else "")
        + f'<p class="kilde">{escape(s.source)}</p></li>'
        for i, s in enumerate(deck.screens, start=1)
    )
    following = "".join(
        f'<li data-naeste="{i}"{"" if i == deck.number else " hidden"}>{escape(s.message)}</li>'
        for i, s in enumerate([*deck.screens[1:], None], start=1) if s is not None
    )  # fmt: skip
    end = f'<li data-naeste="{total}"{"" if deck.number == total else " hidden"}>Det var den sidste skærm.</li>'
    return _document(
        f"Talepapir: {deck.title}",
        f'<main class="talepapir" id="talepapir" data-antal="{total}" data-nr="{deck.number}" data-forespoergsel="{escape(deck.query())}">'
        f'<header><h1>{escape(deck.title)}</h1><p class="ur"><span id="ur">00.00</span><span id="gaaet">0.00 gået</span></p></header>'
        f'<ol class="ark">{items}</ol><section class="derefter" aria-label="Derefter"><p class="etiket">Derefter</p><ul>{following}{end}</ul></section>'
        '<p class="ark-knapper"><button type="button" data-trin="-1">Forrige</button><button type="button" data-trin="1">Næste</button>'
        '<button type="button" data-nulstil>Nulstil uret</button></p>'
        '<p class="note">Vinduet følger skærmen, så længe begge er åbne i samme browser.</p></main>'
        '<p class="skjult" role="status" id="melding"></p>',
        "noter", "talepapir.js",
    )  # fmt: skip


def follow(deck: Deck, session: str) -> str:
    """The screens for those who follow on a phone. Talking points are the presenter's own and not in it."""
    total = len(deck.screens)
    shown = "".join(
        f'<section class="lille-skaerm" data-nr="{i}" aria-label="Skærm {i} af {total}"{"" if i == deck.number else " hidden"}>'
        f'<p class="etiket">{i} af {total}</p>{drawn(s, phone=True)}<p class="kilde">{escape(s.source)}</p>'
        f'<p><a class="knap" href="{escape(s.address)}">Gå på opdagelse</a></p></section>'
        for i, s in enumerate(deck.screens, start=1)
    )
    return _document(
        f"{deck.title}: følg med",
        f'<main class="foelger" id="foelger" data-antal="{total}" data-nr="{deck.number}" data-stroem="{FOLLOW}{escape(session)}/stroem">'
        f'<header><h1>{escape(deck.title)}</h1><p role="status" id="tilstand">Du følger med.</p></header>{shown}'
        '<nav class="foelger-knapper" aria-label="Skærme"><button type="button" data-trin="-1">Forrige</button>'
        '<button type="button" data-trin="1">Næste</button><button type="button" data-igen hidden>Følg igen</button></nav></main>',
        "foelg", "foelg.js",
    )  # fmt: skip


def _document(title: str, body: str, css: str, script: str) -> str:
    fonts = "".join(
        f'<link rel="preload" as="font" type="font/woff2" crossorigin href="{assets.asset_url(font)}">\n'
        for font in _FONTS
    )
    return (
        '<!DOCTYPE html>\n<html lang="da">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n<meta name="robots" content="noindex">\n'
        f"<title>{escape(title)} · Indblik</title>\n{fonts}"
        f'<link rel="icon" type="image/svg+xml" href="{assets.asset_url("favicon.svg")}">\n'
        f'<link rel="stylesheet" href="{assets.asset_url("indblik.css")}">\n'
        f'<link rel="stylesheet" href="{assets.asset_url("fremlaeg.css")}">\n'
        f'<script defer src="{assets.asset_url(script)}"></script>\n</head>\n<body class="{css}">\n{previewing.strip()}{body}\n</body>\n</html>\n'
    )
