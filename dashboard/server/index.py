"""The HTML of a page from the first byte, made from the index.html of the installed Streamlit.

Streamlit's scripts and `#root` are kept; language, title, description, link preview, menu, panel and
the notice without JavaScript are ours. Pages that need no Streamlit (`plain`) share all but the scripts.
"""

import json
import re
from functools import cache, lru_cache
from html import escape

from contract.release import ReleaseError
from dashboard import kept, read
from dashboard.server import assets, chunks, menu, previewing
from dashboard.server.preview import Meta
from dashboard.server.titles import FRONT, html_title, titled
from dashboard.sitemap import PAGES, Page
from dashboard.topics import topic

CARRIED = ("o", "fra", "til")
"""Choices that a link brings along to a page that has them: places and period mean the same everywhere."""
_DESCRIPTION = "Tal, beslutninger og kilder om udsatte ledige i København 2017–2022."
_WITHOUT_SCRIPT = (
    '<noscript><div class="besked fejl uden-script"><p><strong>Siderne kræver JavaScript.</strong> '
    "Slå JavaScript til i browseren for at se tallene. Det enkelte tals kilde kan læses uden.</p></div>"
    "</noscript>"
)
_READ_WITHOUT_SCRIPT = (
    '<noscript><div class="besked uden-script"><p><strong>Siden kan læses uden JavaScript.</strong> '
    "Knapper er links. Slå JavaScript til for også at vælge fra lister og skrive i felter.</p></div></noscript>"
)
_MENU_WITHOUT_SCRIPT = (
    "<noscript><style>.bjaelke,.gruppe-sider,.menu{position:static!important;display:block!important;"
    "height:auto!important}.menu-knap{display:none!important}.bjaelke-indre,.menu,.menu-grupper{flex-wrap:wrap}"
    ".menu-gruppe{flex-direction:column}.gruppe-knap{align-self:flex-start}.gruppe-knap .vinkel{display:none}"
    ".bjaelke-indre{display:block!important}.menu-grupper{gap:8px 32px!important;padding-bottom:16px}.bjaelke .navn{padding-top:16px}"
    ".gruppe-sider{border:0!important;padding:0!important}.gruppe-sider a{min-height:0!important;padding:2px 0!important}"
    "body .foerst{position:static!important;overflow:visible!important}</style></noscript>"
)
_PANEL = """<dialog class="talpas" id="talpas" aria-labelledby="talpas-titel">
<div class="talpas-hoved"><h2 id="talpas-titel" tabindex="-1">Om tallet</h2>
<button type="button" class="talpas-luk" data-handling="luk">Luk</button></div>
<div class="talpas-krop" id="talpas-krop"></div>
</dialog>"""
_CONNECTION = '<div class="forbindelse" id="forbindelse" role="status" hidden></div>'


def app_page(page: Page, meta: Meta, first: str = "") -> str:
    """HTML of a page that Streamlit fills; `meta` is what a link preview shows of it.

    `first` is the page's content until then (trusted markup); foerst.js takes it away when the live page
    is there. Without it the page is empty until Streamlit has run, and unreadable without scripts.
    """
    head = _head(html_title(page), page.description, meta)
    # Inert until foerst.js takes them out: they would otherwise compete with what is read first.
    scripts = "\n".join(
        ['<template id="streamlit">', *_streamlit_tags(), *chunks.tags(page), "</template>"]
    )
    notice = _READ_WITHOUT_SCRIPT if first else _WITHOUT_SCRIPT
    early = (
        f'<main class="foerst stApp" id="foerst" tabindex="-1"><div class="foerst-blok">{notice}{first}</div></main>'
        if first
        else notice
    )
    body = f'{menu.bar(page, skip_to="stMain")}\n{early}\n{_CONNECTION}\n<div id="root"></div>\n{_PANEL}'
    return _document(head + "\n" + scripts, body, "app")


def plain(title: str, main_html: str, *, description: str = _DESCRIPTION) -> str:
    """HTML of a page without Streamlit, readable without JavaScript. `main_html` is trusted markup."""
    body = (
        f"{menu.bar(None, skip_to='indhold')}\n"
        f'<main class="indhold" id="indhold" tabindex="-1">{_kept()}{main_html}</main>\n'
        f'<footer class="bund"><ul>{menu.footer_links()}</ul></footer>\n{_PANEL}'
    )
    return _document(
        _head(titled(title), description, Meta(titled(title), description)), body, "enkel"
    )


def bare(title: str, main_html: str) -> str:
    """HTML of a page for someone who may not see the others: no menu, no scripts. `main_html` is trusted markup."""
    head = [
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(titled(title))}</title>",
        '<meta name="robots" content="noindex">',
        '<meta name="color-scheme" content="light dark">',
        f'<link rel="icon" type="image/svg+xml" href="{assets.asset_url("favicon.svg")}">',
    ]
    body = (
        f'{menu.name_only()}\n<main class="indhold" id="indhold" tabindex="-1">{main_html}</main>'
    )
    return _document("\n".join(head), body, "enkel")


def _kept() -> str:
    try:
        return kept.notice()
    except ReleaseError:
        return ""


def _document(head: str, body: str, css: str) -> str:
    # The style sheet stands first in the body so that it comes after the rules Streamlit adds to the head. A page
    # holds it, so that nothing more is waited for before the first paint; the small ones share the browser's copy.
    style = (
        f"<style>{assets.content('indblik.css').decode()}</style>"
        if css == "app"
        else f'<link rel="stylesheet" href="{assets.asset_url("indblik.css")}">'
    )
    return (
        '<!DOCTYPE html>\n<html lang="da">\n<head>\n'
        f'{head}\n</head>\n<body class="{css}">\n'
        f"{style}\n{previewing.strip()}{body}\n</body>\n</html>\n"
    )


def _head(title: str, description: str, meta: Meta) -> str:
    name, text = escape(title), escape(description)
    lines = [
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{name}</title>",
        f'<meta name="description" content="{text}">',
        '<meta name="color-scheme" content="light dark">',
        '<meta property="og:type" content="website">',
        '<meta property="og:locale" content="da_DK">',
        f'<meta property="og:site_name" content="{escape(FRONT)}">',
        f'<meta property="og:title" content="{escape(meta.title)}">',
        f'<meta property="og:description" content="{escape(meta.description)}">',
        *([f'<meta property="og:url" content="{escape(meta.url)}">'] if meta.url else []),
        *(_picture(meta) if meta.image else []),
        f'<link rel="icon" type="image/svg+xml" href="{assets.asset_url("favicon.svg")}">',
        # No preload of the typefaces: a browser waits for one before it paints. The text is read in those it has.
        _MENU_WITHOUT_SCRIPT,
        f'<script type="application/json" id="sider">{_client_data()}</script>',
        f'<script defer src="{assets.asset_url("indblik.js")}"></script>',
        f'<script defer src="{assets.asset_url("graf.js")}"></script>',
        f'<script defer src="{assets.asset_url("foerst.js")}"></script>',
        f'<script defer src="{assets.asset_url("del.js")}"></script>',
        f'<script defer src="{assets.asset_url("koereplan.js")}"></script>',
    ]
    return "\n".join(lines)


def _picture(meta: Meta) -> list[str]:
    return [
        f'<meta property="og:image" content="{escape(meta.image)}">',
        '<meta property="og:image:type" content="image/png">',
        '<meta property="og:image:width" content="1200">',
        '<meta property="og:image:height" content="630">',
        f'<meta property="og:image:alt" content="{escape(meta.alt)}">',
        '<meta name="twitter:card" content="summary_large_image">',
    ]


def _client_data() -> str:
    """Of every page its title, and the choices that a link from another page brings along (`del.js`)."""
    try:
        return _client_data_of(read.shown_id())
    except ReleaseError:
        return _client_data_of("")


@lru_cache(maxsize=4)
def _client_data_of(release: str) -> str:
    pages = {
        f"/{page.path}": {"titel": html_title(page), "valg": _carried(page, release)}
        for page in PAGES
    }
    return json.dumps(pages, ensure_ascii=False).replace("<", "\\u003c")


def _carried(page: Page, release: str) -> list[str]:
    if not release:
        return []
    try:
        keys = {choice.key for choice in topic(page.path).choices(read.load(release), {})}
    except Exception:  # without the data a page still gets its HTML
        return []
    return [key for key in CARRIED if key in keys]


@cache
def _streamlit_tags() -> list[str]:
    """The script, preload and style tags of Streamlit's index.html, with absolute addresses.

    Raises RuntimeError if that file no longer looks as it does in the version we were built for.
    """
    source = (assets.streamlit_folder() / "index.html").read_text("utf-8")
    source = re.sub(r"<!--.*?-->", "", source, flags=re.DOTALL)
    scripts = re.findall(r'<script type="module"[^>]*\ssrc="\./static/[^>]*></script>', source)
    links = re.findall(r'<link rel="(?:modulepreload|stylesheet)"[^>]*>', source)
    if len(scripts) != 1 or not links or '<div id="root"></div>' not in source:
        raise RuntimeError(
            "Streamlits index.html ser anderledes ud end ventet; se dashboard/server/index.py"
        )
    return [tag.replace('"./static/', '"/static/') for tag in [*scripts, *links]]
