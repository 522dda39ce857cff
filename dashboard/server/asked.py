"""What an address asks for: a page and its parameters. Nothing of it is trusted."""

from urllib.parse import parse_qs, urlsplit

from dashboard import sitemap
from dashboard.sitemap import Page

LONGEST, MOST = 2000, 60
"""A query longer than this many characters, or of more parameters, is read as empty."""


def parameters(query: str) -> dict[str, list[str]]:
    """The parameters of a query string; empty if it cannot be read."""
    if len(query) > LONGEST:
        return {}
    try:
        return parse_qs(query, keep_blank_values=True, max_num_fields=MOST)
    except ValueError:
        return {}


def page_of(address: str) -> tuple[Page | None, dict[str, list[str]]]:
    """The page and the parameters of an address such as `/udforsk?i=folketal`; (None, {}) if there is no such page.

    Only what lies on this server: a full address of another host has no page here.
    """
    try:
        parts = urlsplit(address)
    except ValueError:
        return None, {}
    if parts.scheme or parts.netloc or not parts.path.startswith("/"):
        return None, {}
    page = sitemap.by_path(parts.path)
    return page, parameters(parts.query) if page else {}
