"""Titles as the browser's tab and link previews show them."""

from dashboard.sitemap import Page

SITE = "Indblik"
FRONT = "Indblik i udsatteområdet 2017–2022"


def titled(text: str) -> str:
    """`Fleksjob og ledighed` → `Fleksjob og ledighed · Indblik`; a title with the name in it stays."""
    return text if SITE in text else f"{text} · {SITE}"


def html_title(page: Page) -> str:
    """Title of a page's browser tab; the front page carries the name of the whole."""
    return titled(page.title) if page.path else FRONT
