"""Where to read on: links to the pages that say more, only to pages that exist. Pure."""

from collections.abc import Iterable

from dashboard import sitemap
from dashboard.text import escape


def exists(address: str) -> bool:
    """Whether an address such as `/udforsk?i=sagsantal-unge` leads to a page of the sitemap."""
    return (
        address.startswith("/")
        and sitemap.by_path(address.partition("?")[0].partition("#")[0]) is not None
    )


def links(items: Iterable[tuple[str, str]]) -> str:
    """A list of `(address, label)` under «Læs videre»; '' if none of the pages exists."""
    found = [(address, label) for address, label in items if exists(address)]
    if not found:
        return ""
    listed = "".join(
        f'<li><a href="{escape(address)}">{escape(label)}</a></li>' for address, label in found
    )
    return f'<nav class="laes-videre" aria-label="Læs videre"><h2>Læs videre</h2><ul>{listed}</ul></nav>'
